package io.github.primesim.training.fit;

import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.Convolution;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.MaxPool;
import io.github.primesim.training.network.Topology;
import java.util.List;
import java.util.SplittableRandom;

/** Images a tiny network can learn: class c is bright in quarter c, under noise. */
public final class Blobs {
  public static final Topology TOPOLOGY =
      new Topology(
          "blobs",
          "a tiny network",
          new FeatureMap(1, 8, 8),
          List.of(
              Convolution.valid("conv1", 3, 3, Activation.RELU),
              new MaxPool("pool1", 2, 2),
              new FullyConnected("fc1", 12, Activation.RELU),
              new FullyConnected("fc2", 4, Activation.NONE)));

  private Blobs() {}

  public static ImageDataset data() {
    return new ImageDataset(
        images(400, new SplittableRandom(1)), images(80, new SplittableRandom(2)));
  }

  private static LabelledImages images(int count, SplittableRandom random) {
    byte[] pixels = new byte[count * 64];
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      labels[image] = (byte) random.nextInt(4);
      for (int pixel = 0; pixel < 64; pixel++) {
        int quarter = (pixel / 32) * 2 + (pixel % 8) / 4;
        int bright = quarter == labels[image] ? 100 : 0;
        pixels[image * 64 + pixel] = (byte) (bright + random.nextInt(120));
      }
    }
    return new LabelledImages(1, 8, 8, pixels, labels);
  }
}
