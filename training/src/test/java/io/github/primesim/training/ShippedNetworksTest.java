package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.dataset.SpokenDigits;
import io.github.primesim.training.fit.Trainer;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The networks trained here are what their cards say, on the slice of images beside them. */
class ShippedNetworksTest {
  private static final Path NETWORKS = Path.of("..", "networks");
  private static final Path RECORDINGS =
      Path.of("..", ".work", "data", "free-spoken-digit-dataset");
  private static final Pattern MEASURED =
      Pattern.compile("after fine-tuning: these weights \\| ([0-9.]+) %");

  private static final Pattern IMAGES = Pattern.compile("(?m)^images: (.+)$");

  /**
   * Networks, in full width where the recipe's name is that of synthetic weights, and, where there
   * is one, their variant pruned by segments.
   */
  static Stream<Path> shipped() {
    return Recipes.all().keySet().stream()
        .flatMap(name -> Stream.of(name, name.replace("-cifar10", "-full-cifar10")))
        .distinct()
        .flatMap(name -> Stream.of(name, name + "-segments"))
        .map(NETWORKS::resolve)
        .filter(folder -> Files.exists(folder.resolve("weights.npz")));
  }

  private static Topology topology(Path folder) {
    String name = folder.getFileName().toString().replace("-segments", "").replace("-full", "");
    return Recipes.all().get(name).topology().folded();
  }

  /**
   * The images beside the network that was pruned, or where its description says that they are; of
   * recordings, which are not shipped, those of the data folder. Without them the test is skipped,
   * and says so even in quiet mode.
   */
  private static LabelledImages images(Path folder, FeatureMap shape) throws IOException {
    String owner = folder.getFileName().toString().replace("-segments", "");
    if (owner.endsWith("-spoken-digits")) {
      if (!Files.isDirectory(RECORDINGS)) {
        System.err.println("SKIPPED the accuracy of " + folder + ": there is no " + RECORDINGS);
        return abort("no recordings in " + RECORDINGS);
      }
      return SpokenDigits.read(RECORDINGS).test();
    }
    Path network = NETWORKS.resolve(owner);
    Matcher elsewhere = IMAGES.matcher(Files.readString(network.resolve("network.yaml")));
    Npz npz =
        Npz.read(
            (elsewhere.find() ? network.resolve(elsewhere.group(1)) : network)
                .resolve("test-images.npz"));
    return new LabelledImages(
        shape.channels(), shape.height(), shape.width(), npz.bytes("images"), npz.bytes("labels"));
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void weightsAreAsManyAndAsSparseAsTheCardSays(Path folder) throws IOException {
    Map<String, Tensor> weights =
        topology(folder).select(Npz.read(folder.resolve("weights.npz")), "weights.npz");
    int all = 0;
    int kept = 0;
    for (Map.Entry<String, Tensor> parameter : weights.entrySet()) {
      if (Topology.isWeight(parameter.getKey())) {
        all += parameter.getValue().size();
        kept += parameter.getValue().nonZeros();
      }
    }
    if (Files.exists(folder.resolve("rounds.csv"))) {
      assertThat(lastRound(folder, "weights")).isEqualTo(all);
      assertThat(lastRound(folder, "pruned")).isEqualTo(all - kept);
    } else {
      assertThat(Files.readString(folder.resolve("CARD.md")))
          .contains(String.format(Locale.ROOT, "| all |  | %,d | %,d |", all, kept));
    }
  }

  @ParameterizedTest
  @MethodSource("shipped")
  void theSliceIsClassifiedAsWellAsTheCardSaysOfAllImages(Path folder) throws IOException {
    Topology topology = topology(folder);
    Map<String, Tensor> weights =
        topology.select(Npz.read(folder.resolve("weights.npz")), "weights.npz");
    try (Trainer trainer = new Trainer(topology, weights, Trainer.atRest(topology), Masks.none())) {
      // Three standard deviations: of 1,000 digits at 97.5 %, of 341 photographs at 89 %.
      assertThat(100 * trainer.accuracy(images(folder, topology.input())))
          .isCloseTo(claimed(folder), within(topology.input().channels() == 1 ? 1.5 : 5.0));
    }
  }

  /** The accuracy on all test images: that of the card, or of the last of its rounds. */
  private static double claimed(Path folder) throws IOException {
    if (Files.exists(folder.resolve("rounds.csv"))) {
      return 100 * lastRound(folder, "accuracy");
    }
    Matcher matcher = MEASURED.matcher(Files.readString(folder.resolve("CARD.md")));
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  private static double lastRound(Path folder, String column) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("rounds.csv"));
    int at = List.of(lines.get(0).split(",", -1)).indexOf(column);
    return Double.parseDouble(lines.get(lines.size() - 1).split(",", -1)[at]);
  }
}
