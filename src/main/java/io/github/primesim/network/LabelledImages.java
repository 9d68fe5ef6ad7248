package io.github.primesim.network;

import java.util.Arrays;

/**
 * Images of 8-bit pixels with the class of each.
 *
 * @param count number of images
 * @param shape shape of one image
 * @param pixels image by image in the order channel, row, column; 0 to 255 as unsigned bytes
 * @param labels class of each image, from 0, as unsigned bytes
 */
@SuppressWarnings("ArrayRecordComponent") // thousands of images, shared and never compared
public record LabelledImages(int count, Shape shape, byte[] pixels, byte[] labels) {
  public LabelledImages {
    if (count < 0 || labels.length != count || pixels.length != (long) count * shape.size()) {
      throw new IllegalArgumentException(
          count
              + " images of "
              + shape
              + " do not make "
              + pixels.length
              + " pixels and "
              + labels.length
              + " labels");
    }
  }

  /** Pixel {@code index} of image {@code image}, 0 to 255. */
  public int pixel(int image, int index) {
    return Byte.toUnsignedInt(pixels[image * shape.size() + index]);
  }

  /** Class of image {@code image}. */
  public int label(int image) {
    return Byte.toUnsignedInt(labels[image]);
  }

  /** The first {@code limit} images, or all where there are not so many. */
  public LabelledImages first(int limit) {
    if (limit < 0) {
      throw new IllegalArgumentException("limit must not be negative, was " + limit);
    }
    if (limit >= count) {
      return this;
    }
    return new LabelledImages(
        limit, shape, Arrays.copyOf(pixels, limit * shape.size()), Arrays.copyOf(labels, limit));
  }
}
