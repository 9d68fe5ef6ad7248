package io.github.primesim.pruning;

import static io.github.primesim.pruning.SmallNetwork.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Crossbar;
import io.github.primesim.network.Activation;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrossbarPruningTest extends PruningContract {
  @Override
  PruningScheme scheme() {
    return new CrossbarPruning();
  }

  @Override
  int largestUnit(Rank rank) {
    return 4 * 3;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.4, 0.6})
  void clearsExactlyTheShareOfCrossbarsAskedFor(double target) {
    for (SignScheme signs : SignScheme.values()) {
      Weights weights = new SmallNetwork(23);
      PruningRequest request =
          SmallNetwork.request(weights, target, Share.CROSSBARS, Rank.NORM, false, signs, Set.of());
      int perSlot = request.geometry().arraysPerSlot();
      long before = SmallNetwork.arrays(request, weights) / perSlot;
      Weights pruned = Pruning.prune(scheme(), request).applyTo(weights);
      assertThat(SmallNetwork.arrays(request, pruned) / perSlot)
          .as("%s", signs)
          .isEqualTo(before - Math.round(target * before));
    }
  }

  /** What is told of the crossbars in advance is what clearing them takes. */
  @ParameterizedTest
  @EnumSource
  void theFirstCrossbarsHoldWhatClearingThemPrunes(SignScheme signs) {
    Weights weights = new SmallNetwork(23);
    List<Long> held =
        new CrossbarPruning()
            .held(
                SmallNetwork.request(
                    weights, 0, Share.CROSSBARS, Rank.NORM, false, signs, Set.of()));
    long mapped = held.stream().mapToLong(Long::longValue).sum();
    for (double target : new double[] {0, 0.2, 0.4, 0.6}) {
      PruningRequest request =
          SmallNetwork.request(weights, target, Share.CROSSBARS, Rank.NORM, false, signs, Set.of());
      Mask mask = Pruning.prune(scheme(), request);
      long kept = NETWORK.weightedLayers().stream().mapToLong(mask::kept).sum();
      assertThat(held.stream().skip(Math.round(target * held.size())).mapToLong(n -> n).sum())
          .as("%s, %s cleared", signs, target)
          .isEqualTo(kept);
    }
    assertThat(mapped).isPositive();
  }

  @ParameterizedTest
  @EnumSource
  void noCrossbarStaysBelowTheUtilisationAskedFor(SignScheme signs) {
    Weights weights = new SmallNetwork(29);
    PruningRequest request =
        SmallNetwork.request(weights, 0.7, Share.UTILIZATION, Rank.NORM, false, signs, Set.of());
    Mask mask = Pruning.prune(scheme(), request);
    assertThat(SmallNetwork.pruned(mask)).isPositive();
    assertThat(lowestUtilization(request, weights)).isLessThan(0.7);
    assertThat(lowestUtilization(request, mask.applyTo(weights))).isGreaterThanOrEqualTo(0.7);
  }

  private static double lowestUtilization(PruningRequest request, Weights weights) {
    double lowest = 1;
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        IntegerMatrix matrix = weights.quantized(layer, m, 8, 1);
        for (Crossbar crossbar : request.mapping().map(matrix, request.geometry()).crossbars()) {
          int used = 0;
          for (int row : crossbar.segments().get(0).rows()) {
            for (int column : crossbar.segments().get(0).columns()) {
              used += crossbar.sign().holds(matrix.at(row, column)) ? 1 : 0;
            }
          }
          lowest = Math.min(lowest, used / 12.0);
        }
      }
    }
    return lowest;
  }

  /** All ways to share out the columns of one row block, up to 8 columns in crossbars of 3. */
  @Test
  void theLightestCrossbarsOfABlockHoldTheLeastThatAnyPackingLeavesThere() {
    SplittableRandom random = new SplittableRandom(41);
    for (int trial = 0; trial < 200; trial++) {
      int columns = 4 + random.nextInt(5);
      float[] values = new float[4 * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(3) == 0 ? 0 : (1 + random.nextInt(200)) / 256f;
      }
      values[0] =
          255 / 256f; // the full scale: every weight is a whole number of steps, none is rounded
      double[] sums = columnSums(values, columns);
      long occupied = Arrays.stream(sums).filter(sum -> sum > 0).count();
      int crossbars = (int) (occupied + 2) / 3;
      for (int cleared = 1; cleared < crossbars; cleared++) {
        double least = leastIn(sums, crossbars, cleared);
        assertThat(lossOf(values, columns, crossbars, cleared))
            .as("trial %d, %d of %d crossbars", trial, cleared, crossbars)
            .isCloseTo(least, org.assertj.core.data.Offset.offset(1e-4));
      }
    }
  }

  /** What the scheme takes when it clears that many crossbars of a single block. */
  private static double lossOf(float[] values, int columns, int crossbars, int cleared) {
    Network network =
        new Network(
            "block",
            Origin.IMPORTED,
            "one row block",
            Shape.vector(4),
            false,
            List.of(
                new FullyConnected(
                    "only", List.of(Network.INPUT), columns, false, Activation.NONE)));
    Weights weights = (layer, m) -> new WeightMatrix(4, columns, values);
    CrossbarGeometry geometry = SmallNetwork.geometry(SignScheme.PAIRS);
    PruningRequest request =
        new PruningRequest(
            network,
            weights,
            8,
            Map.of("only", 1.0),
            SmallNetwork.mapping(),
            geometry,
            (double) cleared / crossbars,
            Share.CROSSBARS,
            Rank.NORM,
            false,
            Set.of());
    Mask mask = Pruning.prune(new CrossbarPruning(), request);
    double loss = 0;
    for (int row = 0; row < 4; row++) {
      for (int column = 0; column < columns; column++) {
        loss += mask.keeps(network.output(), 0, row, column) ? 0 : values[row * columns + column];
      }
    }
    return loss;
  }

  private static double[] columnSums(float[] values, int columns) {
    double[] sums = new double[columns];
    for (int i = 0; i < values.length; i++) {
      sums[i % columns] += values[i];
    }
    return sums;
  }

  /**
   * The least sum of columns whose loss empties {@code cleared} of {@code crossbars}: the others
   * hold at most three columns each. Every subset is tried.
   */
  private static double leastIn(double[] sums, int crossbars, int cleared) {
    double least = Double.MAX_VALUE;
    for (int subset = 0; subset < 1 << sums.length; subset++) {
      double gone = 0;
      int left = 0;
      for (int column = 0; column < sums.length; column++) {
        boolean goes = (subset >> column & 1) == 1;
        gone += goes ? sums[column] : 0;
        left += !goes && sums[column] > 0 ? 1 : 0;
      }
      if (left <= 3 * (crossbars - cleared)) {
        least = Math.min(least, gone);
      }
    }
    return least;
  }
}
