package io.github.primesim.functional;

import io.github.primesim.network.LabelledImages;
import java.util.ArrayList;
import java.util.List;

/**
 * How many images a network classifies as labelled.
 *
 * @param correct images whose largest output is that of their label
 * @param images images in all
 */
public record Accuracy(int correct, int images) {
  /** Pixels run from 0 to 255; a network reads them as fractions of 256, which are exact. */
  private static final float PIXEL = 1f / 256;

  /** Images that go through the network together. */
  private static final int SIDE_BY_SIDE = 32;

  /** Runs all images. Of equal outputs the first one counts. */
  public static Accuracy of(Inference inference, LabelledImages images) {
    int correct = 0;
    for (int first = 0; first < images.count(); first += SIDE_BY_SIDE) {
      List<float[]> inputs = new ArrayList<>();
      for (int i = first; i < Math.min(images.count(), first + SIDE_BY_SIDE); i++) {
        inputs.add(input(images, i));
      }
      List<float[]> outputs = inference.run(inputs);
      for (int i = 0; i < outputs.size(); i++) {
        correct += largest(outputs.get(i)) == images.label(first + i) ? 1 : 0;
      }
    }
    return new Accuracy(correct, images.count());
  }

  /** Share of the images classified as labelled, 0 where there is none. */
  public double share() {
    return images == 0 ? 0 : (double) correct / images;
  }

  /** The pixels of an image as a network reads them: in [0, 1). */
  public static float[] input(LabelledImages images, int image) {
    float[] input = new float[images.shape().size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = images.pixel(image, i) * PIXEL;
    }
    return input;
  }

  private static int largest(float[] values) {
    int largest = 0;
    for (int i = 1; i < values.length; i++) {
      largest = values[i] > values[largest] ? i : largest;
    }
    return largest;
  }
}
