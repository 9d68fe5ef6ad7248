package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  private static final File BASH = new File("/bin/bash");

  @TempDir private static Path folder;

  @BeforeAll
  static void write() throws IOException {
    CommandRun run = CommandRun.of("completion");
    assertThat(run.exit()).as(run.err()).isZero();
    Files.writeString(folder.resolve("primesim.bash"), run.out());
  }

  /** What bash itself offers after these words. */
  private static List<String> offered(String... words) throws IOException, InterruptedException {
    assumeTrue(BASH.canExecute(), "needs " + BASH);
    StringBuilder array = new StringBuilder();
    for (String word : words) {
      array.append(" '").append(word).append("'");
    }
    String script =
        "source "
            + folder.resolve("primesim.bash")
            + "; COMP_WORDS=("
            + array
            + "); COMP_CWORD="
            + (words.length - 1)
            + "; _complete_primesim; printf '%s\\n' \"${COMPREPLY[@]}\"";
    Process process =
        new ProcessBuilder(BASH.getPath(), "--norc", "-c", script)
            // Called by hand, the shell complains that it completes nothing just now.
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed.lines().map(String::strip).toList();
  }

  @Test
  void bashCompletesCommands() throws Exception {
    assertThat(offered("primesim", "re")).contains("replay", "report").doesNotContain("run");
  }

  @Test
  void bashCompletesOptionsOfACommand() throws Exception {
    assertThat(offered("primesim", "run", "--cross")).containsExactly("--crossbar");
    assertThat(offered("primesim", "replay", "--cross")).doesNotContain("--crossbar");
  }

  @Test
  void bashCompletesWhatAnOptionTakes() throws Exception {
    assertThat(offered("primesim", "run", "--replication", ""))
        .containsExactlyInAnyOrder("none", "network", "layer");
    assertThat(offered("primesim", "run", "--breakdown", "b")).containsExactly("bank");
    assertThat(offered("primesim", "run", "--timeline-of", "p")).containsExactly("pipelined");
    assertThat(offered("primesim", "run", "--activity", ""))
        .containsExactlyInAnyOrder("mean", "data");
    assertThat(offered("primesim", "prune", "--scheme", ""))
        .containsExactlyInAnyOrder("magnitude", "crossbar", "segment");
    assertThat(offered("primesim", "prune", "--of", ""))
        .containsExactlyInAnyOrder("weights", "crossbars", "utilization");
    assertThat(offered("primesim", "prune", "--rank", "c")).containsExactly("cost");
    assertThat(offered("primesim", "prune", "--per", "l")).containsExactly("layer");
    assertThat(offered("primesim", "run", "--network", "lenet5"))
        .containsExactlyInAnyOrder("lenet5-mnist", "lenet5-mnist-segments");
    assertThat(offered("primesim", "compile", "--mapping", "block-c"))
        .containsExactly("block-compact");
    assertThat(offered("primesim", "list", "net")).containsExactly("networks");
    assertThat(offered("primesim", "evaluate", "--part", ""))
        .containsExactlyInAnyOrder(
            "sizes",
            "networks",
            "grid",
            "gap",
            "crossbars",
            "utilization",
            "accuracy",
            "sensitivity");
    assertThat(offered("primesim", "evaluate", "--network", "LeN")).containsExactly("LeNet-5");
    assertThat(offered("primesim", "evaluate", "--network", "lenet5")).contains("lenet5-mnist");
    assertThat(offered("primesim", "evaluate", "--schemes", "")).doesNotContain("dense");
    assertThat(offered("primesim", "reductions", "--model", ""))
        .containsExactlyInAnyOrder("U", "M", "T");
    assertThat(offered("primesim", "reductions", "--network", "cnn-1-mnist-s"))
        .containsExactly("cnn-1-mnist-segments");
    assertThat(offered("primesim", "validate", "--only", "isaac-c")).contains("isaac-chip");
    assertThat(offered("primesim", "validate", "--replication", "n"))
        .containsExactlyInAnyOrder("none", "network");
  }

  @Test
  void bashCompletesWhatFollowsAnEqualsSign() throws Exception {
    assertThat(offered("primesim", "run", "--mapping", "=", "block-c"))
        .containsExactly("block-compact");
    assertThat(offered("primesim", "run", "--signs", "="))
        .containsExactlyInAnyOrder("pairs", "independent");
    assertThat(offered("primesim", "run", "--signs", "=", "pairs", "--cross"))
        .containsExactly("--crossbar");
  }

  /** A name may be that of a file too, and paths need not be given: bash offers both by itself. */
  @Test
  void bashIsLeftToCompleteFileNames() throws Exception {
    for (String option : List.of("--network", "--hardware", "--data", "--out", "--timeline")) {
      assertThat(offered("primesim", "run", option, "./some")).containsExactly("");
    }
    String script = Files.readString(folder.resolve("primesim.bash"));
    assertThat(script).contains("complete -F _complete_primesim -o default").doesNotContain("+o");
  }
}
