package io.github.primesim.network;

import java.util.Locale;

/** The arithmetic of a window that slides over a feature map, along one axis. */
final class Window {
  private Window() {}

  static void check(String axis, int kernel, int stride, int padding) {
    if (kernel < 1 || stride < 1 || padding < 0 || padding >= kernel) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of the window: kernel %d and stride %d must be at least 1, padding %d from 0 to"
                  + " kernel - 1",
              axis,
              kernel,
              stride,
              padding));
    }
  }

  /** Positions of the window; it never leaves the padded input. */
  static int positions(String axis, int size, int kernel, int stride, int padding) {
    long padded = size + 2L * padding;
    if (kernel > padded) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s of the window: kernel %d exceeds the padded input of %d",
              axis,
              kernel,
              padded));
    }
    return Math.toIntExact((padded - kernel) / stride + 1);
  }
}
