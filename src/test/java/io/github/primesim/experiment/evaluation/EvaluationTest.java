package io.github.primesim.experiment.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunRequest;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import io.github.primesim.network.Activation;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.SyntheticWeights;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {
  private static final Subject LENET =
      new Subject("LeNet-5", "lenet5-mnist", 0.92, Optional.of("lenet5-mnist-segments"));
  private static final List<String> SCHEMES = List.of("block-compact");

  private static Evaluation evaluation(int threads) {
    return new Evaluation(BundledDesigns.ALL, List.of(), 256, threads, Progress.SILENT);
  }

  private static RunResult run(String network, String mapping, int size) {
    return Run.of(
            RunRequest.of(BundledDesigns.ALL.of(network, mapping, size + "x" + size, List.of())))
        .result();
  }

  /** The evaluation says what {@code primesim run --compare dense} says. */
  @Test
  void gainsAreThoseOfSingleRuns() {
    List<Compared> found =
        evaluation(2).networks(List.of(LENET), List.of(Treatment.SEGMENTS), SCHEMES, 32);
    assertThat(found).hasSize(1);
    Compared compared = found.get(0);
    RunResult result = run("lenet5-mnist-segments", "block-compact", 32);
    RunResult dense = run("lenet5-mnist-segments", "dense", 32);
    RunResult prime = run("lenet5-mnist-segments", "dense", 256);
    Comparison single = new Comparison(dense, result);
    assertThat(compared.energy()).isEqualTo(single.energyRatio());
    assertThat(compared.throughput()).isEqualTo(single.speedup().throughput());
    assertThat(compared.latency()).isEqualTo(single.speedup().latency());
    assertThat(compared.energyOfPrime()).isEqualTo(new Comparison(prime, result).energyRatio());
    assertThat(compared.crossbars()).isEqualTo(1828.0 / 132);
    assertThat(compared.result().subject()).isEqualTo("lenet5-mnist");
    assertThat(compared.result().network()).isEqualTo("lenet5-mnist-segments");
  }

  @Test
  void threadsChangeNothing() {
    List<Treatment> treatments = List.of(Treatment.NONE, Treatment.cleared(0.4));
    List<Compared> one = evaluation(1).networks(List.of(LENET), treatments, SCHEMES, 64);
    assertThat(one).hasSize(2);
    assertThat(evaluation(3).networks(List.of(LENET), treatments, SCHEMES, 64)).isEqualTo(one);
  }

  /** Its sparsity is a fact of a trained network: less of it cannot be had, and is said. */
  @Test
  void aTrainedNetworkIsNotMadeDenserThanItIs() {
    Evaluation evaluation = evaluation(1);
    List<Treatment> treatments = List.of(Treatment.sparsity(0.8), Treatment.sparsity(0.95));
    List<Compared> found = evaluation.sizes(List.of(LENET), treatments, SCHEMES, List.of(32));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).result().sparsity()).isCloseTo(0.95, within(0.005));
    assertThat(evaluation.refused().values())
        .isNotEmpty()
        .allMatch(why -> why.contains("trained at a sparsity of 92.0 %"));
  }

  @Test
  void clearedCrossbarsAreGoneFromTheMapping() {
    List<Compared> found =
        evaluation(1)
            .networks(List.of(LENET), List.of(Treatment.NONE, Treatment.cleared(0.4)), SCHEMES, 32);
    long before = found.get(0).result().crossbars();
    assertThat((double) found.get(1).result().crossbars() / before).isCloseTo(0.6, within(0.02));
    assertThat(found.get(1).dense()).isEqualTo(found.get(0).dense());
  }

  @Test
  void theShareOfTheWeightsGrowsWithThatOfTheCrossbars() {
    Clearing clearing = evaluation(1).clearings(List.of(LENET), SCHEMES, 32).get(0);
    assertThat(clearing.weights(0)).isZero();
    assertThat(clearing.weights(1)).isEqualTo(1);
    for (int percent = 5; percent < 100; percent += 5) {
      double share = percent / 100.0;
      assertThat(clearing.weights(share)).isBetween(clearing.weights(share - 0.05), share);
      assertThat(clearing.leverage(share)).isGreaterThanOrEqualTo(1);
    }
  }

  /** With independent zeros the closed form is what is found. */
  @Test
  void zerosAtRandomAreAsTheClosedFormHasThem() {
    Layer layer = new FullyConnected("f", List.of("input"), 512, false, Activation.NONE);
    Network network =
        new Network("random", Origin.SYNTHETIC, "", new Shape(1024, 1, 1), false, List.of(layer));
    SyntheticWeights weights = new SyntheticWeights(network, 5, 0, Map.of("f", 0.05));
    Evaluation random =
        new Evaluation(
            (name, mapping, crossbar, sets) -> {
              CompileRequest like = BundledDesigns.ALL.of("mlp-s", mapping, crossbar, sets);
              return new CompileRequest(
                  network,
                  weights,
                  "",
                  Map.of("f", like.activity().values().iterator().next()),
                  like.hardware(),
                  "",
                  List.of(),
                  like.mapping(),
                  like.signs(),
                  like.replication(),
                  1,
                  0);
            },
            List.of(),
            256,
            1,
            Progress.SILENT);
    Subject subject = new Subject("random", "random", 0.95, Optional.empty());
    List<Ladder.Rung> rungs = random.ladders(List.of(subject), "block-compact", 32).get(0).rungs();
    assertThat(rungs.get(0).gain()).isCloseTo(20, within(0.5));
    double p = 0.05;
    assertThat(rungs.get(1).gain()).isCloseTo(1 / (1 - Math.pow(1 - p / 2, 32)), within(0.02));
    assertThat(rungs.get(3).gain()).isCloseTo(1 / (1 - Math.pow(1 - p, 32)), within(0.02));
    // Whole crossbars round up, so a little less is found.
    assertThat(rungs.get(2).gain() / rungs.get(1).gain()).isBetween(0.93, 1.02);
    assertThat(rungs.get(4).gain() / rungs.get(3).gain()).isBetween(0.93, 1.02);
  }
}
