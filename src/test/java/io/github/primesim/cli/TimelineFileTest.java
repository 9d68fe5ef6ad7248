package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Timeline files against the rules of the trace event format and against the result document. */
class TimelineFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "alone, 256x256, stallCycles",
    "alone, 32x32, stallCycles",
    "pipelined, 32x32, pipelinedStallCycles"
  })
  void aRunOfANetwork(String execution, String crossbar, String stalls) throws IOException {
    Path file = folder.resolve("run.json");

    CommandRun run =
        CommandRun.of(
            "run",
            "--network=lenet5-mnist",
            "--crossbar=" + crossbar,
            "--timeline=" + file,
            "--timeline-of=" + execution,
            "--json");

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(folder.toFile().list()).containsExactly("run.json");
    JsonNode result = new ObjectMapper().readTree(run.out());
    JsonNode timeline = timeline(file);
    List<JsonNode> slices = slices(timeline);
    int image = execution.equals("alone") ? 0 : lastComplete(slices, result.get("layers").size());
    assertThat(waited(slices, image)).isEqualTo(numbers(result.get(stalls)));
    if (execution.equals("alone")) {
      assertThat(slices.stream().mapToLong(s -> s.get("ts").asLong() + s.get("dur").asLong()).max())
          .hasValue(result.get("cycles").asLong());
    }
  }

  @Test
  void replacesNothingButATimeline() throws IOException {
    Path trace = folder.resolve("in.trace");
    Files.copy(Path.of("traces/shared-port.trace"), trace);
    Path out = folder.resolve("out");

    CommandRun onTrace = CommandRun.of("replay", trace.toString(), "--timeline=" + trace);
    CommandRun onResult =
        CommandRun.of(
            "replay", trace.toString(), "--out=" + out, "--timeline=" + out.resolve("result.json"));

    assertThat(onTrace.exit()).isEqualTo(2);
    assertThat(onTrace.err())
        .contains("--timeline '" + trace + "': is there and no timeline, so it is not replaced");
    assertThat(trace).hasSameBinaryContentAs(Path.of("traces/shared-port.trace"));
    assertThat(onResult.exit()).isEqualTo(2);
    assertThat(onResult.err()).contains("is a file that --out writes");
    assertThat(out).doesNotExist();
  }

  @Test
  void aWindowBehindTheEndLeavesNothing() {
    Path out = folder.resolve("out");

    CommandRun run =
        CommandRun.of(
            "replay",
            "traces/shared-port.trace",
            "--out=" + out,
            "--timeline=" + folder.resolve("t.json"),
            "--from-cycle=999999999");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--from-cycle 999999999: the run ends at cycle");
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void aReplayedTraceGivesTheSameFile() throws IOException {
    Path first = folder.resolve("first.json");
    Path second = folder.resolve("second.json");
    Path out = folder.resolve("out");
    run("run", "--network=lenet5-mnist", "--timeline=" + first, "--out=" + out);

    run("replay", out.resolve("result.trace").toString(), "--timeline=" + second);

    assertThat(second).hasSameBinaryContentAs(first);
  }

  @Test
  void aWindow() throws IOException {
    Path file = folder.resolve("window.json");

    String text =
        run(
            "replay",
            "traces/hidden-loads.trace",
            "--timeline=" + file,
            "--from-cycle=20",
            "--to-cycle=60");

    JsonNode timeline = timeline(file);
    assertThat(slices(timeline))
        .isNotEmpty()
        .allMatch(slice -> slice.get("ts").asLong() < 60)
        .allMatch(slice -> slice.get("ts").asLong() + slice.get("dur").asLong() > 20);
    assertThat(timeline.get("otherData").get("fromCycle").asLong()).isEqualTo(20);
    assertThat(timeline.get("otherData").get("untilCycle").asLong()).isEqualTo(60);
    assertThat(text)
        .endsWith(
            "Timeline: " + file + ", " + slices(timeline).size() + " slices, cycles 20 to 60\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--to-cycle=5, --to-cycle '5' needs --timeline F.json",
    "--timeline-of=alone, --timeline-of 'alone' needs --timeline F.json"
  })
  void optionsThatNeedAFile(String option, String complaint) {
    assertRefused(complaint, option);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--timeline-of=both | --timeline-of 'both' is unknown, allowed: alone, pipelined",
        "--from-cycle=-1 | --from-cycle '-1': allowed is a whole number of cycles from 0 up",
        "--from-cycle=1e3 | --from-cycle '1e3': allowed is a whole number of cycles from 0 up",
        "--to-cycle=0 | --to-cycle '0': allowed is a whole number of cycles from 1 up",
        "--from-cycle=237 | --from-cycle 237: the run ends at cycle 237, allowed: 0 to 236"
      })
  void whatCannotBeShown(String option, String complaint) {
    assertRefused(complaint, "--timeline=" + folder.resolve("none.json"), option);
    assertThat(folder.toFile().list()).isEmpty();
  }

  @Test
  void aFolderIsNoFile() {
    assertRefused(
        "--timeline '" + folder + "': is a folder, allowed: the name of a file",
        "--timeline=" + folder);
  }

  private static void assertRefused(String complaint, String... options) {
    List<String> arguments = new ArrayList<>(List.of("replay", "traces/hidden-loads.trace"));
    arguments.addAll(List.of(options));
    CommandRun run = CommandRun.of(arguments.toArray(new String[0]));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).isEqualTo("primesim: " + complaint + "\n");
    assertThat(run.out()).isEmpty();
  }

  private static String run(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    return run.out();
  }

  /** Reads a file and holds it against the rules of the format. */
  private static JsonNode timeline(Path file) throws IOException {
    JsonNode timeline = new ObjectMapper().readTree(Files.readString(file));
    assertThat(timeline.propertyNames())
        .containsExactly("displayTimeUnit", "traceEvents", "otherData");
    Map<Integer, Integer> processOfThread = new HashMap<>();
    Map<String, Set<Integer>> described = new HashMap<>();
    for (JsonNode event : timeline.get("traceEvents")) {
      int process = event.get("pid").asInt();
      int thread = event.get("tid").asInt();
      assertThat(process).isPositive();
      assertThat(thread).isPositive();
      assertThat(processOfThread.merge(thread, process, (first, same) -> first))
          .as("process of thread %d", thread)
          .isEqualTo(process);
      String name = event.get("name").asString();
      if (event.get("ph").asString().equals("M")) {
        int about = name.startsWith("process") ? process : thread;
        assertThat(described.computeIfAbsent(name, n -> new HashSet<>()).add(about)).isTrue();
        String key = name.endsWith("_sort_index") ? "sort_index" : "name";
        assertThat(event.get("args").propertyNames()).containsExactly(key);
      } else {
        assertThat(event.get("ph").asString()).isEqualTo("X");
        assertThat(event.get("ts").isIntegralNumber()).isTrue();
        assertThat(event.get("dur").asLong()).isPositive();
        assertThat(event.has("cname")).isEqualTo(name.startsWith("waits: "));
      }
    }
    Set<Integer> processes = new HashSet<>(processOfThread.values());
    assertThat(described.get("process_name")).isEqualTo(processes);
    assertThat(described.get("process_sort_index")).isEqualTo(processes);
    assertThat(described.get("thread_name")).isEqualTo(processOfThread.keySet());
    assertThat(described.get("thread_sort_index")).isEqualTo(processOfThread.keySet());
    assertNested(slices(timeline));
    assertThat(timeline.get("otherData").get("slices").asInt()).isEqualTo(slices(timeline).size());
    return timeline;
  }

  /** Slices of a thread must not overlap unless one lies within the other. */
  private static void assertNested(List<JsonNode> slices) {
    Map<Integer, List<long[]>> threads = new HashMap<>();
    for (JsonNode slice : slices) {
      long begin = slice.get("ts").asLong();
      long[] times = {begin, begin + slice.get("dur").asLong()};
      threads.computeIfAbsent(slice.get("tid").asInt(), t -> new ArrayList<>()).add(times);
    }
    threads.forEach(
        (thread, times) -> {
          times.sort(Comparator.<long[]>comparingLong(t -> t[0]).thenComparingLong(t -> -t[1]));
          long[] outer = {0, 0};
          for (long[] slice : times) {
            boolean within = slice[0] < outer[1];
            assertThat(!within || slice[1] <= outer[1]).as("thread %d", thread).isTrue();
            outer = within ? outer : slice;
          }
        });
  }

  private static List<JsonNode> slices(JsonNode timeline) {
    List<JsonNode> slices = new ArrayList<>();
    for (JsonNode event : timeline.get("traceEvents")) {
      if (event.get("ph").asString().equals("X")) {
        slices.add(event);
      }
    }
    return slices;
  }

  private static Map<String, Long> waited(List<JsonNode> slices, int image) {
    Map<String, Long> waited = new TreeMap<>();
    for (JsonNode slice : slices) {
      String name = slice.get("name").asString();
      if (name.startsWith("waits: ") && slice.get("args").get("image").asInt() == image) {
        waited.merge(name.substring("waits: ".length()), slice.get("dur").asLong(), Long::sum);
      }
    }
    return waited;
  }

  private static Map<String, Long> numbers(JsonNode object) {
    Map<String, Long> numbers = new TreeMap<>();
    object.properties().forEach(each -> numbers.put(each.getKey(), each.getValue().asLong()));
    return numbers;
  }

  /** The last image of which all stages, of which each layer has one at least, are over. */
  private static int lastComplete(List<JsonNode> slices, int layers) {
    Map<Integer, Integer> ended = new TreeMap<>();
    for (JsonNode slice : slices) {
      if (slice.get("cat").asString().equals("image")
          && !slice.get("name").asString().endsWith("(goes on)")) {
        ended.merge(slice.get("args").get("image").asInt(), 1, Integer::sum);
      }
    }
    int stages = ended.get(0);
    assertThat(stages).isGreaterThanOrEqualTo(layers);
    return ended.entrySet().stream()
        .filter(image -> image.getValue() == stages)
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }
}
