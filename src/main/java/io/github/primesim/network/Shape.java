package io.github.primesim.network;

import java.util.Locale;

/**
 * The shape of one activation: feature maps of {@code height x width}. A vector of n values is
 * {@code (n, 1, 1)}.
 *
 * @param channels feature maps, at least 1
 * @param height rows of a feature map, at least 1
 * @param width columns of a feature map, at least 1
 */
public record Shape(int channels, int height, int width) {
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "shape %dx%dx%d: each must be at least 1", channels, height, width));
    }
    if ((long) channels * height > Integer.MAX_VALUE
        || (long) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "shape %dx%dx%d: more than 2^31-1 values", channels, height, width));
    }
  }

  /** The shape of a vector. */
  public static Shape vector(int length) {
    return new Shape(length, 1, 1);
  }

  /** Number of values. */
  public int size() {
    return channels * height * width;
  }

  /** Positions of one feature map. */
  public int area() {
    return height * width;
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
