package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationFileTest {
  private static final Path BUNDLED = Path.of("validation", "lin-aspdac2019.yaml");

  @TempDir private Path folder;

  @Test
  void theBundledOneComparesWhatThePaperCompares() {
    EvaluationFile file = EvaluationFile.load(Path.of(""));
    assertThat(file.sparsities()).isEqualTo(List.of(0.8, 0.9, 0.95));
    assertThat(file.networks())
        .extracting(EvaluationFile.PublishedNetwork::title)
        .containsExactly("LeNet-5", "AlexNet", "VGG-16", "ResNet-18", "LSTM-5");
    List<String> bundled = new NetworkFiles(Path.of("")).names();
    for (EvaluationFile.PublishedNetwork network : file.networks()) {
      assertThat(network.ours()).as(network.title()).anyMatch(bundled::contains);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'cleared: 0.4'; 'cleared: 1.4'; above 0 and below 1",
        "'crossbar: 32'; 'crossbar: 0'; a whole number from 1 to 4096",
        "'swept: [VGG-16]'; 'swept: [VGG-61]'; LeNet-5, AlexNet, VGG-16",
        "'schemes: [block-kmeans'; 'schemes: [kmeans'; block-kmeans",
        "'evaluation/1'; 'evaluation/2'; primesim.evaluation/1",
      })
  void whatCannotBeEvaluatedIsRefusedWithItsLine(String found, String damaged, String allowed)
      throws IOException {
    Path file = folder.resolve("e.yaml");
    String text = Files.readString(BUNDLED);
    assertThat(text).contains(found);
    Files.writeString(file, text.replace(found, damaged));
    assertThatThrownBy(() -> EvaluationFile.read(file))
        .isInstanceOf(InputProblem.class)
        .hasMessageMatching("(?s).*e\\.yaml:\\d+: .*")
        .hasMessageContaining(allowed);
  }
}
