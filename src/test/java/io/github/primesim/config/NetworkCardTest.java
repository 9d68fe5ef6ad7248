package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCardTest {
  private static final Path HOME = Path.of("");

  private static OptionalDouble share(double percent) {
    return OptionalDouble.of(Math.round(100 * percent) / 1e4);
  }

  @Test
  void aCardOfATrainingTellsOfBothNetworks() {
    NetworkCard card = NetworkCard.of(HOME, "lenet5-mnist");
    assertThat(card.dense()).isEqualTo(share(99.29));
    assertThat(card.pruned()).isEqualTo(share(99.23));
  }

  @Test
  void aCardOfRoundsTellsOfTheWeightsInTheFolder() {
    NetworkCard named = NetworkCard.of(HOME, "lenet5-mnist-segments");
    assertThat(named.dense()).isEqualTo(share(99.29));
    assertThat(named.pruned()).isEqualTo(share(99.16));
    NetworkCard last = NetworkCard.of(HOME, "cnn-1-mnist-segments");
    assertThat(last.dense()).isEmpty();
    assertThat(last.pruned()).isEqualTo(share(98.15));
  }

  @Test
  void whatIsNotSaidIsEmpty() {
    assertThat(NetworkCard.of(HOME, "vgg-d").pruned()).isEmpty();
    assertThat(NetworkCard.of("# n\n\n## Sparsity\n| dense | 7 % |\n").dense()).isEmpty();
    assertThat(NetworkCard.studied(HOME, "vgg-d", "crossbars")).isEmpty();
  }

  @Test
  void onlyTheFirstTableUnderTheHeadingCounts() {
    NetworkCard card =
        NetworkCard.of(
            """
            ## Accuracy

            | network | x |
            |---|---|
            | dense | 90.5 % |
            | these weights | 89 % |

            | right after | 10 % |
            """);
    assertThat(card.dense()).isEqualTo(share(90.5));
    assertThat(card.pruned()).isEqualTo(share(89));
  }

  @Test
  void studiesAreReadByTheWayOfPruning() {
    assertThat(NetworkCard.studied(HOME, "mlp-s-mnist", "crossbars")).hasValue(0.9859);
    assertThat(NetworkCard.studied(HOME, "mlp-s-mnist", "segments")).hasValue(0.9808);
  }

  @Test
  void aDamagedStudyIsRefused(@TempDir Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("docs").resolve("accuracy"));
    Files.writeString(folder.resolve("n.csv"), "pruning,accuracy\ncrossbars 0.4,much\n");
    assertThatThrownBy(() -> NetworkCard.studied(home, "n", "crossbars"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("n.csv: is damaged");
  }
}
