package io.github.primesim.network.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Constants that were computed at import: how many values are kept in memory, other than those that
 * stay as the bytes of the file, and how many steps they took. Each is bounded for a file as a
 * whole, since it may have many nodes.
 */
final class FoldedConstants {
  /** Values that are read or multiplied for all constants together: some seconds. */
  static final long MOST_STEPS = 1L << 27;

  private final Set<Tensor> kept = new HashSet<>();
  private long size;
  private long steps;

  /**
   * Counts what computing a constant takes, before it is computed; refuses it where all together
   * take too much.
   */
  void spend(double more) {
    if (steps + more > MOST_STEPS) {
      throw new RefusedNodeException(
          "with it, constants that are computed at import take "
              + Math.round(steps + more)
              + " steps, allowed: up to "
              + MOST_STEPS);
    }
    steps += Math.round(more);
  }

  /** Adds what the results of a node keep; refuses them where all together are too many. */
  void keep(List<Value> results) {
    Set<Tensor> more = new HashSet<>();
    for (Value value : results) {
      if (value instanceof Tensor tensor) {
        tensor.kept(more);
      }
    }
    more.removeAll(kept);
    long together = size + more.stream().mapToLong(Tensor::size).sum();
    if (together > Dims.LARGEST) {
      throw new RefusedNodeException(
          "with it, all constants that are computed at import are "
              + together
              + " values, allowed: up to "
              + Dims.LARGEST);
    }
    kept.addAll(more);
    size = together;
  }
}
