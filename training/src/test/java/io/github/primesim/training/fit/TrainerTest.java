package io.github.primesim.training.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TrainerTest {
  private static final Schedule SCHEDULE =
      new Schedule(3, 20, 0.03, 0, 0.9, 1e-3, Augmentation.none());

  @Test
  void aFewEpochsLowerTheLossAndClassify() {
    try (Trainer trainer =
        trainer(Blobs.TOPOLOGY.initialise(new SplittableRandom(1)), Masks.none())) {
      LabelledImages images = Blobs.data().training();
      double before = trainer.accuracy(images);
      Schedule schedule = SCHEDULE.withEpochs(8);
      double first = trainer.epoch(images, schedule, 0, new SplittableRandom(1), n -> {});
      double last = first;
      for (int epoch = 1; epoch < 8; epoch++) {
        last = trainer.epoch(images, schedule, epoch, new SplittableRandom(epoch), n -> {});
      }
      assertThat(last).isLessThan(0.5 * first);
      assertThat(trainer.accuracy(Blobs.data().test())).isGreaterThan(0.9).isGreaterThan(before);
    }
  }

  @Test
  void maskedWeightsStayZeroAndTheOthersMove() {
    Map<String, Tensor> start = Blobs.TOPOLOGY.initialise(new SplittableRandom(4));
    Masks masks = new MagnitudePruning(0.8, Map.of()).masks(start);
    masks.apply(start);
    // Momentum from before the pruning pushes the pruned weights too.
    Map<String, Tensor> velocity = Trainer.atRest(Blobs.TOPOLOGY);
    velocity.values().forEach(tensor -> java.util.Arrays.fill(tensor.values(), 0.5f));
    try (Trainer trainer = new Trainer(Blobs.TOPOLOGY, start, velocity, masks)) {
      trainer.epoch(
          Blobs.data().training().first(40), SCHEDULE, 0, new SplittableRandom(1), n -> {});
      Map<String, Tensor> after = trainer.parameters();
      masks
          .byParameter()
          .forEach(
              (name, mask) -> {
                int moved = 0;
                for (int i = 0; i < mask.size(); i++) {
                  if (mask.values()[i] == 0f) {
                    assertThat(after.get(name).values()[i]).as("%s[%d]", name, i).isZero();
                  } else if (after.get(name).values()[i] != start.get(name).values()[i]) {
                    moved++;
                  }
                }
                assertThat(moved).as(name).isEqualTo(mask.nonZeros());
              });
    }
  }

  /** Two steps on one image, whose gradient (softmax - target) x input is worked out here. */
  @Test
  void aStepIsMomentumPlusGradientPlusDecay() {
    Topology topology =
        new Topology(
            "one",
            "one layer",
            new FeatureMap(1, 1, 2),
            List.of(new FullyConnected("fc", 2, Activation.NONE)));
    LabelledImages image = new LabelledImages(1, 1, 2, new byte[] {64, (byte) 128}, new byte[] {1});
    double[] w = {0.3, -0.2, 0.1, 0.4};
    double[] b = {0.05, -0.05};
    double[] v = {0.01, 0, 0, -0.02, 0, 0.03};
    Map<String, Tensor> start =
        Map.of(
            "fc.weight", new Tensor(new int[] {2, 2}, new float[] {0.3f, -0.2f, 0.1f, 0.4f}),
            "fc.bias", new Tensor(new int[] {2}, new float[] {0.05f, -0.05f}));
    Map<String, Tensor> velocity =
        Map.of(
            "fc.weight", new Tensor(new int[] {2, 2}, new float[] {0.01f, 0, 0, -0.02f}),
            "fc.bias", new Tensor(new int[] {2}, new float[] {0, 0.03f}));
    Schedule schedule = new Schedule(2, 1, 0.5, 0, 0.9, 0.1, Augmentation.none());
    double[] x = {0.25, 0.5};
    try (Trainer trainer = new Trainer(topology, start, velocity, Masks.none())) {
      for (int epoch = 0; epoch < 2; epoch++) {
        double[] s = {w[0] * x[0] + w[1] * x[1] + b[0], w[2] * x[0] + w[3] * x[1] + b[1]};
        double p0 = Math.exp(s[0]) / (Math.exp(s[0]) + Math.exp(s[1]));
        double[] gradient = {p0, -p0};
        double rate = epoch == 0 ? 0.5 : 0.25;
        for (int i = 0; i < 4; i++) {
          v[i] = 0.9 * v[i] + gradient[i / 2] * x[i % 2] + 0.1 * w[i];
          w[i] -= rate * v[i];
        }
        for (int i = 0; i < 2; i++) {
          v[4 + i] = 0.9 * v[4 + i] + gradient[i];
          b[i] -= rate * v[4 + i];
        }
        double loss = trainer.epoch(image, schedule, epoch, new SplittableRandom(1), n -> {});
        assertThat(loss).isCloseTo(-Math.log(1 - p0), within(1e-6));
        for (int i = 0; i < 4; i++) {
          assertThat((double) trainer.parameters().get("fc.weight").values()[i])
              .as("weight %d after step %d", i, epoch + 1)
              .isCloseTo(w[i], within(1e-6));
        }
        assertThat((double) trainer.parameters().get("fc.bias").values()[1])
            .isCloseTo(b[1], within(1e-6));
      }
    }
  }

  @Test
  void theLearningRateFallsFromItsPeakToZero() {
    assertThat(SCHEDULE.learningRate(0, 20)).isEqualTo(0.03);
    assertThat(SCHEDULE.learningRate(30, 20)).isCloseTo(0.015, within(1e-12));
    assertThat(SCHEDULE.learningRate(60, 20)).isZero();
  }

  @Test
  void aWarmUpRaisesTheLearningRateBeforeItFalls() {
    Schedule warm = new Schedule(4, 20, 0.4, 0.25, 0.9, 0, Augmentation.none());
    assertThat(warm.learningRate(0, 20)).isZero();
    assertThat(warm.learningRate(5, 20)).isCloseTo(0.1, within(1e-12));
    assertThat(warm.learningRate(20, 20)).isEqualTo(0.4);
    assertThat(warm.learningRate(50, 20)).isCloseTo(0.2, within(1e-12));
    assertThat(warm.learningRate(80, 20)).isZero();
  }

  @Test
  void anEarlierEndFollowsThePlanAndThenFallsToZeroFromThere() {
    Schedule planned = new Schedule(4, 20, 0.4, 0.25, 0.9, 0, Augmentation.none());
    Schedule wound = planned.withWindDown(Optional.of(new Schedule.WindDown(2, 1)));
    assertThat(wound.lastEpoch()).isEqualTo(3);
    for (int step = 0; step <= 40; step++) {
      assertThat(wound.learningRate(step, 20)).isEqualTo(planned.learningRate(step, 20));
    }
    assertThat(wound.learningRate(40, 20)).isCloseTo(0.3, within(1e-12));
    assertThat(wound.learningRate(50, 20)).isCloseTo(0.15, within(1e-12));
    assertThat(wound.learningRate(60, 20)).isZero();
  }

  @Test
  void aDivergedTrainingSaysSo() {
    Map<String, Tensor> start = Blobs.TOPOLOGY.initialise(new SplittableRandom(1));
    for (Tensor tensor : start.values()) {
      for (int i = 0; i < tensor.size(); i++) {
        tensor.values()[i] *= 1e30f;
      }
    }
    try (Trainer trainer = trainer(start, Masks.none())) {
      LabelledImages images = Blobs.data().training();
      assertThatThrownBy(() -> trainer.epoch(images, SCHEDULE, 0, new SplittableRandom(1), n -> {}))
          .isInstanceOf(ArithmeticException.class)
          .hasMessageContaining("diverged");
    }
  }

  private static Trainer trainer(Map<String, Tensor> start, Masks masks) {
    return new Trainer(Blobs.TOPOLOGY, start, Trainer.atRest(Blobs.TOPOLOGY), masks);
  }
}
