package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.dataset.Mnist;
import io.github.primesim.training.fit.Trainer;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped LeNet-5 is what its card says. */
class Lenet5MnistTest {
  private static final Path SHIPPED = Path.of("..", "networks", "lenet5-mnist");
  private static final Path CACHE = Path.of("target", "data");
  private static final Topology TOPOLOGY = Recipes.lenet5Mnist().topology();

  @TempDir private Path folder;

  private static Map<String, Tensor> shippedWeights() {
    return TOPOLOGY.select(Npz.read(SHIPPED.resolve("weights.npz")), "weights.npz");
  }

  /**
   * The digits; without npm or its registry the test is skipped, and says so even in quiet mode.
   */
  private static ImageDataset digits() throws IOException {
    try {
      return Mnist.obtain(Optional.empty(), CACHE);
    } catch (UnusableInput e) {
      if (!e.getMessage().contains("not installed") && !e.getMessage().contains("failed")) {
        throw e;
      }
      System.err.println("SKIPPED a test on the MNIST digits: " + e.getMessage());
      return abort(e.getMessage());
    }
  }

  @Test
  void itHasCaffesShapeAnd92PercentOfItsWeightsAreZero() throws IOException {
    int weights = 0;
    int nonZeros = 0;
    for (Map.Entry<String, Tensor> parameter : shippedWeights().entrySet()) {
      if (Topology.isWeight(parameter.getKey())) {
        weights += parameter.getValue().size();
        nonZeros += parameter.getValue().nonZeros();
      }
    }
    assertThat(weights).isEqualTo(430_500);
    assertThat(nonZeros).isEqualTo(34_440);
    assertThat(SHIPPED.resolve("network.yaml")).hasContent(TOPOLOGY.yaml("trained"));
    assertThat(Files.readString(SHIPPED.resolve("CARD.md")))
        .contains("| all |  | 430,500 | 34,440 | 92.00 % |");
  }

  @Test
  void calibrationDigitsAreSpreadOverTheClasses() {
    Npz npz = Npz.read(SHIPPED.resolve("calibration-images.npz"));
    assertThat(npz.shape("images")).containsExactly(256, 28, 28);
    int[] perClass = new int[10];
    for (byte label : npz.bytes("labels")) {
      perClass[label]++;
    }
    assertThat(perClass).containsExactly(26, 26, 26, 26, 26, 26, 25, 25, 25, 25);
  }

  @Test
  void itReachesTheAccuracyOfItsCard() throws IOException {
    ImageDataset digits = digits();
    assertThat(digits.training().count()).isEqualTo(60_000);
    assertThat(digits.test().count()).isEqualTo(10_000);
    Npz shipped = Npz.read(SHIPPED.resolve("test-images.npz"));
    assertThat(shipped.bytes("images")).isEqualTo(digits.test().first(1000).pixels());
    assertThat(shipped.bytes("labels")).isEqualTo(digits.test().first(1000).labels());
    try (Trainer trainer =
        new Trainer(TOPOLOGY, shippedWeights(), Trainer.atRest(TOPOLOGY), Masks.none())) {
      double accuracy = trainer.accuracy(digits.test());
      assertThat(accuracy).isGreaterThan(0.985);
      assertThat(Files.readString(SHIPPED.resolve("CARD.md")))
          .contains(
              String.format(
                  Locale.ROOT, "| after fine-tuning: these weights | %.2f %% |", 100 * accuracy));
    }
  }

  @Test
  void aTrialOfTheCommandLearnsAndWritesTheFolderTwiceAlike() throws IOException {
    digits();
    for (String name : new String[] {"a", "b"}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      int exit =
          Train.commandLine(new PrintStream(out, true, StandardCharsets.UTF_8), System.err)
              .execute(
                  "lenet5-mnist",
                  "--limit=3200",
                  "--epochs=1",
                  "--fine-tune-epochs=1",
                  "--data=" + CACHE.resolve("mnist"),
                  "--work=" + folder.resolve("work-" + name),
                  "--out=" + folder.resolve(name));
      assertThat(exit).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).contains("after fine-tuning");
    }
    Map<String, Boolean> same = new LinkedHashMap<>();
    for (String file :
        new String[] {"network.yaml", "weights.npz", "test-images.npz", "calibration-images.npz"}) {
      same.put(
          file,
          Arrays.equals(
              Files.readAllBytes(folder.resolve("a").resolve(file)),
              Files.readAllBytes(folder.resolve("b").resolve(file))));
    }
    assertThat(same).doesNotContainValue(false);
    assertThat(folder.resolve("a").resolve("calibration-images.npz"))
        .hasSameBinaryContentAs(SHIPPED.resolve("calibration-images.npz"));
    assertThat(Files.readString(folder.resolve("a").resolve("CARD.md")))
        .contains("training/train lenet5-mnist --limit=3200")
        .contains("| all |  | 430,500 | 34,440 | 92.00 % |");
    assertThat(Files.readAllLines(folder.resolve("work-a").resolve("curve.csv"))).hasSize(4);
  }
}
