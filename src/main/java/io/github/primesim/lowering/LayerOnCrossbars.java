package io.github.primesim.lowering;

/**
 * The weights of a layer on crossbars: all that depends on weights, and nothing that depends on
 * time.
 *
 * @param image one copy of it on mats of its own
 * @param outputsMoved whether results have to be moved to their places
 * @param inputs how inputs get to their wordlines
 * @param nonZeros weights that are not zero
 * @param denseArrays arrays when every weight is stored
 * @param arrays arrays that were kept
 * @param lowerBound fewest arrays possible with rows in order
 * @param metadataBits index memory of one copy
 */
record LayerOnCrossbars(
    LayerImage image,
    boolean outputsMoved,
    InputPath inputs,
    long nonZeros,
    long denseArrays,
    long arrays,
    long lowerBound,
    long metadataBits) {}
