package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.TestClassPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sweeps as processes of their own. One ended by {@code kill -9} at random moments, from the first
 * statement to the last: no point is lost or there twice. And one that finds another at work.
 * {@code -Dprimesim.kills=100} kills more often than a build has time for.
 */
class SweepKillTest {
  private static final int KILLS = Integer.getInteger("primesim.kills", 4);
  private static final long SEED = Long.getLong("primesim.seed", 2016);
  private static final int JOBS = 2;

  @TempDir private Path folder;

  private static String sweep(int points) {
    return """
    schema: primesim.sweep/1
    name: killed
    fixed: {network: mlp-s-mnist, mapping: dense, replication: none}
    grid:
      timing.saBitNs: {from: 1, to: 3, count: %d}
    """
        .formatted(points);
  }

  private Process start(Path file, Path out) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            TestClassPath.get(),
            "io.github.primesim.cli.Primesim",
            "sweep",
            file.toString(),
            "--out",
            out.toString(),
            "--jobs",
            Integer.toString(JOBS))
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("said").toFile())
        .start();
  }

  /** Whole rows that are in the table now. */
  private static List<String> rows(Path out) throws IOException {
    Path table = out.resolve("points.csv");
    if (!Files.exists(table)) {
      return List.of();
    }
    String text = Files.readString(table);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).toList();
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
  void aSweepKilledAtAnyMomentGoesOnWithoutALostOrDoubledPoint() throws Exception {
    // A few points between two kills, so that the sweep is still under way at the last of them.
    Path file = folder.resolve("sweep.yaml");
    Files.writeString(file, sweep(20 * KILLS));
    Path whole = folder.resolve("whole");
    assertThat(CommandRun.of("sweep", file.toString(), "--out", whole.toString()).exit()).isZero();
    Map<String, String> expected = files(whole);
    Set<String> allRows = new HashSet<>(rows(whole));

    SplittableRandom random = new SplittableRandom(SEED);
    Path out = folder.resolve("out");
    int killed = 0;
    int amidst = 0;
    for (int run = 0; killed < KILLS; run++) {
      assertThat(run).as("runs for %d kills", KILLS).isLessThan(3 * KILLS + 3);
      Process process = start(file, out);
      boolean ended = endsBefore(process, out, random);
      List<String> seen = rows(out);
      process.destroyForcibly().waitFor();
      if (ended) {
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("said"))).isZero();
        assertThat(files(out)).as("seed %d", SEED).isEqualTo(expected);
        remove(out);
        continue;
      }
      killed++;
      List<String> left = rows(out);
      amidst += left.isEmpty() ? 0 : 1;
      assertThat(left).as("rows, kill %d, seed %d", killed, SEED).doesNotHaveDuplicates();
      assertThat(left).as("what was there stays").containsAll(seen);
      assertThat(allRows).as("whole rows are right").containsAll(left);
      assertThat(documents(out) - left.size())
          .as("documents of points under way, kill %d, seed %d", killed, SEED)
          .isBetween(0, JOBS);
    }
    assertThat(amidst).as("kills that came when some rows were there").isPositive();
    assertThat(start(file, out).waitFor()).isZero();
    assertThat(files(out)).as("seed %d", SEED).isEqualTo(expected);
  }

  @Test
  void whereOneProcessWritesAnotherOneIsRefused() throws Exception {
    Path file = folder.resolve("sweep.yaml");
    // More points than are done before it is killed.
    Files.writeString(file, sweep(5000));
    Path out = folder.resolve("out");
    Process first = start(file, out);
    try {
      while (rows(out).size() < 3) {
        assertThat(first.waitFor(2, TimeUnit.MILLISECONDS)).isFalse();
      }
      CommandRun second = CommandRun.of("sweep", file.toString(), "--out", out.toString());
      assertThat(second.exit()).isEqualTo(2);
      assertThat(second.err()).contains("another primesim is writing there").hasLineCount(1);
      int before = rows(out).size();
      while (rows(out).size() < before + 3) {
        assertThat(first.waitFor(2, TimeUnit.MILLISECONDS)).isFalse();
      }
    } finally {
      first.destroyForcibly().waitFor();
    }
  }

  /** Waits for a random moment: on the way to the first row, or between two later ones. */
  private static boolean endsBefore(Process process, Path out, SplittableRandom random)
      throws IOException, InterruptedException {
    int more = random.nextInt(-3, 20);
    if (more < 0) {
      return process.waitFor(random.nextInt(1500), TimeUnit.MILLISECONDS);
    }
    int enough = rows(out).size() + more;
    boolean ended = false;
    while (!ended && rows(out).size() < enough) {
      ended = process.waitFor(2, TimeUnit.MILLISECONDS);
    }
    return ended || process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS);
  }

  private static int documents(Path out) throws IOException {
    Path documents = out.resolve("points");
    if (!Files.exists(documents)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(documents)) {
      return (int) all.filter(each -> each.toString().endsWith(".json")).count();
    }
  }

  private static void remove(Path out) throws IOException {
    try (Stream<Path> all = Files.walk(out)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
