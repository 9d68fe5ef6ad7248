package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFolderTest {
  @TempDir private Path temporary;

  @Test
  void filesAppearTogetherWhenPublished() throws IOException {
    Path folder = temporary.resolve("a/b");
    try (OutputFolder output = OutputFolder.open(folder)) {
      output.put("one.txt", "1").put("two.txt", "\u00fc");
      assertThat(folder.resolve("one.txt")).doesNotExist();
      output.publish();
    }
    assertThat(names(folder)).containsExactly("one.txt", "two.txt");
    assertThat(folder.resolve("two.txt")).hasContent("\u00fc");
  }

  @Test
  void whatIsNotPublishedLeavesNothing() throws IOException {
    try (OutputFolder output = OutputFolder.open(temporary.resolve("a/b"))) {
      output.put("one.txt", "1");
    }
    assertThat(names(temporary)).isEmpty();
  }

  @Test
  void whatWasThereStaysUntilPublished() throws IOException {
    Files.writeString(temporary.resolve("one.txt"), "old");
    try (OutputFolder output = OutputFolder.open(temporary)) {
      output.put("one.txt", "new");
    }
    assertThat(temporary.resolve("one.txt")).hasContent("old");
    try (OutputFolder output = OutputFolder.open(temporary)) {
      output.put("one.txt", "new").publish();
    }
    assertThat(temporary.resolve("one.txt")).hasContent("new");
    assertThat(names(temporary)).containsExactly("one.txt");
  }

  @Test
  void whatKilledProgramsHaveLeftGoesInTheEnd() throws IOException {
    // More than the largest process number of Linux.
    String gone = ".weights.npz.4194305.unfinished";
    FileTime lately = FileTime.from(Instant.now().minus(Duration.ofDays(6)));
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(8)));
    String alive = Leftovers.temporary("weights.npz");
    for (String name :
        List.of(gone, ".a.4194306.unfinished", alive, ".unfinished", "b.unfinished")) {
      Files.setLastModifiedTime(Files.writeString(temporary.resolve(name), ""), longAgo);
    }
    Files.setLastModifiedTime(temporary.resolve(".a.4194306.unfinished"), lately);

    try (OutputFolder output = OutputFolder.open(temporary)) {
      output.publish();
    }

    assertThat(names(temporary))
        .containsExactlyInAnyOrder(".a.4194306.unfinished", alive, ".unfinished", "b.unfinished");
  }

  @Test
  void refusesAFileInPlaceOfTheFolder() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    for (Path folder : List.of(file, file.resolve("below"))) {
      assertThatThrownBy(() -> OutputFolder.open(folder))
          .isInstanceOf(InputProblem.class)
          .hasMessageStartingWith(folder + ": ");
    }
    assertThat(names(temporary)).containsExactly("file");
  }

  @Test
  void saysWhyAFolderCannotBeMade() throws IOException {
    Path link = temporary.resolve("link");
    Files.createSymbolicLink(link, temporary.resolve("missing"));
    assertThatThrownBy(() -> OutputFolder.open(link))
        .isInstanceOf(InputProblem.class)
        .hasMessage(link + ": cannot be written: something else has this name");
  }

  @Test
  void refusesADirectoryInPlaceOfAFileBeforeAnythingIsMoved() throws IOException {
    Files.createDirectory(temporary.resolve("two.txt"));
    try (OutputFolder output = OutputFolder.open(temporary)) {
      output.put("one.txt", "1").put("two.txt", "2");
      assertThatThrownBy(output::publish)
          .isInstanceOf(InputProblem.class)
          .hasMessageContaining("two.txt");
    }
    assertThat(names(temporary)).containsExactly("two.txt");
  }

  @Test
  void aLinkStaysAndWhatItLeadsToIsWritten() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere")).resolve("real.txt");
    Files.writeString(elsewhere, "old");
    Path link = Files.createSymbolicLink(temporary.resolve("link.txt"), elsewhere);

    try (OutputFolder output = OutputFolder.open(temporary)) {
      output.put("link.txt", "new").publish();
    }

    assertThat(link).isSymbolicLink();
    assertThat(elsewhere).hasContent("new");
    assertThat(names(temporary)).containsExactly("elsewhere", "link.txt");
  }

  @Test
  void refusesWhatIsNoFileBeforeAnythingIsMoved() throws Exception {
    Path pipe = temporary.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Path nowhere =
        Files.createSymbolicLink(temporary.resolve("nowhere"), temporary.resolve("missing"));
    for (Path special : List.of(pipe, nowhere)) {
      try (OutputFolder output = OutputFolder.open(temporary)) {
        output.put("one.txt", "1").put(special.getFileName().toString(), "2");
        assertThatThrownBy(output::publish)
            .isInstanceOf(InputProblem.class)
            .hasMessage(
                special + ": is no regular file, allowed: a new file, or one to be replaced");
      }
    }
    assertThat(names(temporary)).containsExactly("nowhere", "pipe");
    assertThat(nowhere).isSymbolicLink();
  }

  @Test
  void whatAnEarlierRunLeftIsRemovedWithWhatReplacesIt() throws IOException {
    Files.writeString(temporary.resolve("stale.csv"), "old");
    Files.writeString(temporary.resolve("mine.txt"), "kept");
    try (OutputFolder output = OutputFolder.open(temporary)) {
      output.put("one.txt", "1").removing(List.of("stale.csv", "one.txt", "missing.csv"));
      assertThat(names(temporary)).contains("stale.csv");
      output.publish();
    }
    assertThat(names(temporary)).containsExactly("mine.txt", "one.txt");
    assertThat(temporary.resolve("one.txt")).hasContent("1");
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }
}
