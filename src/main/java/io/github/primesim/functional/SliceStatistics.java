package io.github.primesim.functional;

/** Collects the levels of one input slice, each with a weight. */
final class SliceStatistics {
  private double weights;
  private double levels;
  private double squares;
  private double nonZeros;

  void add(int level, double weight) {
    weights += weight;
    levels += weight * level;
    squares += weight * level * level;
    nonZeros += level == 0 ? 0 : weight;
  }

  /** The means, all 0 where nothing was added. */
  SliceActivity activity() {
    return weights == 0
        ? new SliceActivity(0, 0, 0)
        : new SliceActivity(levels / weights, squares / weights, Math.min(1, nonZeros / weights));
  }
}
