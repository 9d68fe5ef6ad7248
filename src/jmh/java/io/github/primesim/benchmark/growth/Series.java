package io.github.primesim.benchmark.growth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Runs in which one thing grows and all else stays.
 *
 * @param name what grows
 * @param what of which network on which memory
 */
record Series(String name, String what, List<Point> points) {
  /** Side of the layers of the deep networks: 16.8 million weights. */
  private static final int SIDE = 4096;

  private static final String DENSITY = "0.1";

  /** Holds 2^30 weights; the published 64 banks hold 2^28. */
  private static final String BANKS = "256";

  /**
   * The series of the study; their networks are written into {@code folder}.
   *
   * @throws IOException if they cannot be written
   */
  static List<Series> all(Path folder) throws IOException {
    Path fifteen = network(folder, 15, SIDE);
    return List.of(
        new Series(
            "weights, one layer",
            "a fully connected layer, 10 % dense, 256 banks",
            points(
                LongStream.of(316, 1000, 3162, 10_000, 31_622),
                side -> side * side,
                side -> onManyBanks(network(folder, 1, (int) (long) side)))),
        new Series(
            "weights, more layers",
            "fully connected layers of 4096 x 4096, 10 % dense, 256 banks",
            points(
                LongStream.of(1, 2, 4, 8, 15, 30, 59),
                layers -> layers * SIDE * SIDE,
                layers -> onManyBanks(network(folder, (int) (long) layers, SIDE)))),
        new Series(
            "rows of a crossbar",
            "fifteen such layers, 64 banks",
            points(
                LongStream.of(16, 32, 64, 128, 256, 512),
                size -> size,
                size -> List.of("--network", fifteen.toString(), "--crossbar", size + "x" + size))),
        new Series(
            "batch",
            "vgg16-imagenet, 256 x 256, 64 banks",
            points(
                LongStream.of(1, 10, 100, 1000),
                batch -> batch,
                batch -> List.of("--network", "vgg16-imagenet", "--batch", batch.toString()))),
        new Series(
            "banks",
            "vgg16-imagenet, 256 x 256, an endless stream",
            points(
                LongStream.of(64, 128, 256, 512, 1024, 2048),
                banks -> banks,
                banks ->
                    List.of(
                        "--network", "vgg16-imagenet", "--set", "organization.banks=" + banks))));
  }

  /** The options of a run, which may need files written. */
  private interface Options {
    List<String> of(Long value) throws IOException;
  }

  private static List<Point> points(LongStream values, Function<Long, Long> size, Options options)
      throws IOException {
    List<Point> points = new ArrayList<>();
    for (long value : values.toArray()) {
      points.add(new Point(size.apply(value), options.of(value)));
    }
    return points;
  }

  private static List<String> onManyBanks(Path network) {
    return List.of("--network", network.toString(), "--set", "organization.banks=" + BANKS);
  }

  /** A network of square layers, all pruned to the same density. */
  private static Path network(Path folder, int layers, int side) throws IOException {
    String name = "square-" + layers + "x" + side;
    StringBuilder text =
        new StringBuilder("schema: primesim.network/1\n")
            .append("name: ".concat(name).concat("\n"))
            .append("weights: synthetic\n")
            .append("description: square layers, to see how runs grow\n")
            .append("input: {channels: " + side + ", height: 1, width: 1, signed: false}\n")
            .append("layers:\n");
    StringBuilder densities = new StringBuilder();
    for (int layer = 1; layer <= layers; layer++) {
      text.append("  - {name: fc" + layer + ", type: fullyConnected, outputs: " + side)
          .append(", bias: false, activation: relu}\n");
      densities.append(layer == 1 ? "" : ", ").append("fc" + layer + ": " + DENSITY);
    }
    text.append("synthetic: {seed: 1, model: log-normal, sigma: 0.25, densities: {")
        .append(densities)
        .append("}}\n");
    Path directory = Files.createDirectories(folder.resolve(name));
    Files.writeString(directory.resolve("network.yaml"), text);
    return directory;
  }
}
