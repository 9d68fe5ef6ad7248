package io.github.primesim.training.dataset;

import io.github.primesim.training.UnusableInput;

/** The two parts of a data set as it is published: images to train on and images to test on. */
public record ImageDataset(LabelledImages training, LabelledImages test) {

  /**
   * Checks that a network can be trained on this data set.
   *
   * @throws UnusableInput if the images are of another size or a label is no class of the network
   */
  public void requireImages(int channels, int height, int width, int classes) {
    require(training, "training", channels, height, width, classes);
    require(test, "test", channels, height, width, classes);
  }

  private static void require(
      LabelledImages images, String part, int channels, int height, int width, int classes) {
    if (images.channels() != channels || images.height() != height || images.width() != width) {
      throw new UnusableInput(
          "the "
              + part
              + " images are "
              + images.channels()
              + " x "
              + images.height()
              + " x "
              + images.width()
              + ", the network takes "
              + channels
              + " x "
              + height
              + " x "
              + width);
    }
    for (int image = 0; image < images.count(); image++) {
      if (images.label(image) >= classes) {
        throw new UnusableInput(
            part
                + " image "
                + image
                + " has label "
                + images.label(image)
                + "; 0 to "
                + (classes - 1)
                + " is allowed");
      }
    }
  }
}
