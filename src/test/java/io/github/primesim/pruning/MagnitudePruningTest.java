package io.github.primesim.pruning;

import static io.github.primesim.pruning.SmallNetwork.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.network.Layer;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import org.junit.jupiter.api.Test;

class MagnitudePruningTest extends PruningContract {
  @Override
  PruningScheme scheme() {
    return new MagnitudePruning();
  }

  @Override
  int largestUnit(Rank rank) {
    return 1;
  }

  @Test
  void noWeightThatStaysIsSmallerThanOneThatGoes() {
    Weights weights = new SmallNetwork(3);
    Mask mask = Pruning.prune(scheme(), SmallNetwork.request(weights, 0.6, Share.WEIGHTS));
    float largestGone = 0;
    float smallestKept = Float.MAX_VALUE;
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        WeightMatrix matrix = weights.matrix(layer, m);
        for (int row = 0; row < matrix.rows(); row++) {
          for (int column = 0; column < matrix.columns(); column++) {
            float magnitude = Math.abs(matrix.at(row, column));
            if (row == NETWORK.inputRows(layer)) {
              assertThat(mask.keeps(layer, m, row, column)).as("bias").isTrue();
            } else if (mask.keeps(layer, m, row, column)) {
              smallestKept = Math.min(smallestKept, magnitude);
            } else {
              largestGone = Math.max(largestGone, magnitude);
            }
          }
        }
      }
    }
    assertThat(largestGone).isLessThanOrEqualTo(smallestKept);
  }

  @Test
  void ofEqualWeightsTheFirstGo() {
    Weights equal =
        (layer, m) -> {
          float[] values = new float[NETWORK.rows(layer) * NETWORK.columns(layer)];
          java.util.Arrays.fill(values, -0.25f);
          return new WeightMatrix(NETWORK.rows(layer), NETWORK.columns(layer), values);
        };
    double target = 7.0 / SmallNetwork.weights();
    Mask mask = Pruning.prune(scheme(), SmallNetwork.request(equal, target, Share.WEIGHTS));
    Layer conv = SmallNetwork.layer("conv");
    assertThat(mask.pruned(conv)).isEqualTo(7);
    assertThat(mask.keeps(conv, 0, 1, 1)).isFalse();
    assertThat(mask.keeps(conv, 0, 1, 2)).isTrue();
  }
}
