package io.github.primesim.pruning;

import static io.github.primesim.pruning.SmallNetwork.NETWORK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Weights;
import io.github.primesim.units.InputProblem;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every scheme keeps to when its target is a sparsity. */
abstract class PruningContract {
  private static final long SEED = 17;

  abstract PruningScheme scheme();

  /** The orders the scheme knows. */
  Stream<Rank> ranks() {
    return Stream.of(Rank.NORM);
  }

  private static PruningRequest request(
      double target, Rank rank, boolean perLayer, SignScheme signs, String... kept) {
    return SmallNetwork.request(
        new SmallNetwork(SEED), target, Share.WEIGHTS, rank, perLayer, signs, Set.of(kept));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.37, 0.5, 0.8})
  void reachesTheTargetAndOvershootsByLessThanOneUnit(double target) {
    ranks()
        .forEach(
            rank -> {
              for (SignScheme signs : SignScheme.values()) {
                PruningRequest request = request(target, rank, false, signs);
                long pruned = SmallNetwork.pruned(Pruning.prune(scheme(), request));
                assertThat(pruned)
                    .as("%s %s target %s", rank, signs, target)
                    .isBetween(
                        Math.round(target * SmallNetwork.weights()),
                        Math.round(target * SmallNetwork.weights()) + largestUnit(rank) - 1);
              }
            });
  }

  /** Weights that go at once. */
  abstract int largestUnit(Rank rank);

  @Test
  void bringsEachLayerToTheTargetWhereAsked() {
    ranks()
        .forEach(
            rank -> {
              PruningRequest request = request(0.4, rank, true, SignScheme.PAIRS);
              Mask mask = Pruning.prune(scheme(), request);
              for (Layer layer : NETWORK.weightedLayers()) {
                assertThat(mask.pruned(layer))
                    .as("%s %s", rank, layer.name())
                    .isBetween(
                        Math.round(0.4 * NETWORK.weights(layer)),
                        Math.round(0.4 * NETWORK.weights(layer)) + largestUnit(rank) - 1);
              }
            });
  }

  @Test
  void leavesProtectedLayersAlone() {
    Mask mask =
        Pruning.prune(scheme(), request(0.5, Rank.NORM, false, SignScheme.PAIRS, "conv", "output"));
    assertThat(mask.pruned(SmallNetwork.layer("conv"))).isZero();
    assertThat(mask.pruned(SmallNetwork.layer("output"))).isZero();
    assertThat(mask.pruned(SmallNetwork.layer("hidden"))).isPositive();
  }

  @Test
  void doesTheSameTwice() {
    PruningRequest request = request(0.6, Rank.NORM, false, SignScheme.PAIRS);
    Weights once = Pruning.prune(scheme(), request).applyTo(request.weights());
    Weights twice = Pruning.prune(scheme(), request).applyTo(request.weights());
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        assertThat(once.matrix(layer, m).values()).isEqualTo(twice.matrix(layer, m).values());
      }
    }
  }

  @Test
  void changesNoWeightThatStaysAndKeepsNoZero() {
    PruningRequest request = request(0.6, Rank.NORM, false, SignScheme.PAIRS);
    Mask mask = Pruning.prune(scheme(), request);
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        float[] before = request.weights().matrix(layer, m).values();
        float[] after = mask.applyTo(request.weights()).matrix(layer, m).values();
        float[] bits = mask.asWeights().matrix(layer, m).values();
        for (int i = 0; i < after.length; i++) {
          assertThat(after[i]).isEqualTo(bits[i] == 1 ? before[i] : 0);
        }
      }
    }
  }

  @Test
  void goesOnFromWhatIsPrunedAlready() {
    PruningRequest first = request(0.3, Rank.NORM, false, SignScheme.PAIRS);
    Mask mask = Pruning.prune(scheme(), first);
    Weights pruned = mask.applyTo(first.weights());
    Mask more = Pruning.prune(scheme(), SmallNetwork.request(pruned, 0.6, Share.WEIGHTS));
    Mask same = Pruning.prune(scheme(), SmallNetwork.request(pruned, 0.1, Share.WEIGHTS));
    assertThat(SmallNetwork.pruned(same)).isEqualTo(SmallNetwork.pruned(mask));
    assertThat(SmallNetwork.pruned(more))
        .isGreaterThanOrEqualTo(Math.round(0.6 * SmallNetwork.weights()));
    for (Layer layer : NETWORK.weightedLayers()) {
      for (int m = 0; m < NETWORK.matrices(layer); m++) {
        float[] bits = mask.asWeights().matrix(layer, m).values();
        float[] later = more.asWeights().matrix(layer, m).values();
        for (int i = 0; i < bits.length; i++) {
          assertThat(later[i]).isLessThanOrEqualTo(bits[i]);
        }
      }
    }
  }

  @Test
  void refusesToClearAWholeLayer() {
    assertThatThrownBy(
            () -> Pruning.prune(scheme(), request(0.999, Rank.NORM, false, SignScheme.PAIRS)))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("--target 0.999", "whole layer", "allowed")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(
            () ->
                Pruning.prune(scheme(), request(0.9, Rank.NORM, false, SignScheme.PAIRS, "hidden")))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("--target 0.9", "not protected", "allowed")
        .hasMessageNotContaining("\n");
  }
}
