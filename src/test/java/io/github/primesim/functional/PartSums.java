package io.github.primesim.functional;

/** Adds up what cells give under the upper halves of the inputs, by weight slice and output. */
final class PartSums implements Conversion {
  final double[][] sums;
  private final int places;

  PartSums(int weightSlices, int outputs, CellModel cells) {
    sums = new double[weightSlices][outputs];
    places = cells.places();
  }

  @Override
  public boolean converts(int inputSlice, int weightSlice) {
    return true;
  }

  @Override
  public void convert(
      int inputSlice, int weightSlice, int[] parts, int direction, long[] output, int at) {
    for (int i = 0; i < parts.length && inputSlice == 0; i++) {
      sums[weightSlice][at + i] += direction * Math.scalb((double) parts[i], -places);
    }
  }
}
