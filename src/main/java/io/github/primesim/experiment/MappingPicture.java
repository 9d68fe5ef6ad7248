package io.github.primesim.experiment;

/**
 * A layer in the crossbars of the dense mapping and in those that a scheme keeps.
 *
 * @param layer its name
 * @param scheme the mapping
 * @param signs pairs or independent; with independent signs the dense crossbars of the positive
 *     weights stand to the left of those of the negative ones
 * @param rows rows of the weight matrix, bias included
 * @param columns weight columns of the matrix
 * @param crossbarRows wordlines of a crossbar
 * @param crossbarColumns weight columns of a crossbar
 * @param denseArrays arrays of the dense mapping
 * @param arrays arrays kept
 * @param before every tile in its place
 * @param after the crossbars kept, those of the same rows beside one another
 */
public record MappingPicture(
    String layer,
    String scheme,
    String signs,
    int rows,
    int columns,
    int crossbarRows,
    int crossbarColumns,
    long denseArrays,
    long arrays,
    DensityMap before,
    DensityMap after) {}
