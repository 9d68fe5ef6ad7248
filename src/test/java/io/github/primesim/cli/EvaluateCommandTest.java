package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluateCommandTest {
  @TempDir private Path folder;

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void partsOfOneNetworkAreTablesFiguresAndPictures() throws IOException {
    for (String jobs : new String[] {"1", "2"}) {
      CommandRun run =
          CommandRun.of(
              "evaluate",
              "--network=LeNet-5",
              "--part=accuracy,crossbars,utilization",
              "--schemes=block-compact",
              "--jobs=" + jobs,
              "--out=" + folder.resolve(jobs));
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.out())
          .contains("== crossbars saved against weights pruned ==", "99.16 %", "block-compact");
    }
    assertThat(files(folder.resolve("1")))
        .containsExactly(
            "accuracy.csv",
            "accuracy.md",
            "crossbars.csv",
            "crossbars.md",
            "crossbars.svg",
            "inputs.csv",
            "utilization.csv",
            "utilization.md",
            "utilization.svg");
    for (String file : files(folder.resolve("1"))) {
      assertThat(folder.resolve("1").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("2").resolve(file));
    }
    assertThat(folder.resolve("1").resolve("accuracy.csv"))
        .content()
        .contains("LeNet-5,lenet5-mnist,0.9929,0.9923,0.9918,0.9916");
  }

  @Test
  void someOfThePartsLeaveTheDigestsOfAllOthersAlone() throws IOException {
    String earlier = "name,sha256\nlenet5-mnist,0123\n";
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("inputs.csv"), earlier);
    CommandRun run =
        CommandRun.of("evaluate", "--network=LeNet-5", "--part=accuracy", "--out=" + folder);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(folder.resolve("accuracy.csv")).exists();
    assertThat(folder.resolve("inputs.csv")).hasContent(earlier);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--part=size; --part 'size' is unknown, allowed: sizes, networks",
        "--network=LeNet-4; --network 'LeNet-4' is not part of the evaluation, allowed: LeNet-5",
        "--part=sizes --network=LeNet-5; 'LeNet-5' is not measured by --part sizes, allowed: VGG-16",
        "--part=accuracy --network=AlexNet; --part accuracy, allowed: LeNet-5, VGG-16, ResNet-18",
        "--schemes=dense; --schemes 'dense' is unknown, allowed: zero-tile",
        "--jobs=0; --jobs '0': allowed: a whole number from 1 to 1024",
        "--set=timing.saBit=3; unknown key 'timing.saBit'",
        "--hardware=prime-46nm; hardware 'prime-46nm' is not bundled",
      })
  void whatCannotBeEvaluatedIsRefused(String options, String message) throws IOException {
    String line = "evaluate " + options + " --out=" + folder.resolve("none");
    CommandRun run = CommandRun.of(line.split(" ", -1));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message).hasLineCount(1);
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
