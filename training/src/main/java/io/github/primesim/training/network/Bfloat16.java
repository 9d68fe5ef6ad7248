package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Convolutions of bfloat16 arrays, which recent x86 processors multiply in matrix tiles (AMX).
 *
 * <p>DJL has no such arrays: asking one for its type, or converting it, ends the process. They are
 * made and unmade here, and only operations that look at nothing but the array itself may lie
 * between. Maps lie with channels innermost, the order that the processor's kernels want.
 */
final class Bfloat16 {
  // Numbers of PyTorch's types and of its memory format with channels innermost.
  private static final String LOWER = "torch.contiguous(torch.to(%s, 15), memory_format=2)";
  private static final TorchScript FLOAT32 = new TorchScript("torch.to(maps, 6)", "maps");
  private static final Map<String, TorchScript> CONVOLUTIONS = new ConcurrentHashMap<>();

  private Bfloat16() {}

  /**
   * A convolution without bias.
   *
   * @param maps float32 or bfloat16
   * @param weights float32
   * @return bfloat16
   */
  static NDArray convolve(NDArray maps, NDArray weights, int stride, int padding) {
    String expression =
        String.format(
            "torch.conv2d(%s, %s, None, [%d, %d], [%d, %d], [1, 1], 1)",
            String.format(LOWER, "maps"),
            String.format(LOWER, "weights"),
            stride,
            stride,
            padding,
            padding);
    return CONVOLUTIONS
        .computeIfAbsent(expression, key -> new TorchScript(key, "maps", "weights"))
        .apply(maps, weights);
  }

  /** The same values in float32. */
  static NDArray float32(NDArray maps) {
    return FLOAT32.apply(maps);
  }
}
