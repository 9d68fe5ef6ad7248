package io.github.primesim.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is submitted: the same files as {@code primesim sweep}, whatever happens. */
class SweepOnSparkIT {
  private static final int POINTS = 240;
  private static final String SWEEP =
      """
      schema: primesim.sweep/1
      name: cluster
      fixed: {network: mlp-s-mnist, mapping: dense}
      grid:
        timing.saBitNs: {from: 1, to: 3, count: %d}
        batch: [0, 8]
      """
          .formatted(POINTS / 2);

  @TempDir private static Path folder;
  private static SparkProcesses spark;
  private static Path file;
  private static Map<String, String> expected;

  @BeforeAll
  static void simulateHere() throws IOException, InterruptedException {
    spark = new SparkProcesses(folder);
    file = Files.writeString(folder.resolve("sweep.yaml"), SWEEP);
    Path out = folder.resolve("here");
    Process here =
        spark.start(
            "here",
            Path.of("target", "primesim-cluster.jar").toString(),
            "-Dprimesim.home=" + home(),
            "io.github.primesim.cli.Primesim",
            "sweep",
            file.toString(),
            "--out",
            out.toString());
    assertThat(here.waitFor()).as(spark.end("here")).isZero();
    expected = files(out);
    assertThat(expected).hasSize(POINTS + 3);
  }

  @AfterAll
  static void stop() {
    if (spark != null) {
      spark.close();
    }
  }

  private static String home() {
    return Path.of("..").toAbsolutePath().normalize().toString();
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

  private static long rows(Path out) {
    try (Stream<String> lines = Files.lines(out.resolve("points.csv"))) {
      return lines.count() - 1;
    } catch (IOException notYet) {
      return 0;
    }
  }

  @Test
  void localModeGivesTheFilesOfASweepAndGoesOnWhereOneWasStopped() throws Exception {
    Path out = folder.resolve("local");
    String[] arguments = {
      file.toString(), "--out", out.toString(), "--home", home(), "--points-per-task", "4"
    };
    Process first = spark.submit("local-1", "local[2]", arguments);
    SparkProcesses.await(() -> rows(out) >= 8 || !first.isAlive(), "a point");
    SparkProcesses.kill(first);
    long there = rows(out);
    assertThat(there).as(spark.end("local-1")).isBetween(8L, (long) POINTS);
    assertThat(spark.submit("local-2", "local[2]", arguments).waitFor())
        .as(spark.end("local-2"))
        .isZero();
    assertThat(files(out)).isEqualTo(expected);
  }

  @Test
  void aWorkerKilledAmidstTheWorkCostsNothingButTime() throws Exception {
    String master = spark.master();
    Process doomed = spark.worker("worker-1", master);
    spark.worker("worker-2", master);
    for (String worker : new String[] {"worker-1", "worker-2"}) {
      SparkProcesses.await(() -> spark.said(worker, "Successfully registered"), worker);
    }
    Path out = folder.resolve("standalone");
    Process sweep =
        spark.submit("driver", master, file.toString(), "--out", out.toString(), "--home", home());
    // Both work, or the death of one would not be noticed.
    SparkProcesses.await(
        () ->
            !sweep.isAlive()
                || (rows(out) >= 5
                    && doomed.descendants().findAny().isPresent()
                    && spark.said("driver", "executor 0)")
                    && spark.said("driver", "executor 1)")),
        "points of both workers");
    long before = rows(out);
    SparkProcesses.kill(doomed);
    assertThat(before).as(spark.end("driver")).isBetween(5L, (long) POINTS - 1);
    assertThat(sweep.waitFor()).as(spark.end("driver")).isZero();
    assertThat(spark.said("driver", "Lost executor")).as("the driver has noticed").isTrue();
    assertThat(files(out)).isEqualTo(expected);
  }

  @Test
  void whatCannotBeUsedEndsWithCodeTwoAndOneLine() throws Exception {
    Path out = Files.createDirectory(folder.resolve("foreign"));
    Files.writeString(out.resolve("sweep.yaml"), "schema: primesim.sweep/1\nname: another\n");
    Files.writeString(out.resolve("sweep.json"), "{}");
    Process sweep =
        spark.submit(
            "refused", "local[1]", file.toString(), "--out", out.toString(), "--home", home());
    assertThat(sweep.waitFor()).isEqualTo(2);
    assertThat(spark.end("refused"))
        .contains("primesim: " + out + ": is the output folder of another");

    Path elsewhere = folder.resolve("no checkout");
    Process lost =
        spark.submit(
            "lost",
            "local[1]",
            file.toString(),
            "--out",
            folder.resolve("none").toString(),
            "--home",
            elsewhere.toString());
    assertThat(lost.waitFor()).isEqualTo(2);
    assertThat(spark.end("lost"))
        .contains("primesim: --home '" + elsewhere + "' has no hw-configs");
    assertThat(folder.resolve("none")).doesNotExist();
  }
}
