package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two calls never share a folder of work, and one that was killed can be taken up at once. */
class ScriptsTest {
  private static final int REFUSED = 2;
  private static final long PATIENCE_SECONDS = 60;

  @TempDir private Path tree;

  private final List<Process> begun = new ArrayList<>();

  /** A copy of the scripts around a training that only says its process and waits to be ended. */
  @BeforeEach
  void copyScripts() throws IOException {
    Path training = Files.createDirectories(tree.resolve("training"));
    for (String script :
        List.of("study", "prune-rounds", "crossbar-curve", "alone.sh", "arguments.sh")) {
      Files.copy(Path.of(script), training.resolve(script));
    }
    Path train = training.resolve("train");
    Path started = tree.resolve("started");
    Files.writeString(
        train,
        String.join(
            "\n",
            "#!/bin/sh",
            "echo $$ > " + started + ".new",
            "mv " + started + ".new " + started,
            "exec sleep 600",
            ""));
    Files.setPosixFilePermissions(train, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void end() throws IOException {
    for (Process each : begun) {
      each.destroyForcibly();
    }
    if (Files.exists(tree.resolve("started"))) {
      ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"study lenet5-mnist", "prune-rounds lenet5-mnist --start START"})
  void aSecondCallIsRefusedAndNamesTheFirst(String call) throws Exception {
    Process first = start(call);
    long step = stepOf(first);

    Process second = start(call);

    assertThat(second.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(REFUSED);
    assertThat(output(second))
        .matches("(study|prune-rounds): \\S+ is in use by another call, process [0-9 ]+: .*\n")
        .containsPattern("process .*\\b" + first.pid() + "\\b.*: ")
        .containsPattern("process .*\\b" + step + "\\b.*: ");
    assertThat(first.isAlive()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"study lenet5-mnist", "prune-rounds lenet5-mnist --start START"})
  void aCallThatIsEndedEndsItsStepAndCanBeTakenUpAtOnce(String call) throws Exception {
    Process first = start(call);
    long step = stepOf(first);

    first.destroy();

    assertThat(first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(ProcessHandle.of(step).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    Files.delete(tree.resolve("started"));
    assertThat(stepOf(start(call))).isNotEqualTo(step);
  }

  /** What only the last of many steps would refuse is refused before hours of training. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "study lenet5-mnist --epochs x      | study: --epochs 'x': allowed: a whole number from 1",
        "study lenet5-mnist --epochs 0      | study: --epochs '0': allowed: a whole number from 1",
        "study lenet5-mnist --limit -3      | study: --limit '-3': allowed: a whole number from 1",
        "study lenet5-mnist --crossbars 1.5 | study: --crossbars '1.5': allowed: a number from 0",
        "study lenet5-mnist --segments abc  | study: --segments 'abc': allowed: a number from 0",
        "study lenet5-mnist --segments 0.9_0.8 | study: --segments '0.9 0.8': 0.8 follows 0.9",
        "study lenet5-mnist --segments _    | study: --segments ' ': allowed: numbers from 0",
        "study lenet5-mnist --per matrix    | study: --per 'matrix': allowed: layer, global",
        "study lenet5-mnist --size 32       | study: --size '32': allowed: wordlines x bitlines",
        "study lenet5-mnist --heights 7x    | study: --heights '7x': allowed: none, or wordlines",
        "study lenet5-mnist --bogus 3       | study: unknown option --bogus, allowed: --crossbars",
        "study lenet5-mnist --seed          | study: --seed wants a value",
        "prune-rounds lenet5-mnist --start none | prune-rounds: --start 'none': no such file",
        "prune-rounds lenet5-mnist --start START --epochs 1.5 | prune-rounds: --epochs '1.5': all",
        "crossbar-curve none --out F.csv    | crossbar-curve: none has no network.yaml, allowed: a",
        "crossbar-curve . --scheme magnitude --out F.csv | crossbar-curve: --scheme 'magnitude': ",
        "crossbar-curve . --sizes 32_0 --out F.csv | crossbar-curve: --sizes '0': allowed: a whole",
        "crossbar-curve . --targets 1 --out F.csv | crossbar-curve: --targets '1': allowed: a num",
        "crossbar-curve . --out none/F.csv | crossbar-curve: --out 'none/F.csv': its folder does"
      })
  void whatALaterStepWouldRefuseIsRefusedAtOnceInALine(String call, String said) throws Exception {
    Files.createFile(tree.resolve("network.yaml"));
    Files.createFile(tree.resolve("weights.npz"));

    Process refused = start(call);

    assertThat(refused.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(REFUSED);
    assertThat(output(refused)).startsWith("training/" + said).hasLineCount(1);
    assertThat(tree.resolve("started")).doesNotExist();
  }

  /** Its script is gone, what it began is not: that still writes. */
  @Test
  void aStepThatOutlivesItsScriptKeepsTheFolder() throws Exception {
    String call = "study lenet5-mnist";
    Process first = start(call);
    long step = stepOf(first);
    first.destroyForcibly();
    assertThat(first.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();

    Process second = start(call);
    assertThat(second.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(output(second)).contains("in use by another call, process " + step + ": ");

    ProcessHandle child = ProcessHandle.of(step).orElseThrow();
    child.destroyForcibly();
    child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    Files.delete(tree.resolve("started"));
    stepOf(start(call));
  }

  private Process start(String call) throws IOException {
    Path weights = tree.resolve("dense.npz");
    if (!Files.exists(weights)) {
      Files.createFile(weights);
    }
    List<String> command = new ArrayList<>(List.of("sh"));
    for (String word : ("training/" + call).split(" ", -1)) {
      command.add(word.equals("START") ? weights.toString() : word.replace('_', ' '));
    }
    if (call.startsWith("prune-rounds")) {
      command.addAll(List.of("--out", "pruned", "--targets", "0.5", "--", "--scheme", "segment"));
    }
    Process process =
        new ProcessBuilder(command)
            .directory(tree.toFile())
            .redirectErrorStream(true)
            .redirectOutput(tree.resolve("output" + begun.size()).toFile())
            .start();
    begun.add(process);
    return process;
  }

  private String output(Process process) throws IOException {
    return Files.readString(
        tree.resolve("output" + begun.indexOf(process)), StandardCharsets.UTF_8);
  }

  /** The process of the training that a call has begun. */
  private long stepOf(Process call) throws IOException, InterruptedException {
    for (int tries = 0; tries < 50 * PATIENCE_SECONDS; tries++) {
      if (Files.exists(tree.resolve("started"))) {
        return pid();
      }
      assertThat(call.isAlive()).as(output(call)).isTrue();
      Thread.sleep(20);
    }
    throw new AssertionError("no training was begun: " + output(call));
  }

  private long pid() throws IOException {
    return Long.parseLong(Files.readString(tree.resolve("started")).strip());
  }
}
