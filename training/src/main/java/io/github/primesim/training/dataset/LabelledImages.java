package io.github.primesim.training.dataset;

import io.github.primesim.training.UnusableInput;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Images of one size with their class labels, in the order of the file they came from.
 *
 * <p>A pixel is an unsigned byte; the network sees it as value/256, so inputs are in [0, 1) and
 * never negative. Pixels are ordered image, channel, row, column.
 */
public final class LabelledImages {
  private final int channels;
  private final int height;
  private final int width;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * @throws IllegalArgumentException if pixels and labels are of different numbers of images
   */
  public LabelledImages(int channels, int height, int width, byte[] pixels, byte[] labels) {
    if ((long) labels.length * channels * height * width != pixels.length) {
      throw new IllegalArgumentException(
          pixels.length + " pixels are not " + labels.length + " images");
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.pixels = pixels;
    this.labels = labels;
  }

  public int count() {
    return labels.length;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public int pixelsPerImage() {
    return channels * height * width;
  }

  /** All pixels, not a copy. */
  public byte[] pixels() {
    return pixels;
  }

  /** All labels, not a copy. */
  public byte[] labels() {
    return labels;
  }

  public int label(int image) {
    return Byte.toUnsignedInt(labels[image]);
  }

  /** The first images, all of them if there are fewer. */
  public LabelledImages first(int images) {
    int kept = Math.min(images, count());
    return new LabelledImages(
        channels,
        height,
        width,
        Arrays.copyOf(pixels, kept * pixelsPerImage()),
        Arrays.copyOf(labels, kept));
  }

  /**
   * A random choice with equally many images of each class, up to one, in the order of the file.
   *
   * @throws UnusableInput if a class has too few images
   */
  public LabelledImages evenly(int images, int classes, SplittableRandom random) {
    int[] order = permutation(random);
    boolean[] chosen = new boolean[count()];
    for (int category = 0; category < classes; category++) {
      int wanted = images / classes + (category < images % classes ? 1 : 0);
      for (int i = 0; i < order.length && wanted > 0; i++) {
        if (label(order[i]) == category) {
          chosen[order[i]] = true;
          wanted--;
        }
      }
      if (wanted > 0) {
        throw new UnusableInput(
            "class " + category + " has too few images for an even choice of " + images);
      }
    }
    byte[] chosenPixels = new byte[images * pixelsPerImage()];
    byte[] chosenLabels = new byte[images];
    int next = 0;
    for (int image = 0; image < count(); image++) {
      if (chosen[image]) {
        System.arraycopy(
            pixels,
            image * pixelsPerImage(),
            chosenPixels,
            next * pixelsPerImage(),
            pixelsPerImage());
        chosenLabels[next++] = labels[image];
      }
    }
    return new LabelledImages(channels, height, width, chosenPixels, chosenLabels);
  }

  /** A random order of the images. */
  public int[] permutation(SplittableRandom random) {
    int[] order = new int[count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
