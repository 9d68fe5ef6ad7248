package io.github.primesim.lowering;

import static io.github.primesim.lowering.LoweringFixture.connected;
import static io.github.primesim.lowering.LoweringFixture.network;
import static io.github.primesim.lowering.LoweringFixture.prime;
import static io.github.primesim.lowering.LoweringFixture.random;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peak memory follows the largest layer: no matrix is kept when the next but one is asked for. */
class StreamedWeightsTest {
  private static final Network FOUR_LAYERS =
      network(
          new Shape(60, 1, 1),
          connected("fc1", Network.INPUT, 60),
          connected("fc2", "fc1", 60),
          connected("fc3", "fc2", 60),
          connected("fc4", "fc3", 60));

  @ParameterizedTest
  @ValueSource(strings = {"dense", "block-compact", "row-order", "column-group", "operation-unit"})
  void matricesAreLetGo(String mapping) {
    Remembered weights = new Remembered(random(FOUR_LAYERS, 5, 0.1));
    LoweringFixture.compile(FOUR_LAYERS, weights, prime(), mapping, Replication.LAYER);
    assertThat(weights.stillHeld).hasSizeGreaterThanOrEqualTo(4);
    assertThat(weights.stillHeld.subList(1, 4)).allMatch(held -> held <= 1);
  }

  /** Counts, whenever a matrix is asked for, how many of those given before are still held. */
  private static final class Remembered implements Weights {
    private static final int ATTEMPTS = 50;

    private final Weights source;
    private final List<WeakReference<IntegerMatrix>> given = new ArrayList<>();
    private final List<Integer> stillHeld = new ArrayList<>();

    Remembered(Weights source) {
      this.source = source;
    }

    @Override
    public WeightMatrix matrix(Layer layer, int group) {
      return source.matrix(layer, group);
    }

    @Override
    public IntegerMatrix quantized(Layer layer, int group, int weightBits, double biasInput) {
      stillHeld.add(held());
      IntegerMatrix matrix = source.quantized(layer, group, weightBits, biasInput);
      given.add(new WeakReference<>(matrix));
      return matrix;
    }

    /** Collected until none is left or patience is: a frame under us may hold the latest. */
    private int held() {
      int held = given.size();
      for (int attempt = 0; attempt < ATTEMPTS && held > 0; attempt++) {
        System.gc();
        held = (int) given.stream().filter(reference -> reference.get() != null).count();
      }
      return held;
    }
  }
}
