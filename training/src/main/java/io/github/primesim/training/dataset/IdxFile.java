package io.github.primesim.training.dataset;

import io.github.primesim.training.UnusableInput;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Reads the idx files in which MNIST and its relatives are published, plain or gzip-compressed.
 *
 * <p>An idx file is a magic number (0x08 for unsigned bytes and the number of dimensions), the
 * dimensions as big-endian 32-bit integers, then the values in C order. Whatever does not agree
 * with its own header is refused.
 */
public final class IdxFile {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;
  private static final int LARGEST_SIDE = 1024;

  private IdxFile() {}

  /**
   * Reads single-channel images and their labels.
   *
   * @throws UnusableInput if a file is missing, damaged, or the two do not belong together
   */
  public static LabelledImages read(Path images, Path labels) {
    byte[][] pixels = new byte[1][];
    int[] imageShape = read(images, IMAGES, pixels);
    byte[][] classes = new byte[1][];
    int[] labelShape = read(labels, LABELS, classes);
    if (imageShape[0] != labelShape[0]) {
      throw new UnusableInput(
          labels
              + ": "
              + labelShape[0]
              + " labels for the "
              + imageShape[0]
              + " images of "
              + images.getFileName());
    }
    return new LabelledImages(1, imageShape[1], imageShape[2], pixels[0], classes[0]);
  }

  private static int[] read(Path file, int magic, byte[][] values) {
    Path found = existing(file);
    try (DataInputStream in = open(found)) {
      int actual = in.readInt();
      if (actual != magic) {
        throw new UnusableInput(
            String.format(
                java.util.Locale.ROOT,
                "%s: starts with 0x%08x, an idx file of this kind with 0x%08x",
                found,
                actual,
                magic));
      }
      int[] shape = new int[magic & 0xff];
      long size = 1;
      for (int i = 0; i < shape.length; i++) {
        shape[i] = in.readInt();
        if (shape[i] < 1 || (i > 0 && shape[i] > LARGEST_SIDE)) {
          throw new UnusableInput(found + ": dimension " + i + " is " + shape[i]);
        }
        size *= shape[i];
      }
      if (size > Integer.MAX_VALUE - 8) {
        throw new UnusableInput(found + ": claims " + size + " bytes, more than can be held");
      }
      // readNBytes grows with what is really there: a false header costs no memory.
      byte[] data = in.readNBytes((int) size);
      if (data.length < size) {
        throw new UnusableInput(
            found + ": ends after " + data.length + " of " + size + " bytes of data");
      }
      if (in.read() >= 0) {
        throw new UnusableInput(found + ": goes on after its " + size + " bytes of data");
      }
      values[0] = data;
      return shape;
    } catch (EOFException e) {
      throw new UnusableInput(found + ": ends within its header", e);
    } catch (IOException e) {
      throw new UnusableInput(found + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path existing(Path file) {
    if (Files.isRegularFile(file)) {
      return file;
    }
    Path compressed = file.resolveSibling(file.getFileName() + ".gz");
    if (Files.isRegularFile(compressed)) {
      return compressed;
    }
    throw new UnusableInput(file + ": no such file, nor with .gz");
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    return new DataInputStream(
        file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in);
  }
}
