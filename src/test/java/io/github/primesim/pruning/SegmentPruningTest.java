package io.github.primesim.pruning;

import static io.github.primesim.pruning.SmallNetwork.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SegmentPruningTest extends PruningContract {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 3;

  @Override
  PruningScheme scheme() {
    return new SegmentPruning();
  }

  @Override
  Stream<Rank> ranks() {
    return Stream.of(Rank.values());
  }

  /** By cost an array goes at once, with independent signs possibly after segments of the other. */
  @Override
  int largestUnit(Rank rank) {
    return rank == Rank.NORM ? HEIGHT : HEIGHT * 2 * WIDTH;
  }

  @Test
  void aSegmentGoesAsAWholeAndInTheOrderOfNormsOverThoseOfItsLayer() {
    Weights weights = new SmallNetwork(5, 7);
    Mask mask = Pruning.prune(scheme(), SmallNetwork.request(weights, 0.55, Share.WEIGHTS));
    double largestGone = 0;
    double smallestKept = Double.MAX_VALUE;
    for (Layer layer : NETWORK.weightedLayers()) {
      double unit = rootMeanSquareNorm(weights, layer);
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        WeightMatrix matrix = weights.matrix(layer, m);
        for (int from = 0; from < matrix.rows(); from += HEIGHT) {
          for (int column = 0; column < matrix.columns(); column++) {
            boolean stays = mask.keeps(layer, m, from, column);
            int end = Math.min(matrix.rows(), from + HEIGHT);
            for (int row = from; row < end; row++) {
              assertThat(mask.keeps(layer, m, row, column)).isEqualTo(stays);
            }
            double norm = norm(matrix, from, end, column) / unit;
            if (stays) {
              smallestKept = Math.min(smallestKept, norm);
            } else {
              largestGone = Math.max(largestGone, norm);
            }
          }
        }
      }
    }
    assertThat(largestGone).isPositive().isLessThanOrEqualTo(smallestKept * (1 + 1e-6));
  }

  private static double norm(WeightMatrix matrix, int from, int end, int column) {
    double sum = 0;
    for (int row = from; row < end; row++) {
      sum += Math.pow(matrix.at(row, column), 2);
    }
    return Math.sqrt(sum);
  }

  private static double rootMeanSquareNorm(Weights weights, Layer layer) {
    double sum = 0;
    int segments = 0;
    for (int m = 0; m < NETWORK.matrices(layer); m++) {
      WeightMatrix matrix = weights.matrix(layer, m);
      for (float value : matrix.values()) {
        sum += Math.pow(value, 2);
      }
      segments += (matrix.rows() + HEIGHT - 1) / HEIGHT * matrix.columns();
    }
    return Math.sqrt(sum / segments);
  }

  @Test
  void byCostEveryStepSavesAnArray() {
    for (SignScheme signs : SignScheme.values()) {
      Weights weights = new SmallNetwork(11);
      long before = Long.MAX_VALUE;
      long prunedBefore = -1;
      for (int percent = 0; percent <= 80; percent += 10) {
        PruningRequest request =
            SmallNetwork.request(
                weights, percent / 100.0, Share.WEIGHTS, Rank.COST, false, signs, Set.of());
        Mask mask = Pruning.prune(scheme(), request);
        long arrays = SmallNetwork.arrays(request, mask.applyTo(weights));
        assertThat(SmallNetwork.pruned(mask)).isGreaterThan(prunedBefore);
        assertThat(arrays).as("%s at %d %%", signs, percent).isLessThan(before);
        before = arrays;
        prunedBefore = SmallNetwork.pruned(mask);
      }
    }
  }

  @Test
  void byCostNeedsNoMoreArraysThanByNorm() {
    for (long seed = 0; seed < 20; seed++) {
      Weights weights = new SmallNetwork(seed);
      Map<Rank, Long> arrays = new EnumMap<>(Rank.class);
      for (Rank rank : Rank.values()) {
        PruningRequest request =
            SmallNetwork.request(
                weights, 0.6, Share.WEIGHTS, rank, true, SignScheme.PAIRS, Set.of());
        Mask mask = Pruning.prune(scheme(), request);
        arrays.put(rank, SmallNetwork.arrays(request, mask.applyTo(weights)));
      }
      assertThat(arrays.get(Rank.COST)).as("seed %d", seed).isLessThan(arrays.get(Rank.NORM));
    }
  }

  @Test
  void byCostTheLayerWithMorePositionsThinsMore() {
    Network network =
        new Network(
            "twins",
            Origin.IMPORTED,
            "the same weights at 16 positions and at one",
            new Shape(9, 4, 4),
            false,
            List.of(
                pointwise("wide", Network.INPUT),
                new Pooling("pool", List.of("wide"), Pooling.Kind.MAX, 4, 4, 4, 4, 0, 0),
                pointwise("narrow", "pool")));
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[81];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    PruningRequest request =
        new PruningRequest(
            network,
            (layer, m) -> new WeightMatrix(9, 9, values),
            8,
            Map.of("wide", 1.0, "narrow", 1.0),
            SmallNetwork.mapping(),
            SmallNetwork.geometry(SignScheme.PAIRS),
            0.3,
            Share.WEIGHTS,
            Rank.COST,
            false,
            Set.of());
    Mask mask = Pruning.prune(scheme(), request);
    assertThat(mask.pruned(network.layer("wide")))
        .isGreaterThan(2 * mask.pruned(network.layer("narrow")));
  }

  private static Convolution pointwise(String name, String input) {
    return new Convolution(name, List.of(input), 9, 1, 1, 1, 1, 0, 0, 1, false, Activation.RELU);
  }
}
