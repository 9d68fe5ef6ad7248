package io.github.primesim.lowering;

import java.util.List;

/**
 * How active the inputs of a layer are on average, by input slice, the most significant first.
 *
 * @param meanSquares mean of the squared level of a slice over all inputs, zeros included
 * @param drivenShares share of the inputs whose level in the slice is not zero
 * @param biasLevels level of each slice on the constantly driven wordline of the bias
 * @param biasInput real value that wordline stands for
 */
public record Activity(
    List<Double> meanSquares,
    List<Double> drivenShares,
    List<Integer> biasLevels,
    double biasInput) {
  public Activity {
    meanSquares = List.copyOf(meanSquares);
    drivenShares = List.copyOf(drivenShares);
    biasLevels = List.copyOf(biasLevels);
    if (meanSquares.size() != drivenShares.size() || meanSquares.size() != biasLevels.size()) {
      throw new IllegalArgumentException("every input slice needs a mean square, a share, a level");
    }
  }
}
