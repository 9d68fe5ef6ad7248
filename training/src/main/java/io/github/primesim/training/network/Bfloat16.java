package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
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

  /** Pixels of an output map up to which one product of matrices is the faster convolution. */
  private static final long FEW_PIXELS = 16;

  private Bfloat16() {}

  /**
   * A convolution without bias.
   *
   * @param maps float32 or bfloat16
   * @param weights float32
   * @return bfloat16
   */
  static NDArray convolve(NDArray maps, NDArray weights, int stride, int padding) {
    long kernel = weights.getShape().get(2);
    long height = (maps.getShape().get(2) + 2L * padding - kernel) / stride + 1;
    long width = (maps.getShape().get(3) + 2L * padding - kernel) / stride + 1;
    TorchScript convolution =
        kernel > 1 && height * width <= FEW_PIXELS
            ? unrolled(weights.getShape(), height, width, stride, padding)
            : direct(stride, padding);
    return convolution.apply(maps, weights);
  }

  private static TorchScript direct(int stride, int padding) {
    String expression =
        String.format(
            "torch.conv2d(%s, %s, None, [%d, %d], [%d, %d], [1, 1], 1)",
            String.format(LOWER, "maps"),
            String.format(LOWER, "weights"),
            stride,
            stride,
            padding,
            padding);
    return CONVOLUTIONS.computeIfAbsent(expression, key -> new TorchScript(key, "maps", "weights"));
  }

  /**
   * The same as one product: a row for each output pixel with all inputs it reads, times a column
   * for each output channel. oneDNN's gradient of the weights costs ten times a product where
   * channels are many and pixels few.
   */
  private static TorchScript unrolled(
      Shape weights, long height, long width, int stride, int padding) {
    long outputs = weights.get(0);
    long kernel = weights.get(2);
    long inputs = weights.get(1) * kernel * kernel;
    List<String> shifted = new ArrayList<>();
    for (long row = 0; row < kernel; row++) {
      for (long column = 0; column < kernel; column++) {
        shifted.add(
            String.format(
                "torch.slice(torch.slice(padded, 1, %d, %d, %d), 2, %d, %d, %d)",
                row,
                row + (height - 1) * stride + 1,
                stride,
                column,
                column + (width - 1) * stride + 1,
                stride));
      }
    }
    List<String> steps =
        List.of(
            "rows = torch.permute(torch.to(maps, 15), [0, 2, 3, 1])",
            String.format(
                "padded = torch.constant_pad_nd(rows, [0, 0, %d, %d, %d, %d], 0)",
                padding, padding, padding, padding),
            "read = torch.cat([" + String.join(", ", shifted) + "], 3)",
            String.format(
                "columns = torch.reshape(torch.permute(torch.to(weights, 15), [0, 2, 3, 1]), [%d,"
                    + " %d])",
                outputs, inputs),
            String.format(
                "sums = torch.matmul(torch.reshape(read, [-1, %d]), torch.t(columns))", inputs));
    String result =
        String.format(
            "torch.permute(torch.reshape(sums, [-1, %d, %d, %d]), [0, 3, 1, 2])",
            height, width, outputs);
    return CONVOLUTIONS.computeIfAbsent(
        steps + result, key -> new TorchScript(steps, result, "maps", "weights"));
  }

  /** The same values in float32. */
  static NDArray float32(NDArray maps) {
    return FLOAT32.apply(maps);
  }
}
