package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.training.dataset.Tone;
import io.github.primesim.training.storage.Npz;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command, killed at random moments, on the LSTM and recordings of tones. */
class KilledProcessTest {
  private static final long SEED = 20;
  private static final int KILLS = 2;

  @TempDir private Path folder;

  @Test
  void aKillLosesAtMostAnEpochAndChangesNothingInTheEnd() throws Exception {
    Path tones = tones();
    assertThat(execute(tones, "whole")).isZero();
    SplittableRandom random = new SplittableRandom(SEED);
    int seen = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      seen += epochsUntilKilled(tones, random.nextInt(400));
      assertThat(epochsDone(folder.resolve("killed")))
          .as("epochs in the checkpoint, seed %d", SEED)
          .isGreaterThanOrEqualTo(seen);
      seen = epochsDone(folder.resolve("killed"));
    }
    assertThat(execute(tones, "killed")).isZero();

    for (String file : List.of("mask.npz", "dense.npz", "parameters.npz", "export/weights.npz")) {
      assertThat(folder.resolve("killed").resolve(file))
          .as("%s, seed %d", file, SEED)
          .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
    }
    assertThat(curve("killed")).isEqualTo(curve("whole")).hasSize(1 + 4 + 1 + 2);
  }

  /** 26 takes of ten digits by one speaker, each digit a pitch. */
  private Path tones() throws IOException {
    Path tones = Files.createDirectory(folder.resolve("tones"));
    for (int take = 4; take < 31; take++) {
      for (int digit = 0; digit < 10; digit++) {
        Tone.write(tones.resolve(digit + "_ann_" + take + ".wav"), 300 + 250 * digit + take, 1500);
      }
    }
    return tones;
  }

  private List<String> arguments(Path tones, String work) {
    return List.of(
        "lstm5-spoken-digits",
        "--data=" + tones,
        "--work=" + folder.resolve(work),
        "--limit=64",
        "--epochs=4",
        "--fine-tune-epochs=2");
  }

  private int execute(Path tones, String work) {
    PrintStream quiet =
        new PrintStream(java.io.OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return Train.commandLine(quiet, System.err)
        .execute(arguments(tones, work).toArray(String[]::new));
  }

  /** Starts the command, waits for the line of an epoch and some time more, and kills it. */
  private int epochsUntilKilled(Path tones, int milliseconds) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    System.getProperties()
        .forEach(
            (key, value) -> {
              if (key.toString().startsWith("ai.djl.")) {
                command.add("-D" + key + "=" + value);
              }
            });
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Train.class.getName()));
    command.addAll(arguments(tones, "killed"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    int lines = 0;
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      StringBuilder all = new StringBuilder();
      for (String line = output.readLine(); line != null && lines == 0; line = output.readLine()) {
        all.append(line).append('\n');
        lines += line.contains("epoch") && line.contains("loss") ? 1 : 0;
      }
      assertThat(lines).as("%s", all).isEqualTo(1);
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } finally {
      process.destroyForcibly().waitFor();
    }
    return lines;
  }

  /** Complete epochs that the checkpoint holds, over both stages. */
  private static int epochsDone(Path work) {
    Npz checkpoint = Npz.read(work.resolve("checkpoint.npz"));
    int epochs = Integer.parseInt(checkpoint.text("epochs"));
    return checkpoint.text("stage").equals(TrainingRun.DENSE) ? epochs : 4 + epochs;
  }

  private List<String> curve(String work) throws IOException {
    return Files.readAllLines(folder.resolve(work).resolve("curve.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }
}
