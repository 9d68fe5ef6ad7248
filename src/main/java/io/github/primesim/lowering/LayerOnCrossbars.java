package io.github.primesim.lowering;

import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.Metadata;

/**
 * The weights of a layer on crossbars: all that depends on weights, and nothing that depends on
 * time.
 *
 * @param image one copy of it on mats of its own
 * @param outputsMoved whether results have to be moved to their places
 * @param inputs order in which it wants its inputs; of matrices that differ, the one that is not
 *     natural
 * @param nonZeros weights that are not zero
 * @param denseArrays arrays when every weight is stored
 * @param arrays arrays that were kept
 * @param lowerBound fewest arrays possible with rows in order
 * @param metadata index memory of one copy, all that it could need
 */
record LayerOnCrossbars(
    LayerImage image,
    boolean outputsMoved,
    InputOrder inputs,
    long nonZeros,
    long denseArrays,
    long arrays,
    long lowerBound,
    Metadata metadata) {}
