package io.github.primesim.timeline;

/**
 * A group of tracks: a stage of the network, the chip, a bank or an FF subarray.
 *
 * @param name such as {@code bank 3, FF subarray 0}
 * @param order where it stands among the others, unique
 */
public record Place(String name, int order) {}
