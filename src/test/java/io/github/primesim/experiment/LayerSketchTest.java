package io.github.primesim.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerSketchTest {
  private static CompileRequest request(String mapping, String signs) {
    return DesignFiles.load(
            Path.of(""),
            new DesignFiles.Choices(
                "lenet5-mnist",
                "prime-45nm",
                mapping,
                Optional.of("32x32"),
                signs,
                "none",
                "0",
                "0",
                List.of()))
        .request();
  }

  /** Each weight is drawn once on either side, and white is what was left out. */
  @ParameterizedTest
  @CsvSource({
    "block-compact, pairs, fc1",
    "block-compact, independent, conv2",
    "column-group, pairs, fc1",
    "column-group, independent, conv2",
    "operation-unit, pairs, fc1",
    "strip-kmeans, independent, fc1",
    "dense, independent, fc2",
  })
  void drawsEachWeightOnceAndTheCrossbarsKept(String mapping, String signs, String layer) {
    CompileRequest request = request(mapping, signs);
    LayerSketch sketch = LayerSketch.of(request, Optional.of(layer));
    CompiledLayer compiled =
        Compiled.of(request, Progress.SILENT, Optional.of(sketch)).network().layers().stream()
            .filter(each -> each.name().equals(layer))
            .findFirst()
            .orElseThrow();
    MappingPicture picture = sketch.picture().orElseThrow();
    int arraysOfACrossbar = signs.equals("pairs") ? 2 : 1;
    int places = picture.crossbarRows() * picture.crossbarColumns();

    assertThat(picture.layer()).isEqualTo(layer);
    assertThat(picture.denseArrays()).isEqualTo(compiled.crossbars().dense());
    assertThat(picture.arrays()).isEqualTo(compiled.crossbars().mapped());
    assertThat(sum(picture.before().nonZeros())).isEqualTo(compiled.nonZeros());
    assertThat(sum(picture.after().nonZeros())).isEqualTo(compiled.nonZeros());
    assertThat(sum(picture.before().places()) / places)
        .isEqualTo(compiled.crossbars().dense() / arraysOfACrossbar);
    assertThat(sum(picture.after().places()) / places)
        .isEqualTo(compiled.crossbars().mapped() / arraysOfACrossbar);
    assertThat(picture.before().densest()).isPositive().isLessThanOrEqualTo(1);
  }

  private static long sum(int[] counts) {
    return Arrays.stream(counts).asLongStream().sum();
  }
}
