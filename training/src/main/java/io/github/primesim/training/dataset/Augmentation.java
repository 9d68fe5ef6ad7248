package io.github.primesim.training.dataset;

import java.util.SplittableRandom;

/**
 * Turns images into network inputs, each moved by a random whole number of pixels and, if wanted,
 * seen in a mirror.
 *
 * <p>Both directions are drawn uniformly from -pixels to +pixels; what comes in from outside is
 * zero. A mirror swaps left and right of every second image, at random. Without pixels and mirror
 * nothing is drawn and images stay as they are.
 */
public record Augmentation(int pixels, boolean mirror) {
  /** Pixel values are divided by this, so that an input is in [0, 1). */
  public static final float PIXEL_SCALE = 256f;

  public static Augmentation none() {
    return new Augmentation(0, false);
  }

  /** Shifts of up to that many pixels and no mirror, as digits and letters want it. */
  public static Augmentation shifts(int pixels) {
    return new Augmentation(pixels, false);
  }

  /** Writes the inputs of one image at an offset of {@code into}. */
  public void copy(
      LabelledImages images, int image, SplittableRandom random, float[] into, int offset) {
    int down = pixels == 0 ? 0 : random.nextInt(2 * pixels + 1) - pixels;
    int right = pixels == 0 ? 0 : random.nextInt(2 * pixels + 1) - pixels;
    boolean mirrored = mirror && random.nextBoolean();
    int height = images.height();
    int width = images.width();
    byte[] source = images.pixels();
    int base = image * images.pixelsPerImage();
    int target = offset;
    for (int channel = 0; channel < images.channels(); channel++) {
      for (int row = 0; row < height; row++) {
        int sourceRow = row - down;
        for (int column = 0; column < width; column++) {
          int sourceColumn = (mirrored ? width - 1 - column : column) - right;
          boolean inside =
              sourceRow >= 0 && sourceRow < height && sourceColumn >= 0 && sourceColumn < width;
          into[target++] =
              inside
                  ? Byte.toUnsignedInt(
                          source[base + (channel * height + sourceRow) * width + sourceColumn])
                      / PIXEL_SCALE
                  : 0f;
        }
      }
    }
  }

  /** The augmentation in words, for the card. */
  public String describe() {
    return "images shifted at random by up to "
        + pixels
        + " pixels"
        + (mirror ? " and every second one mirrored" : "");
  }
}
