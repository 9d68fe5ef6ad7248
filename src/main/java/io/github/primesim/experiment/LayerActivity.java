package io.github.primesim.experiment;

import java.util.List;

/**
 * The inputs of a layer with weights: measured, and on average.
 *
 * @param layer name of the layer
 * @param data as measured on images
 * @param mean as mean activity has it
 * @param conversions conversions of an inference
 * @param zeroCodes share of them that give the code 0
 * @param largestCodes share of them that give the largest code of their bits
 */
public record LayerActivity(
    String layer, Drive data, Drive mean, long conversions, double zeroCodes, double largestCodes) {

  /**
   * How strongly wordlines are driven, and what that costs.
   *
   * @param activeRows by input slice, the most significant first: share of the inputs whose level
   *     is not 0, padding included and the bias left out
   * @param meanSquares by input slice: mean of the squared level of the same inputs
   * @param wordlineDrives wordlines driven, over all slices
   * @param cellInputSquares squared input level, summed over the cells that conduct
   * @param cellInputSquareLevels squared input level times cell level, summed likewise
   * @param pj energy of these three
   */
  public record Drive(
      List<Double> activeRows,
      List<Double> meanSquares,
      double wordlineDrives,
      double cellInputSquares,
      double cellInputSquareLevels,
      double pj) {
    public Drive {
      activeRows = List.copyOf(activeRows);
      meanSquares = List.copyOf(meanSquares);
    }
  }

  /** Energy of wordlines and cells, data against mean; 1 where there is none. */
  public double ratio() {
    return ActivityResult.ratio(data.pj(), mean.pj());
  }
}
