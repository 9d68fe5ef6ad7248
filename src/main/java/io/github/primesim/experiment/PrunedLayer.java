package io.github.primesim.experiment;

/**
 * What pruning did to a layer.
 *
 * @param positions input vectors per inference
 * @param weights all weights, biases left out
 * @param zerosBefore weights that were zero before
 * @param zerosAfter weights that are zero now
 * @param arrays arrays before, {@code mapped}, {@code lowerBound} and {@code dense} as everywhere
 * @param arraysAfter arrays now, by the same mapping and calibration; a calibration of the pruned
 *     network may round a few biases to zero that this one does not, or the other way round
 */
public record PrunedLayer(
    String name,
    boolean isProtected,
    long positions,
    long weights,
    long zerosBefore,
    long zerosAfter,
    CrossbarCount arrays,
    long arraysAfter) {}
