package io.github.primesim.mapping;

/**
 * What the cells of a mapped matrix conduct, for the energy of the arrays: cells under a driven
 * wordline and a bitline in use, and the levels they store. Cells of unused wordlines have no
 * voltage, unused bitlines are never converted; both are left out. Each cell conducts once when
 * every weight column is converted once.
 *
 * <p>Of a pair both arrays conduct: the cell of the other sign stores level 0. The bias row is kept
 * apart, since its wordline has a constant level.
 *
 * @param inputCells cells of one weight slice under the wordlines of inputs
 * @param biasCells the same under the wordline of the bias
 * @param inputLevels sum of the levels of those cells by weight slice, most significant first
 * @param biasLevels the same under the wordline of the bias
 */
@SuppressWarnings("ArrayRecordComponent") // a few sums, never compared
public record CellLevels(long inputCells, long biasCells, long[] inputLevels, long[] biasLevels) {}
