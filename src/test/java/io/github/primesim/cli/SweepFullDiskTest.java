package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that fills up while a sweep writes, on a small file system that only root can mount. */
class SweepFullDiskTest {
  private static final String SWEEP =
      """
      schema: primesim.sweep/1
      name: disk
      fixed: {network: mlp-s-mnist, mapping: dense, replication: none}
      grid:
        timing.saBitNs: {from: 1, to: 2, count: 12}
      """;

  @TempDir private Path folder;
  private Path disk;

  private static boolean did(String... command) throws IOException, InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  @BeforeEach
  void mount() throws IOException, InterruptedException {
    disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        did("mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", disk.toString()),
        "a tmpfs cannot be mounted here: the test of a full disk needs root");
  }

  @AfterEach
  void unmount() throws IOException, InterruptedException {
    did("umount", disk.toString());
  }

  private static Map<String, String> files(Path out) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(out.relativize(each).toString(), Files.readString(each));
      }
    }
    return files;
  }

  @Test
  void aFullDiskIsSaidAndWithMoreRoomTheSweepGoesOn() throws IOException, InterruptedException {
    Path file = folder.resolve("sweep.yaml");
    Files.writeString(file, SWEEP);
    Path whole = folder.resolve("whole");
    assertThat(CommandRun.of("sweep", file.toString(), "--out", whole.toString()).exit()).isZero();
    Map<String, String> expected = files(whole);

    Path out = disk.resolve("out");
    int refused = 0;
    int inFolder = 0;
    // Pages are of 4 KiB: from too little for the first file to just too little for the last.
    for (int pages = 1; ; pages += pages < 8 ? 1 : 7) {
      assertThat(did("mount", "-o", "remount,size=" + 4 * pages + "k", disk.toString())).isTrue();
      CommandRun run = CommandRun.of("sweep", file.toString(), "--out", out.toString());
      if (run.exit() == 0) {
        break;
      }
      refused++;
      assertThat(run.exit()).as(run.err()).isEqualTo(2);
      assertThat(run.err())
          .startsWith("primesim: " + out)
          .contains("cannot be written: No space left on device")
          .hasLineCount(1);
      assertThat(run.out()).isEmpty();
      if (Files.exists(out.resolve("points.csv"))) {
        inFolder++;
        String table = Files.readString(out.resolve("points.csv"));
        assertThat(table.isEmpty() || table.endsWith("\n")).as(table).isTrue();
      }
      try (Stream<Path> all = Files.walk(disk)) {
        assertThat(all.filter(each -> each.toString().endsWith(".unfinished"))).isEmpty();
      }
    }
    assertThat(refused).as("disks that were too small").isGreaterThan(5);
    assertThat(inFolder).as("some of them amidst the points").isGreaterThan(2);
    assertThat(files(out)).isEqualTo(expected);
  }
}
