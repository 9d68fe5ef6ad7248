package io.github.primesim.training.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PruningTest {
  private static final Topology TOPOLOGY =
      new Topology(
          "tiny",
          "two layers",
          new FeatureMap(1, 3, 3),
          List.of(
              new FullyConnected("fc1", 7, Activation.RELU),
              new FullyConnected("fc2", 5, Activation.NONE)));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.92, 0.999})
  void exactlyAsManyWeightsStayAsAskedAndTheyAreTheLargest(double sparsity) {
    for (long seed = 0; seed < 50; seed++) {
      Map<String, Tensor> parameters = TOPOLOGY.initialise(new SplittableRandom(seed));
      Masks masks = new MagnitudePruning(sparsity, Map.of()).masks(parameters);
      int stay = 0;
      for (Map.Entry<String, Tensor> mask : masks.byParameter().entrySet()) {
        stay += mask.getValue().nonZeros();
        assertKeptAreLargest(parameters.get(mask.getKey()), mask.getValue(), seed);
      }
      assertThat(stay).as("seed %d", seed).isEqualTo((int) Math.round((1 - sparsity) * (63 + 35)));
      assertThat(masks.byParameter()).containsOnlyKeys("fc1.weight", "fc2.weight");
    }
  }

  private static void assertKeptAreLargest(Tensor weights, Tensor mask, long seed) {
    float smallestKept = Float.MAX_VALUE;
    float largestPruned = 0;
    for (int i = 0; i < mask.size(); i++) {
      float magnitude = Math.abs(weights.values()[i]);
      if (mask.values()[i] == 1f) {
        smallestKept = Math.min(smallestKept, magnitude);
      } else {
        largestPruned = Math.max(largestPruned, magnitude);
      }
    }
    assertThat(smallestKept).as("seed %d", seed).isGreaterThanOrEqualTo(largestPruned);
  }

  @Test
  void aDensityOfItsOwnIsKeptAndTheRestTakesWhatIsLeft() {
    Map<String, Tensor> parameters = TOPOLOGY.initialise(new SplittableRandom(1));
    Map<String, Tensor> masks =
        new MagnitudePruning(0.5, Map.of("fc2.weight", 0.8)).masks(parameters).byParameter();
    assertThat(masks.get("fc2.weight").nonZeros()).isEqualTo(28);
    assertThat(masks.get("fc1.weight").nonZeros()).isEqualTo(49 - 28);
  }

  @Test
  void densitiesBeyondTheOverallSparsityAreRefused() {
    Map<String, Tensor> parameters = TOPOLOGY.initialise(new SplittableRandom(1));
    assertThatThrownBy(() -> new MagnitudePruning(0.9, Map.of("fc2.weight", 0.8)).masks(parameters))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ofEqualMagnitudesTheFirstStay() {
    Map<String, Tensor> parameters =
        Map.of("a.weight", new Tensor(new int[] {5}, new float[] {1, -2, 2, -2, 1}));
    assertThat(
            new MagnitudePruning(0.6, Map.of())
                .masks(parameters)
                .byParameter()
                .get("a.weight")
                .values())
        .containsExactly(0, 1, 1, 0, 0);
  }

  @Test
  void theDescriptionDoesNotDependOnTheOrderOfTheDensities() {
    Map<String, Double> forward = new LinkedHashMap<>();
    forward.put("a.weight", 0.1);
    forward.put("b.weight", 0.2);
    Map<String, Double> backward = new LinkedHashMap<>();
    backward.put("b.weight", 0.2);
    backward.put("a.weight", 0.1);
    assertThat(new MagnitudePruning(0.5, forward).describe())
        .isEqualTo(new MagnitudePruning(0.5, backward).describe());
  }

  @Test
  void applyingMasksZeroesThePrunedAndNothingElse() {
    Map<String, Tensor> parameters = TOPOLOGY.initialise(new SplittableRandom(2));
    float[] before = parameters.get("fc1.weight").values().clone();
    Masks masks = new MagnitudePruning(0.7, Map.of()).masks(parameters);
    masks.apply(parameters);
    float[] mask = masks.byParameter().get("fc1.weight").values();
    for (int i = 0; i < before.length; i++) {
      assertThat(parameters.get("fc1.weight").values()[i])
          .isEqualTo(mask[i] == 1f ? before[i] : 0f);
    }
  }

  @Test
  void masksSurviveTheirFile() throws IOException {
    Masks masks =
        new MagnitudePruning(0.7, Map.of()).masks(TOPOLOGY.initialise(new SplittableRandom(2)));
    Npz npz = new Npz();
    masks.addTo(npz, "");
    npz.write(folder.resolve("mask.npz"));
    Masks read = Masks.from(Npz.read(folder.resolve("mask.npz")), "", TOPOLOGY, "mask.npz");
    assertThat(read.byParameter()).containsOnlyKeys("fc1.weight", "fc2.weight");
    masks
        .byParameter()
        .forEach(
            (name, mask) ->
                assertThat(read.byParameter().get(name).values()).containsExactly(mask.values()));
  }

  @Test
  void masksThatDoNotFitAreRefused() {
    refused(
        new Npz().putBytes("fc1.weight", new int[] {63}, new byte[63]), "[63] instead of [7, 9]");
    byte[] two = new byte[63];
    two[5] = 2;
    refused(new Npz().putBytes("fc1.weight", new int[] {7, 9}, two), "holds 2");
    refused(new Npz().putBytes("fc3.weight", new int[] {1}, new byte[1]), "holds no mask of tiny");
    refused(new Npz().put("fc1.weight", Tensor.zeros(7, 9)), "uint8 is wanted");
  }

  private static void refused(Npz npz, String part) {
    assertThatThrownBy(() -> Masks.from(npz, "", TOPOLOGY, "mask.npz"))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining(part);
  }
}
