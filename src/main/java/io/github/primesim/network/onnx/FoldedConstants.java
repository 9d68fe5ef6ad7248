package io.github.primesim.network.onnx;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Constants that were computed at import and are kept in memory, other than those that stay as the
 * bytes of the file.
 */
final class FoldedConstants {
  private final Set<Tensor> kept = new HashSet<>();
  private long size;

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
