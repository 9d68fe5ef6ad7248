package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands on the line, how long it is, and that nothing stays. */
class LineProgressTest {
  /** Longer than anybody goes without a sign. */
  private static final long PATIENCE_MS = 600;

  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Terminal terminal(boolean watched, OptionalInt columns) {
    return new Terminal(
        OutputStream.nullOutputStream(),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        false,
        watched,
        columns,
        false,
        Path.of(""));
  }

  private List<String> lines() {
    return List.of(err.toString(StandardCharsets.UTF_8).split("\r"));
  }

  private boolean says(String text) {
    return lines().stream().anyMatch(line -> line.contains(text));
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 100 && !condition.getAsBoolean(); i++) {
      Thread.sleep(50);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 60, 200})
  void aLineNeverWraps(int columns) throws InterruptedException {
    try (LineProgress progress =
        new LineProgress(terminal(true, OptionalInt.of(columns)), "compile")) {
      Thread.sleep(PATIENCE_MS);
      progress.step("a layer", 3, 16);
      await(() -> lines().size() > 1);
      progress.work("simulating what takes its time");
      int before = lines().size();
      await(() -> lines().size() > before);
    }
    assertThat(lines()).allMatch(line -> line.length() <= Math.max(1, columns - 1));
    if (columns >= 60) {
      assertThat(lines()).anyMatch(line -> line.contains("3/16") && line.length() == columns - 1);
      assertThat(says("compile: simulating what takes its time, 1 s")).isTrue();
    }
    assertThat(lines().get(lines().size() - 1)).isBlank();
  }

  @Test
  void aTerminalThatDoesNotKnowHasEightyColumns() {
    assertThat(terminal(true, OptionalInt.empty()).lineColumns()).isEqualTo(79);
    assertThat(Terminal.columns("132")).hasValue(132);
    assertThat(Terminal.columns("0")).isEmpty();
    assertThat(Terminal.columns("")).isEmpty();
    assertThat(Terminal.columns("-5")).isEmpty();
  }

  @Test
  void workBeginsWhenTheLastRoundOfStepsIsOver() throws InterruptedException {
    try (LineProgress progress = new LineProgress(terminal(true, OptionalInt.of(80)), "dense")) {
      Thread.sleep(PATIENCE_MS);
      var steps = progress.before("simulating", 2);
      steps.step("fc1", 1, 1);
      Thread.sleep(PATIENCE_MS);
      steps.step("inputs", 3, 10);
      await(() -> says("3/10"));
      Thread.sleep(PATIENCE_MS);
      assertThat(says("simulating")).isFalse();
      steps.step("inputs", 10, 10);
      await(() -> says("dense: simulating"));
    }
  }

  @Test
  void stepsFollowWork() throws InterruptedException {
    try (LineProgress progress = new LineProgress(terminal(true, OptionalInt.of(80)), "timeline")) {
      progress.work("simulating");
      await(() -> says("timeline: simulating"));
      progress.step("cycle 7", 1, 4);
      await(() -> says("1/4"));
      int before = lines().size();
      Thread.sleep(2 * PATIENCE_MS);
      assertThat(lines().subList(before, lines().size())).noneMatch(l -> l.contains("simulating"));
    }
  }

  @Test
  void aSimulationSaysHowFarItIs() throws InterruptedException {
    try (LineProgress progress = new LineProgress(terminal(true, OptionalInt.of(80)), "dense")) {
      progress.work("simulating");
      progress.imageEnds("conv3_1", 1, 1);
      await(() -> says("dense: simulating, one image up to conv3_1, "));
      progress.imageEnds("fc8", 1200, 4096);
      await(() -> says("dense: simulating, image 1,200 of 4,096, "));
      progress.imageEnds("fc8", 7, 0);
      await(() -> says("dense: simulating, image 7 of a stream, "));
      int before = lines().size();
      progress.work("recording");
      await(() -> lines().size() > before && says("dense: recording, "));
    }
  }

  @Test
  void whatIsSoonOverIsNotShown() throws InterruptedException {
    try (LineProgress progress = new LineProgress(terminal(true, OptionalInt.of(80)), "dense")) {
      progress.step("fc1", 1, 1);
      progress.work("simulating");
    }
    Thread.sleep(PATIENCE_MS);
    assertThat(err.size()).isZero();
  }

  @Test
  void nobodyIsShownAnythingInAPipe() throws InterruptedException {
    try (LineProgress progress = new LineProgress(terminal(false, OptionalInt.of(80)), "dense")) {
      progress.work("simulating");
      Thread.sleep(PATIENCE_MS);
      progress.step("fc1", 1, 1);
    }
    assertThat(err.size()).isZero();
  }
}
