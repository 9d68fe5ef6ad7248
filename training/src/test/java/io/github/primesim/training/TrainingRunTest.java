package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.fit.Blobs;
import io.github.primesim.training.fit.Checkpoint;
import io.github.primesim.training.fit.Effort;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.fit.Trainer;
import io.github.primesim.training.pruning.MagnitudePruning;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingRunTest {
  private static final TrainingRun.Plan PLAN =
      new TrainingRun.Plan(
          Optional.empty(),
          new Schedule(3, 32, 0.1, 0, 0.9, 1e-3, Augmentation.shifts(1)),
          new MagnitudePruning(0.75, Map.of("conv1.weight", 0.8)),
          new Schedule(2, 32, 0.05, 0, 0.9, 0, Augmentation.shifts(1)),
          Effort.FULL,
          "random weights");

  @TempDir private Path folder;

  /** Stands for a kill: thrown while an epoch's line is printed, after its checkpoint. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class KillingStream extends PrintStream {
    private int lines;

    KillingStream(int lines) {
      super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
      this.lines = lines;
    }

    @Override
    public void println(String line) {
      if (--lines == 0) {
        throw new Killed();
      }
    }
  }

  private static TrainingRun run(Path work, long seed, PrintStream out) {
    return new TrainingRun(
        Blobs.TOPOLOGY, Blobs.data(), PLAN, seed, work, new EpochDisplay(out, false));
  }

  private static PrintStream quiet() {
    return new KillingStream(Integer.MAX_VALUE);
  }

  /** Lines 1 to 3 are the dense epochs, 4 the pruning, 5 and 6 the fine-tuning. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aKilledRunEndsWithTheWeightsOfAnUninterruptedOne(int line) throws IOException {
    Checkpoint whole = run(folder.resolve("whole"), 7, quiet()).run();
    Path work = folder.resolve("killed");
    assertThatThrownBy(() -> run(work, 7, new KillingStream(line)).run())
        .isInstanceOf(Killed.class);
    Checkpoint resumed = run(work, 7, quiet()).run();

    assertSame(resumed.parameters(), whole.parameters());
    assertSame(resumed.velocity(), whole.velocity());
    assertThat(accuracies(work)).isEqualTo(accuracies(folder.resolve("whole")));
    assertThat(work.resolve("mask.npz"))
        .hasSameBinaryContentAs(folder.resolve("whole").resolve("mask.npz"));
  }

  private static void assertSame(Map<String, Tensor> actual, Map<String, Tensor> expected) {
    assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
    expected.forEach(
        (name, tensor) ->
            assertThat(actual.get(name).values()).as(name).containsExactly(tensor.values()));
  }

  private static List<String> accuracies(Path work) throws IOException {
    return Files.readAllLines(work.resolve("curve.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  @Test
  void aRunThatIsBroughtToAnEarlierEndIsTheOneThatHadThatEndFromTheBeginning() throws IOException {
    TrainingRun.Plan earlier =
        new TrainingRun.Plan(
            Optional.empty(),
            PLAN.dense().withWindDown(Optional.of(new Schedule.WindDown(1, 1))),
            PLAN.pruning(),
            PLAN.fineTuning(),
            PLAN.effort(),
            PLAN.origin());
    Checkpoint whole = run(folder.resolve("whole"), earlier).run();
    Path work = folder.resolve("planned");
    assertThatThrownBy(() -> run(work, 7, new KillingStream(1)).run()).isInstanceOf(Killed.class);
    Checkpoint ended = run(work, earlier).run();

    assertSame(ended.parameters(), whole.parameters());
    assertThat(accuracies(work))
        .isEqualTo(accuracies(folder.resolve("whole")))
        .hasSize(1 + 2 + 1 + 2);

    Path late = folder.resolve("late");
    assertThatThrownBy(() -> run(late, 7, new KillingStream(2)).run()).isInstanceOf(Killed.class);
    assertThatThrownBy(() -> run(late, earlier).run())
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("has done 2 dense epochs");
    assertThatThrownBy(() -> run(work, 7, quiet()).run())
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("other settings");
  }

  private static TrainingRun run(Path work, TrainingRun.Plan plan) {
    return new TrainingRun(
        Blobs.TOPOLOGY, Blobs.data(), plan, 7, work, new EpochDisplay(quiet(), false));
  }

  @Test
  void anotherSeedGivesOtherWeights() throws IOException {
    Checkpoint first = run(folder.resolve("a"), 7, quiet()).run();
    Checkpoint second = run(folder.resolve("b"), 8, quiet()).run();
    assertThat(first.parameters().get("fc1.weight").values())
        .isNotEqualTo(second.parameters().get("fc1.weight").values());
  }

  @Test
  void theResultIsExactlyAsSparseAsAskedAndStillClassifies() throws IOException {
    Checkpoint done = run(folder, 7, quiet()).run();
    int weights = 0;
    int nonZeros = 0;
    for (String name : List.of("conv1.weight", "fc1.weight", "fc2.weight")) {
      weights += done.parameters().get(name).size();
      nonZeros += done.parameters().get(name).nonZeros();
    }
    assertThat(nonZeros).isEqualTo((int) Math.round(0.25 * weights));
    assertThat(done.curve().last(TrainingRun.FINE_TUNED).accuracy()).isGreaterThan(0.9);
    assertThat(accuracies(folder)).hasSize(1 + 3 + 1 + 2);
  }

  @Test
  void aCheckpointOfOtherSettingsIsNotTakenUp() throws IOException {
    run(folder, 7, quiet()).run();
    assertThatThrownBy(() -> run(folder, 8, quiet()).run())
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("checkpoint.npz")
        .hasMessageContaining("seed 7")
        .hasMessageContaining("--restart");
  }

  @Test
  void aDamagedCheckpointIsRefused() throws IOException {
    run(folder, 7, quiet()).run();
    Path file = folder.resolve("checkpoint.npz");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> run(folder, 7, quiet()).run())
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("checkpoint.npz");
  }

  @Test
  void givenWeightsAndMasksTakeThePlaceOfTheDenseEpochsAndThePruning() throws IOException {
    run(folder.resolve("first"), 7, quiet()).run();
    Map<String, Tensor> dense =
        Blobs.TOPOLOGY.select(Npz.read(folder.resolve("first").resolve("dense.npz")), "dense.npz");
    Masks masks =
        Masks.from(
            Npz.read(folder.resolve("first").resolve("mask.npz")), "", Blobs.TOPOLOGY, "mask.npz");
    TrainingRun.Plan plan =
        new TrainingRun.Plan(
            Optional.of(dense),
            PLAN.dense(),
            PLAN.pruning(),
            PLAN.fineTuning(),
            PLAN.effort(),
            "given");
    Checkpoint again =
        new TrainingRun(
                Blobs.TOPOLOGY,
                Blobs.data(),
                plan,
                7,
                folder.resolve("second"),
                new EpochDisplay(quiet(), false))
            .run();
    Checkpoint first = run(folder.resolve("first"), 7, quiet()).run();
    assertSame(again.parameters(), first.parameters());
    assertThat(again.curve().last(TrainingRun.DENSE).accuracy())
        .isEqualTo(first.curve().last(TrainingRun.DENSE).accuracy());
    try (Trainer trainer =
        new Trainer(Blobs.TOPOLOGY, again.parameters(), Trainer.atRest(Blobs.TOPOLOGY), masks)) {
      assertThat(trainer.accuracy(Blobs.data().test()))
          .isEqualTo(again.curve().last(TrainingRun.FINE_TUNED).accuracy());
    }
  }
}
