package io.github.primesim.config;

import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Network;
import io.github.primesim.network.NpzFile;
import io.github.primesim.network.Shape;
import io.github.primesim.units.InputProblem;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Labelled images on disk.
 *
 * <p>Either a NumPy archive with {@code images} [count, height, width] or [count, channels, height,
 * width] and {@code labels} [count]; or a folder with such an archive, {@code test-images.npz}; or
 * a folder with the files of MNIST's test set in their original idx format, {@code
 * t10k-images-idx3-ubyte} and {@code t10k-labels-idx1-ubyte}, under those names or with a dot
 * before {@code idx}, packed as {@code .gz} or not; or a folder with the test photographs of
 * CIFAR-10, see {@link Cifar10Files}.
 */
public final class ImageFiles {
  /** Name of the archive that a folder may hold. */
  public static final String ARCHIVE = "test-images.npz";

  private static final int IMAGES_MAGIC = 0x0803;
  private static final int LABELS_MAGIC = 0x0801;

  /** Idx headers are believed up to here; a larger extent is a damaged file. */
  private static final int LARGEST_EXTENT = 1 << 12;

  private ImageFiles() {}

  /**
   * Reads the first images of an archive or folder.
   *
   * @param limit how many at most, at least 1
   * @throws InputProblem if there is nothing usable there
   */
  public static LabelledImages read(Path archiveOrFolder, int limit) {
    if (limit < 1) {
      throw new InputProblem("limit of images is " + limit + ", allowed: 1 and above");
    }
    if (!Files.isDirectory(archiveOrFolder)) {
      return npz(archiveOrFolder, limit);
    }
    Path archive = archiveOrFolder.resolve(ARCHIVE);
    if (Files.isRegularFile(archive)) {
      return npz(archive, limit);
    }
    return Cifar10Files.areIn(archiveOrFolder)
        ? Cifar10Files.read(archiveOrFolder, limit)
        : idx(archiveOrFolder, limit);
  }

  /**
   * The same for a network.
   *
   * @throws InputProblem also if the network reads images of another size
   */
  static LabelledImages read(Path archiveOrFolder, int limit, Network network) {
    LabelledImages images = read(archiveOrFolder, limit);
    if (images.shape().size() != network.input().size()) {
      throw new InputProblem(
          archiveOrFolder
              + ": holds images of "
              + images.shape()
              + ", network '"
              + network.name()
              + "' reads "
              + network.input());
    }
    return images;
  }

  /**
   * The same where the classes count.
   *
   * @throws InputProblem also for a class that the network does not have
   */
  static LabelledImages readLabelled(Path archiveOrFolder, int limit, Network network) {
    LabelledImages images = read(archiveOrFolder, limit, network);
    int classes = network.outputShape(network.output().name()).size();
    for (int image = 0; image < images.count(); image++) {
      if (images.label(image) >= classes) {
        throw new InputProblem(
            archiveOrFolder
                + ": label of image "
                + image
                + " is "
                + images.label(image)
                + ", network '"
                + network.name()
                + "' has the classes 0 to "
                + (classes - 1));
      }
    }
    return images;
  }

  private static LabelledImages npz(Path path, int limit) {
    NpzFile file = NpzFile.open(path);
    List<Integer> shape = file.shape("images");
    if (shape.size() != 3 && shape.size() != 4) {
      throw new InputProblem(
          path
              + ": array 'images' has the shape "
              + shape
              + ", allowed: [count, height, width] or [count, channels, height, width]");
    }
    int count = shape.get(0);
    if (count == 0 || shape.contains(0)) {
      throw new InputProblem(path + ": array 'images' has the shape " + shape + ", it is empty");
    }
    if (!file.shape("labels").equals(List.of(count))) {
      throw new InputProblem(
          path
              + ": array 'labels' has the shape "
              + file.shape("labels")
              + ", allowed: ["
              + count
              + "] as there are images");
    }
    int last = shape.size() - 1;
    Shape image = new Shape(last == 2 ? 1 : shape.get(1), shape.get(last - 1), shape.get(last));
    return new LabelledImages(
            count, image, file.unsignedBytes("images"), file.unsignedBytes("labels"))
        .first(limit);
  }

  private static LabelledImages idx(Path folder, int limit) {
    Path imageFile = find(folder, "t10k-images", "idx3-ubyte");
    Path labelFile = find(folder, "t10k-labels", "idx1-ubyte");
    try (InputStream images = open(imageFile);
        InputStream labels = open(labelFile)) {
      int count = header(imageFile, images, IMAGES_MAGIC);
      int height = extent(imageFile, number(imageFile, images));
      int width = extent(imageFile, number(imageFile, images));
      int labelCount = header(labelFile, labels, LABELS_MAGIC);
      if (labelCount != count) {
        throw new InputProblem(
            labelFile
                + ": holds "
                + labelCount
                + " labels, allowed: "
                + count
                + " as "
                + imageFile);
      }
      int read = Math.min(count, limit);
      Shape shape = new Shape(1, height, width);
      return new LabelledImages(
          read,
          shape,
          bytes(imageFile, images, (long) read * shape.size()),
          bytes(labelFile, labels, read));
    } catch (IOException e) {
      throw new InputProblem(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path find(Path folder, String set, String format) {
    List<String> names = new ArrayList<>();
    for (String separator : List.of("-", ".")) {
      for (String packing : List.of("", ".gz")) {
        names.add(set + separator + format + packing);
      }
    }
    for (String name : names) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new InputProblem(
        folder
            + ": holds none of "
            + String.join(", ", names)
            + " (MNIST), test_batch.bin, test_batch.png (CIFAR-10), "
            + ARCHIVE);
  }

  private static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    if (!file.toString().endsWith(".gz")) {
      return in;
    }
    try {
      return new GZIPInputStream(in);
    } catch (IOException e) {
      in.close();
      throw new InputProblem(file + ": is not a gzip file: " + e.getMessage(), e);
    }
  }

  private static int header(Path file, InputStream in, int magic) {
    int found = number(file, in);
    if (found != magic) {
      throw new InputProblem(
          file
              + ": begins with "
              + Integer.toHexString(found)
              + ", allowed: the idx word "
              + Integer.toHexString(magic));
    }
    int count = number(file, in);
    if (count < 1) {
      throw new InputProblem(file + ": claims " + count + " entries, allowed: 1 and above");
    }
    return count;
  }

  private static int extent(Path file, int extent) {
    if (extent < 1 || extent > LARGEST_EXTENT) {
      throw new InputProblem(
          file + ": claims images of extent " + extent + ", allowed: 1 to " + LARGEST_EXTENT);
    }
    return extent;
  }

  private static int number(Path file, InputStream in) {
    return ByteBuffer.wrap(bytes(file, in, Integer.BYTES)).getInt();
  }

  private static byte[] bytes(Path file, InputStream in, long length) {
    try {
      if (length > Integer.MAX_VALUE - 8) {
        throw new EOFException("claims " + length + " bytes");
      }
      // Allocates as the bytes arrive, not as the header claims.
      byte[] bytes = in.readNBytes((int) length);
      if (bytes.length < length) {
        throw new EOFException("ends after " + bytes.length + " of " + length + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw new InputProblem(file + ": is truncated or damaged: " + e.getMessage(), e);
    }
  }
}
