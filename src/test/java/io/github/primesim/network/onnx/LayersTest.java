package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.network.Lookup;
import io.github.primesim.network.Network;
import io.github.primesim.network.ScalarFunction;
import io.github.primesim.network.ScalarFunction.Kind;
import io.github.primesim.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names and tables of layers, and that many of them take no more time each than few. */
class LayersTest {
  private static final int MANY = 100_000;

  @TempDir Path folder;

  @Test
  void aNameThatIsTakenGetsTheNextNumber() {
    Layers layers = new Layers(Shape.vector(1));
    assertThat(layers.name("a.3")).isEqualTo("a.3");
    assertThat(List.of(layers.name("a"), layers.name("a"), layers.name("a")))
        .containsExactly("a", "a.2", "a.4");
    assertThat(layers.name("input")).isEqualTo("input.2");
    assertThat(layers.name("a")).isEqualTo("a.5");
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyLayersOfOneName() {
    Layers layers = new Layers(Shape.vector(1));
    for (int i = 1; i < MANY; i++) {
      layers.name("a");
    }
    assertThat(layers.name("a")).isEqualTo("a." + MANY);
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyFunctionsInARowAreOneTableInTheirOrder() throws IOException {
    ModelBuilder model = ModelBuilder.image(13, 1).weights("w", 2, 3, 3, 3);
    model.node("Conv", "x w", "c").node("Exp", "c", "y0");
    for (int i = 1; i < MANY; i++) {
      model.node(i % 2 == 0 ? "Exp" : "Tanh", "y" + (i - 1), "y" + i);
    }
    Path file = model.output("y" + (MANY - 1)).write(folder, "many");

    Network network = OnnxFile.read(file, ImportOptions.NONE).network();

    assertThat(network.layers()).hasSize(2);
    List<ScalarFunction.Step> steps = ((Lookup) network.output()).function().steps();
    assertThat(steps).hasSize(MANY);
    assertThat(steps.subList(0, 3).stream().map(ScalarFunction.Step::kind))
        .containsExactly(Kind.EXP, Kind.TANH, Kind.EXP);
  }
}
