package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.LoadedDesign;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real inputs cost beside what mean activity has for them. */
class ActivityResultTest {
  private static final Optional<Path> DIGITS = Optional.of(Path.of("networks/lenet5-mnist"));

  private static LoadedDesign design(String network, String mapping) {
    return DesignFiles.load(Path.of(""), DesignFiles.Choices.of(network, mapping, "32x32"));
  }

  private static RunResult measured(LoadedDesign design, String images) {
    return Run.of(
            RunRequest.of(design.request()).measuring(Optional.of(design.meter(DIGITS, images))))
        .result();
  }

  @ParameterizedTest
  @ValueSource(strings = {"dense", "block-compact"})
  void theMeanThatIsToldIsThatOfARunAtMeanActivity(String mapping) {
    LoadedDesign design = design("lenet5-mnist-segments", mapping);
    RunResult mean = Run.of(RunRequest.of(design.request())).result();
    RunResult data = measured(design, "20");
    ActivityResult activity = data.activity().orElseThrow();

    assertThat(activity.meanTotalPj()).isCloseTo(mean.energyPj().total(), within(1e-3));
    assertThat(activity.totalPj()).isCloseTo(data.energyPj().total(), within(1e-3));
    assertThat(activity.totalRatio())
        .isCloseTo(data.energyPj().total() / mean.energyPj().total(), within(1e-9));
    assertThat(data.cycles()).as("data change no time").isEqualTo(mean.cycles());
    assertThat(data.energyPj().total()).isNotEqualTo(mean.energyPj().total());
    assertThat(mean.activity()).isEmpty();
  }

  @Test
  void testImagesAreAboutAsActiveAsCalibrationImages() {
    // They are other digits, but digits. Low slices are idle somewhat more often than the mean has
    // it: sense amplifiers give multiples of their window, which is coarser than the input levels.
    ActivityResult activity =
        measured(design("lenet5-mnist", "dense"), "200").activity().orElseThrow();

    assertThat(activity.assumed()).isFalse();
    assertThat(activity.images()).isEqualTo(200);
    for (LayerActivity layer : activity.layers()) {
      for (int slice = 0; slice < 2; slice++) {
        assertThat(layer.data().activeRows().get(slice))
            .as("%s, slice %d", layer.layer(), slice)
            .isCloseTo(layer.mean().activeRows().get(slice), within(slice == 0 ? 0.05 : 0.08));
      }
      assertThat(layer.zeroCodes()).as(layer.layer()).isBetween(0.0, 1.0);
    }
  }

  @Test
  void imagesAreAveragedOver() {
    LoadedDesign design = design("mlp-s-mnist", "dense");
    double both = wordlineDrives(measured(design, "2"));
    double first = wordlineDrives(measured(design, "1"));

    double second = 2 * both - first;
    assertThat(second / first).as("another digit, about as dark").isBetween(0.5, 2.0);
    assertThat(both).isNotEqualTo(first);
  }

  private static double wordlineDrives(RunResult result) {
    return result.activity().orElseThrow().layers().stream()
        .mapToDouble(layer -> layer.data().wordlineDrives())
        .sum();
  }
}
