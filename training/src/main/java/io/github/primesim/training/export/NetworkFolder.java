package io.github.primesim.training.export;

import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.AtomicFile;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The folder of a network that primesim ships.
 *
 * <p>{@code network.yaml} and {@code weights.npz}, {@code test-images.npz} with the first test
 * images and {@code calibration-images.npz} with training images, equally many of each class, to
 * calibrate quantisation on ({@code images} and {@code labels}, uint8), and {@code CARD.md}. The
 * same training writes the same bytes.
 */
public final class NetworkFolder {
  private static final int TEST_IMAGES = 1000;

  /** Photographs are four times as large as digits: fewer of them are shipped. */
  private static final int TEST_PIXELS = 1 << 20;

  private static final int CALIBRATION_IMAGES = 256;

  private final Path folder;
  private final WeightFormat format;
  private final LabelledImages test;
  private final LabelledImages calibration;

  /**
   * Chooses the images that go into the folder; nothing is written yet.
   *
   * @throws io.github.primesim.training.UnusableInput if there are too few training images
   */
  public NetworkFolder(
      Path folder, WeightFormat format, ImageDataset data, int classes, long seed) {
    this.folder = folder;
    this.format = format;
    this.test =
        data.test().first(Math.min(TEST_IMAGES, TEST_PIXELS / data.test().pixelsPerImage()));
    this.calibration =
        data.training().evenly(CALIBRATION_IMAGES, classes, new SplittableRandom(seed));
  }

  /** The parameters as they are read from the folder; whole numbers round them. */
  public Map<String, Tensor> stored(Map<String, Tensor> parameters) {
    return format.stored(parameters);
  }

  /** Writes the folder of a finished network. */
  public void write(ModelCard card) throws IOException {
    write(card.topology(), card.parameters());
    AtomicFile.write(folder.resolve("CARD.md"), card.markdown());
  }

  /** Writes the folder without a card, for a network that is still on its way. */
  public void write(Topology topology, Map<String, Tensor> parameters) throws IOException {
    format.archive(parameters).write(folder.resolve("weights.npz"));
    writeImages(test);
    AtomicFile.write(folder.resolve("network.yaml"), topology.yaml("trained"));
  }

  /** Writes the two files of images alone, with these to test on. */
  public void writeImages(LabelledImages tested) throws IOException {
    images(tested).write(folder.resolve("test-images.npz"));
    images(calibration).write(folder.resolve("calibration-images.npz"));
  }

  private static Npz images(LabelledImages images) {
    int[] shape =
        images.channels() == 1
            ? new int[] {images.count(), images.height(), images.width()}
            : new int[] {images.count(), images.channels(), images.height(), images.width()};
    return new Npz()
        .putBytes("images", shape, images.pixels())
        .putBytes("labels", new int[] {images.count()}, images.labels());
  }
}
