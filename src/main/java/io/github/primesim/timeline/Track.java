package io.github.primesim.timeline;

/**
 * A row of a timeline. Two slices of a track either do not overlap, or one lies within the other.
 *
 * @param place group it belongs to
 * @param name such as {@code mat 12}
 * @param order where it stands within its place; tracks of the same order stand by name
 */
public record Track(Place place, String name, int order) {}
