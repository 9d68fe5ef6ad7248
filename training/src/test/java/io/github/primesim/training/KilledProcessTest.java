package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.fit.Blobs;
import io.github.primesim.training.fit.Effort;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.BidirectionalLstm;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.MeanOverSteps;
import io.github.primesim.training.network.TimeSteps;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import io.github.primesim.training.storage.Npz;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of a small LSTM, as a process of its own that is killed at random moments. */
class KilledProcessTest {
  private static final long SEED = 20;
  private static final int KILLS = 3;
  private static final int DENSE_EPOCHS = 3;
  private static final int FINE_TUNE_EPOCHS = 12;

  private static final Topology TOPOLOGY =
      new Topology(
          "heard-blobs",
          "a small recurrent network",
          Blobs.TOPOLOGY.input(),
          List.of(
              new TimeSteps("steps", 8, 8),
              new BidirectionalLstm("lstm1", 6),
              new BidirectionalLstm("lstm2", 6),
              new MeanOverSteps("mean", 8),
              new FullyConnected("fc", 4, Activation.NONE)));

  @TempDir private Path folder;

  /** The process: trains in the folder it is given. */
  public static void main(String[] arguments) throws IOException {
    train(Path.of(arguments[0]));
  }

  private static void train(Path work) throws IOException {
    new TrainingRun(
            TOPOLOGY,
            Blobs.data(),
            new TrainingRun.Plan(
                Optional.empty(),
                new Schedule(DENSE_EPOCHS, 32, 0.2, 0.1, 0.9, 1e-5, Augmentation.shifts(1)),
                new MagnitudePruning(0.85, Map.of("fc.weight", 0.5)),
                new Schedule(FINE_TUNE_EPOCHS, 32, 0.1, 0.1, 0.9, 1e-5, Augmentation.shifts(1)),
                Effort.FULL,
                "random weights"),
            SEED,
            work,
            new EpochDisplay(System.out, false))
        .run();
  }

  @Test
  void aKillLosesAtMostAnEpochAndChangesNothingInTheEnd() throws Exception {
    Path whole = folder.resolve("whole");
    train(whole);
    Path killed = Files.createDirectory(folder.resolve("killed"));
    SplittableRandom random = new SplittableRandom(SEED);
    int before = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int reported = killAfter(2, random.nextInt(150), killed);
      int done = epochsDone(killed);
      assertThat(done).as("kill %d, seed %d", kill, SEED).isGreaterThanOrEqualTo(before + reported);
      before = done;
    }
    train(killed);

    for (String file : List.of("mask.npz", "dense.npz", "parameters.npz")) {
      assertThat(killed.resolve(file))
          .as("%s, seed %d", file, SEED)
          .hasSameBinaryContentAs(whole.resolve(file));
    }
    assertThat(curve(killed))
        .isEqualTo(curve(whole))
        .hasSize(1 + DENSE_EPOCHS + 1 + FINE_TUNE_EPOCHS);
  }

  /**
   * Starts the process, lets it report some epochs, waits, and kills it.
   *
   * @return epochs it has reported
   */
  private static int killAfter(int epochs, int milliseconds, Path work) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("ai.djl.")) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(KilledProcessTest.class.getName(), work.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    int reported = 0;
    StringBuilder all = new StringBuilder();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      while (reported < epochs) {
        String line = output.readLine();
        if (line == null) {
          break;
        }
        all.append(line).append('\n');
        reported += line.contains("loss") ? 1 : 0;
      }
      TimeUnit.MILLISECONDS.sleep(milliseconds);
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(reported).as("%s", all).isEqualTo(epochs);
    return reported;
  }

  /** Complete epochs that the checkpoint holds, over both stages. */
  private static int epochsDone(Path work) {
    Npz checkpoint = Npz.read(work.resolve("checkpoint.npz"));
    int epochs = Integer.parseInt(checkpoint.text("epochs"));
    return checkpoint.text("stage").equals(TrainingRun.DENSE) ? epochs : DENSE_EPOCHS + epochs;
  }

  private static List<String> curve(Path work) throws IOException {
    return Files.readAllLines(work.resolve("curve.csv")).stream()
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }
}
