package io.github.primesim.lowering;

import io.github.primesim.network.Convolution;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import java.util.BitSet;

/** Which positions of its input a sliding window needs. */
record Sliding(
    Shape input,
    Shape output,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth) {

  static Sliding of(Convolution layer, Shape input, Shape output) {
    return new Sliding(
        input,
        output,
        layer.kernelHeight(),
        layer.kernelWidth(),
        layer.strideHeight(),
        layer.strideWidth(),
        layer.paddingHeight(),
        layer.paddingWidth());
  }

  static Sliding of(Pooling layer, Shape input, Shape output) {
    return new Sliding(
        input,
        output,
        layer.kernelHeight(),
        layer.kernelWidth(),
        layer.strideHeight(),
        layer.strideWidth(),
        layer.paddingHeight(),
        layer.paddingWidth());
  }

  /** Input position under the first row and column of a window, moved inside the input. */
  int anchor(long position) {
    int y = Math.max(0, (int) (position / output.width()) * strideHeight - paddingHeight);
    int x = Math.max(0, (int) (position % output.width()) * strideWidth - paddingWidth);
    return Math.min(y, input.height() - 1) * input.width() + Math.min(x, input.width() - 1);
  }

  /**
   * Marks the input positions that the window needs from one position up to another, which is not
   * among them.
   */
  void mark(long from, long to, BitSet needed) {
    if (strideWidth > kernelWidth) {
      for (long position = from; position < to; position++) {
        mark(position, needed);
      }
      return;
    }
    // Windows beside each other leave no gap: what a row of them needs has no gaps either.
    for (long position = from; position < to; ) {
      long end = Math.min(to, (position / output.width() + 1) * output.width());
      markRow(position, end - position, needed);
      position = end;
    }
  }

  private void markRow(long position, long windows, BitSet needed) {
    int top = (int) (position / output.width()) * strideHeight - paddingHeight;
    int first = (int) (position % output.width()) * strideWidth - paddingWidth;
    int left = Math.max(0, first);
    int right = Math.min(first + (int) (windows - 1) * strideWidth + kernelWidth, input.width());
    for (int y = Math.max(0, top); y < Math.min(top + kernelHeight, input.height()); y++) {
      if (right > left) {
        needed.set(y * input.width() + left, y * input.width() + right);
      }
    }
  }

  /** Marks the input positions that the window needs at {@code position}. */
  void mark(long position, BitSet needed) {
    markRow(position, 1, needed);
  }
}
