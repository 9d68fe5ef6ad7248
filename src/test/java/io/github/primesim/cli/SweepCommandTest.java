package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code primesim sweep} from file to folder: what it writes, and that nothing gets lost. */
class SweepCommandTest {
  private static final String SWEEP =
      """
      schema: primesim.sweep/1
      name: test
      fixed: {hardware: prime-45nm, network: cnn-1}
      grid:
        mapping: [dense, block-compact]
        timing.saBitNs: {from: 1, to: 2, step: 0.5}
        batch: [0, 4]
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("sweep.yaml");
    Files.writeString(file, SWEEP);
  }

  private CommandRun sweep(String out, String... more) {
    List<String> arguments =
        Stream.concat(
                Stream.of("sweep", file.toString(), "--out", folder.resolve(out).toString()),
                Arrays.stream(more))
            .toList();
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private String done(String out, String... more) {
    CommandRun run = sweep(out, more);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /** All files of a folder with their bytes. */
  private Map<String, String> files(String out) throws IOException {
    Path root = folder.resolve(out);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        files.put(root.relativize(each).toString(), Files.readString(each));
      }
    }
    return files;
  }

  private List<String> lines(String out) throws IOException {
    return Files.readAllLines(folder.resolve(out).resolve("points.csv"));
  }

  @Test
  void aPointIsWhatRunPrintsWithItsKeys() throws IOException {
    assertThat(done("out")).startsWith("12 points done, 0 failed; ").hasLineCount(1);
    CommandRun run =
        CommandRun.of(
            "run",
            "--json",
            "--network",
            "cnn-1",
            "--mapping",
            "block-compact",
            "--set",
            "timing.saBitNs=1.5",
            "--batch",
            "4");
    Map<String, String> files = files("out");
    assertThat(files).hasSize(15).containsEntry("points/000009.json", run.out());
    assertThat(files.get("sweep.yaml")).isEqualTo(SWEEP);
    assertThat(lines("out").get(10))
        .startsWith(
            "9,mapping=block-compact saBitNs=1.5 batch=4,done,,cnn-1,prime-45nm,block-compact,");
  }

  private Map<String, String> point(String out, int index) throws IOException {
    List<String> head = List.of(lines(out).get(0).split(",", -1));
    List<String> fields = List.of(lines(out).get(1 + index).split(",", -1));
    assertThat(fields).as("no field has a comma").hasSameSizeAs(head);
    Map<String, String> point = new TreeMap<>();
    for (int i = 0; i < fields.size(); i++) {
      point.put(head.get(i), fields.get(i));
    }
    return point;
  }

  @Test
  void pointsClassifyAsAccuracyDoes() throws IOException {
    Files.writeString(
        file,
        """
        schema: primesim.sweep/1
        name: classified
        fixed: {accuracyImages: 60, stuckOn: 0.002, chips: 2, seed: 3}
        grid: {crossbar: [256x256, 32x32], wireResistance: [0, 5]}
        """);
    done("out");
    for (int index = 0; index < 4; index++) {
      Map<String, String> point = point("out", index);
      String[] call = {
        "accuracy",
        "--json",
        "--limit",
        "60",
        "--seed",
        "3",
        "--stuck-on",
        "0.002",
        "--chips",
        "2",
        "--crossbar",
        point.get("crossbar"),
        "--wire-resistance",
        point.get("wireResistance")
      };
      JsonNode accuracy = JsonMapper.shared().readTree(CommandRun.of(call).out());
      assertThat(point).containsEntry("status", "done").containsEntry("accuracyImages", "60");
      for (Map.Entry<String, String> each :
          Map.of(
                  "accuracy", "/accuracy/prime",
                  "accuracyOfChips", "/chips/accuracy/mean",
                  "accuracyOfWorstChip", "/chips/accuracy/least",
                  "accuracyOfBestChip", "/chips/accuracy/most")
              .entrySet()) {
        assertThat(Double.parseDouble(point.get(each.getKey())))
            .as("%s of point %d", each.getKey(), index)
            .isEqualTo(accuracy.at(each.getValue()).doubleValue());
      }
    }
    // What a point classifies is no part of its run.
    CommandRun run =
        CommandRun.of(
            "run", "--json", "--network", "lenet5-mnist", "--crossbar", "256x256", "--seed", "3");
    assertThat(files("out")).containsEntry("points/000000.json", run.out());
  }

  @Test
  void whatClassifiesNothingFails() throws IOException {
    Files.writeString(
        file,
        """
        schema: primesim.sweep/1
        name: classified
        fixed: {accuracyImages: 20}
        grid: {network: [lenet5-mnist, mlp-s]}
        """);
    assertThat(done("out")).startsWith("1 points done, 1 failed; ");
    assertThat(point("out", 0)).containsEntry("accuracy", "1.0").doesNotContainKey("chips");
    assertThat(lines("out").get(0)).endsWith(",networkDigest,accuracy");
    assertThat(lines("out").get(2)).contains(",failed,\"network 'mlp-s' has synthetic weights");
  }

  @Test
  void pointsShareNoMappingThatIsNotTheirs() throws IOException {
    Files.writeString(
        file,
        """
        schema: primesim.sweep/1
        name: shared
        points:
          - {crossbar: 64x64}
          - {crossbar: 32x64}
          - {crossbar: 64x64, signs: independent}
          - {crossbar: 64x64, quantization.weightBits: 4}
          - {crossbar: 64x64, mapping: strip-kmeans, seed: 1}
          - {crossbar: 64x64, mapping: strip-kmeans, seed: 2}
          - {crossbar: 64x64, network: mlp-s}
          - {crossbar: 64x64, timing.saBitNs: 1}
        fixed: {replication: none}
        """);
    done("out", "--jobs", "1");
    Map<String, String> files = files("out");
    List<String> options =
        List.of(
            "--crossbar 64x64",
            "--crossbar 32x64",
            "--crossbar 64x64 --signs independent",
            "--crossbar 64x64 --set quantization.weightBits=4",
            "--crossbar 64x64 --mapping strip-kmeans --seed 1",
            "--crossbar 64x64 --mapping strip-kmeans --seed 2",
            "--crossbar 64x64 --network mlp-s",
            "--crossbar 64x64 --set timing.saBitNs=1");
    for (int i = 0; i < options.size(); i++) {
      String network = options.get(i).contains("--network") ? "" : " --network lenet5-mnist";
      String line = "run --json --replication none " + options.get(i) + network;
      assertThat(files)
          .as(line)
          .containsEntry("points/00000" + i + ".json", CommandRun.of(line.split(" ")).out());
    }
  }

  @Test
  void whatNothingIsSaidOfIsAsRunHasIt() throws IOException {
    Files.writeString(file, "schema: primesim.sweep/1\nname: alone\npoints: [{name: as it is}]\n");
    done("out");
    CommandRun run = CommandRun.of("run", "--network", "lenet5-mnist", "--json");
    assertThat(files("out")).containsEntry("points/000000.json", run.out());
    assertThat(lines("out").get(1))
        .startsWith(
            "0,as it is,done,,lenet5-mnist,prime-45nm,block-compact,256x256,pairs,layer,1,0,");
  }

  @Test
  void anyNumberOfThreadsGivesTheSameBytes() throws IOException {
    done("one", "--jobs", "1");
    done("four", "--jobs", "4");
    assertThat(files("four")).isEqualTo(files("one"));
  }

  @Test
  void shardsHaveTheRowsAndDocumentsOfTheWhole() throws IOException {
    done("whole");
    for (int i = 1; i <= 5; i++) {
      done("parts", "--shard", i + "/5");
    }
    Map<String, String> parts = files("parts");
    Map<String, String> whole = files("whole");
    whole.forEach(
        (name, text) -> {
          if (name.startsWith("points/")) {
            assertThat(
                    parts.entrySet().stream()
                        .filter(each -> each.getKey().endsWith("/" + name))
                        .map(Map.Entry::getValue))
                .containsExactly(text);
          }
        });
    assertThat(
            parts.entrySet().stream()
                .filter(each -> each.getKey().endsWith("points.csv"))
                .flatMap(each -> each.getValue().lines().skip(1)))
        .containsExactlyInAnyOrderElementsOf(lines("whole").subList(1, 13));
    assertThat(CommandRun.of("report", folder.resolve("parts").toString()).exit()).isZero();
    assertThat(CommandRun.of("report", folder.resolve("whole").toString()).exit()).isZero();
    assertThat(files("parts").get("all-points.csv")).isEqualTo(files("whole").get("points.csv"));
    assertThat(files("whole")).doesNotContainKey("all-points.csv");
    assertThat(files("parts").get("report.html"))
        .contains("\"memories\":[{\"name\":\"prime-45nm\",\"parameters\":[{\"key\":");
    assertThat(
            files("parts").get("report.html").lines().filter(line -> line.contains("id=\"data\"")))
        .isNotEmpty();
  }

  @Test
  void aTableCutAnywhereIsCompletedToTheSameBytes() throws IOException {
    done("out");
    Map<String, String> whole = files("out");
    Path table = folder.resolve("out/points.csv");
    byte[] bytes = Files.readAllBytes(table);
    long seed = 41;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 12; i++) {
      int cut = i == 0 ? 0 : i == 1 ? 100 : random.nextInt(bytes.length);
      Files.write(table, Arrays.copyOf(bytes, cut));
      done("out");
      assertThat(files("out")).as("cut at %d, seed %d", cut, seed).isEqualTo(whole);
    }
  }

  @Test
  void whatIsDamagedOrTwiceOrWithoutItsDocumentIsSimulatedAgain() throws IOException {
    done("out");
    Map<String, String> whole = files("out");
    Path table = folder.resolve("out/points.csv");
    String text = Files.readString(table);
    List<String> lines = lines("out");

    Files.writeString(table, lines.get(3) + "\n", StandardOpenOption.APPEND);
    done("out");
    assertThat(files("out")).isEqualTo(whole);

    Files.writeString(table, text.replace("\n5,", "\n\0\0\0,"));
    done("out");
    assertThat(files("out")).isEqualTo(whole);

    Files.delete(folder.resolve("out/points/000007.json"));
    Files.writeString(folder.resolve("out/points/000008.json.unfinished"), "{");
    done("out");
    assertThat(files("out")).isEqualTo(whole);
  }

  @Test
  void aPointThatFailsIsARowAndTheOthersGoOn() throws IOException {
    Files.writeString(
        file, SWEEP.replace("{from: 1, to: 2, step: 0.5}", "[-1, 1]").replace("batch", "seed"));
    String said = done("out");
    assertThat(said)
        .startsWith("4 points done, 4 failed; ")
        .contains(
            "the first that failed is 'mapping=dense saBitNs=-1 seed=0': --set timing.saBitNs=-1");
    assertThat(lines("out").get(1))
        .startsWith("0,mapping=dense saBitNs=-1 seed=0,failed,\"--set timing.saBitNs=-1: ")
        .contains(",cnn-1,prime-45nm,dense,,,,0,,-1,,,");
    assertThat(files("out")).doesNotContainKey("points/000000.json").hasSize(7);
    // It has failed for good: the second start has nothing left to do.
    Map<String, String> before = files("out");
    assertThat(done("out")).isEqualTo(said);
    assertThat(files("out")).isEqualTo(before);

    Files.writeString(file, SWEEP.replace("{from: 1, to: 2, step: 0.5}", "[-1, -2]"));
    CommandRun all = sweep("none");
    assertThat(all.exit()).isEqualTo(2);
    assertThat(all.err()).contains("all 8 points failed").hasLineCount(1);
  }

  @Test
  void aDryRunPrintsThePointsAndNothingElse() {
    CommandRun run = CommandRun.of("sweep", file.toString(), "--dry-run", "--shard", "2/2");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith(
            """
            index,point,network,hardware,mapping,crossbar,signs,replication,seed,batch,timing.saBitNs
            1,mapping=dense saBitNs=1 batch=4,cnn-1,prime-45nm,dense,,,,,4,1
            2,mapping=dense saBitNs=1.5 batch=0,\
            """)
        .hasLineCount(7);
  }

  @Test
  void designsThatMustNotBeComparedAreRefused() throws IOException {
    String iso = SWEEP.replace("  batch: [0, 4]\n", "  organization.banks: [32, 64]\n");
    Files.writeString(file, iso + "iso: {equal: [cells]}\n");
    CommandRun run = sweep("out");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("iso.equal: cells is ", "'mapping=dense saBitNs=1 banks=32'", "banks=64'")
        .hasLineCount(1);
    assertThat(folder.resolve("out")).doesNotExist();

    Files.writeString(file, iso + "iso: {within: {computeAreaUm2: 0.05}, per: [mapping]}\n");
    run = sweep("out");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("iso.within: computeAreaUm2 is ", "banks=32'", "banks=64' (both mapping ")
        .hasLineCount(1);
    assertThat(lines("out")).hasSize(13);

    Files.writeString(
        file, iso + "iso: {within: {computeAreaUm2: 0.05}, per: [organization.banks]}\n");
    done("apart");
  }

  @Test
  void whatShardsAloneCannotTellIsCheckedWhenTheyArePutTogether() throws IOException {
    Files.writeString(
        file,
        """
        schema: primesim.sweep/1
        name: areas
        fixed: {network: cnn-1}
        grid: {organization.banks: [32, 64]}
        iso: {within: {computeAreaUm2: 0.05}}
        """);
    done("out", "--shard", "1/2");
    assertThat(CommandRun.of("report", folder.resolve("out").toString()).exit()).isZero();
    done("out", "--shard", "2/2");
    CommandRun run = CommandRun.of("report", folder.resolve("out").toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("iso.within: computeAreaUm2 is ", "'banks=32'", "'banks=64'")
        .hasLineCount(1);
    assertThat(files("out")).containsKeys("report.html", "all-points.csv");
  }

  @Test
  void shardsOfDifferentSweepsAreNotPutTogether() throws IOException {
    done("out", "--shard", "1/2");
    Files.writeString(file, SWEEP.replace("to: 2", "to: 2.1"));
    done("out", "--shard", "2/2");
    refused(
        CommandRun.of("report", folder.resolve("out").toString()),
        "shard-2-of-2/sweep.yaml: differs from ");
  }

  @Test
  void aKeyThatOnlyMustBeEqualIsNoColumn() throws IOException {
    Files.writeString(
        file, SWEEP + "iso: {equal: [quantization.weightBits, cells], per: [cell.readPulseNs]}\n");
    assertThat(CommandRun.of("sweep", file.toString(), "--dry-run").out().lines().findFirst())
        .hasValueSatisfying(
            head ->
                assertThat(head)
                    .endsWith(",batch,timing.saBitNs,cell.readPulseNs")
                    .doesNotContain("weightBits"));
  }

  private void refused(CommandRun run, String... why) {
    assertThat(run.exit()).as(run.out()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(why).contains("allowed").hasLineCount(1);
  }

  @Test
  void aFolderOfSomethingElseIsRefusedAndStaysAsItIs() throws IOException {
    done("out");
    Map<String, String> before = files("out");
    refused(sweep("out", "--shard", "1/2"), "not sharded");
    Files.writeString(file, SWEEP.replace("batch: [0, 4]", "batch: [0, 4, 8]"));
    refused(sweep("out"), "another sweep");
    assertThat(files("out")).isEqualTo(before);

    Files.writeString(file, SWEEP);
    Path about = folder.resolve("out/sweep.json");
    Files.writeString(
        about, before.get("sweep.json").replace("\"prime-45nm\" : \"", "\"prime-45nm\" : \"0"));
    refused(sweep("out"), "provenance.hardware");
    Files.writeString(
        about,
        before.get("sweep.json").replaceFirst("\"version\" : \"[^\"]*", "\"version\" : \"0.0.9"));
    refused(sweep("out"), "provenance.version is \"0.0.9\"");

    Files.createDirectories(folder.resolve("results"));
    Files.writeString(folder.resolve("results/result.json"), "{}");
    refused(sweep("results"), "holds result.json but no sweep.yaml");
    refused(sweep("sweep.yaml"), "is a file");
    done("parts", "--shard", "1/2");
    refused(sweep("parts"), "holds shards");
  }

  @Test
  void oneProgramWritesAtATime() {
    done("out");
    try (var channel =
            java.nio.channels.FileChannel.open(
                folder.resolve("out/sweep.yaml"), StandardOpenOption.WRITE);
        var lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      refused(sweep("out"), "another primesim is writing there");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatIsToBeDoneIsSaid() {
    refused(CommandRun.of("sweep", file.toString()), "--out is missing");
    refused(sweep("out", "--jobs", "0"), "--jobs '0'");
    refused(sweep("out", "--shard", "3/2"), "--shard '3/2'");
    refused(sweep("out", "--shard", "0/2"), "--shard '0/2'");
    CommandRun run = CommandRun.of("sweep", "none.yaml", "--dry-run");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("none.yaml: no such file");
    assertThat(file.toString().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
  }
}
