package io.github.primesim.mapping;

/**
 * A rectangle of cells that is activated at once: weight rows on consecutive wordlines, weight
 * columns on consecutive groups of bitlines. The arrays are shared between segments and must not be
 * changed.
 *
 * @param rows weight row of each wordline, ascending wordlines
 * @param columns weight column of each bitline group, ascending bitlines
 */
@SuppressWarnings("ArrayRecordComponent") // shared by up to a million segments; never compared
public record Segment(int[] rows, int[] columns) {}
