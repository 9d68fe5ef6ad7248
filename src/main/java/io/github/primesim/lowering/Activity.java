package io.github.primesim.lowering;

import io.github.primesim.network.ColumnGains;
import java.util.List;

/**
 * What a layer's crossbars are to be made for: how active its inputs are on average, by input
 * slice, the most significant first, and what its cells are programmed to.
 *
 * @param meanSquares mean of the squared level of a slice over all inputs, zeros included
 * @param drivenShares share of the inputs whose level in the slice is not zero
 * @param biasLevels level of each slice on the constantly driven wordline of the bias
 * @param biasInput real value that wordline stands for
 * @param gains how much larger than its weights each column is programmed
 */
public record Activity(
    List<Double> meanSquares,
    List<Double> drivenShares,
    List<Integer> biasLevels,
    double biasInput,
    ColumnGains gains) {
  public Activity {
    meanSquares = List.copyOf(meanSquares);
    drivenShares = List.copyOf(drivenShares);
    biasLevels = List.copyOf(biasLevels);
    if (meanSquares.size() != drivenShares.size() || meanSquares.size() != biasLevels.size()) {
      throw new IllegalArgumentException("every input slice needs a mean square, a share, a level");
    }
  }
}
