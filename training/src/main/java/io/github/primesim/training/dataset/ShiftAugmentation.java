package io.github.primesim.training.dataset;

import java.util.SplittableRandom;

/**
 * Turns images into network inputs, each moved by a random whole number of pixels.
 *
 * <p>Both directions are drawn uniformly from -pixels to +pixels; what comes in from outside is
 * zero. With zero pixels nothing is drawn and images stay as they are.
 */
public record ShiftAugmentation(int pixels) {
  /** Pixel values are divided by this, so that an input is in [0, 1). */
  public static final float PIXEL_SCALE = 256f;

  public static ShiftAugmentation none() {
    return new ShiftAugmentation(0);
  }

  /** Writes the inputs of one image at an offset of {@code into}. */
  public void copy(
      LabelledImages images, int image, SplittableRandom random, float[] into, int offset) {
    int down = pixels == 0 ? 0 : random.nextInt(2 * pixels + 1) - pixels;
    int right = pixels == 0 ? 0 : random.nextInt(2 * pixels + 1) - pixels;
    int height = images.height();
    int width = images.width();
    byte[] source = images.pixels();
    int base = image * images.pixelsPerImage();
    int target = offset;
    for (int channel = 0; channel < images.channels(); channel++) {
      for (int row = 0; row < height; row++) {
        int sourceRow = row - down;
        for (int column = 0; column < width; column++) {
          int sourceColumn = column - right;
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
}
