package io.github.primesim.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.metrics.Occupancy;
import io.github.primesim.timeline.Execution;
import io.github.primesim.timeline.Recording;
import io.github.primesim.timeline.Slice;
import io.github.primesim.timeline.Slice.Kind;
import io.github.primesim.timeline.Track;
import io.github.primesim.timeline.Window;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Timelines of random traces against the results of the runs they show, and against a memory in
 * which time is ticked through.
 */
class TimelineTest {
  private static final Window WHOLE = new Window(0, Window.END, Long.MAX_VALUE);

  @Test
  void oneImage() {
    for (int seed = 20_000; seed < 20_300; seed++) {
      RandomTraces traces = new RandomTraces(new SplittableRandom(seed));
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 1);
      SimulationResult result = memory.run(trace);

      List<Slice> slices = record(trace, memory, Execution.ALONE, WHOLE);

      String what = "seed " + seed;
      assertNested(what, slices);
      for (int stage = 0; stage < result.stages().size(); stage++) {
        StageResult expected = result.stages().get(stage);
        assertThat(stalls(slices, stage, 0))
            .as("stalls of stage %d of %s", stage, what)
            .isEqualTo(byKey(expected));
        List<Slice> images = of(slices, Kind.IMAGE, "stage " + stage + ":");
        assertThat(images)
            .as("images of stage %d of %s", stage, what)
            .hasSize(expected.cycles() == 0 ? 0 : 1)
            .allMatch(slice -> slice.beginCycle() == expected.beginCycle())
            .allMatch(slice -> slice.endCycle() == expected.endCycle());
      }
      assertThat(busyByKind(slices))
          .as("occupancy of %s", what)
          .isEqualTo(
              result.occupancy().stream()
                  .collect(Collectors.toMap(Occupancy::unit, Occupancy::busyCycles)));
      assertThat(slices.stream().filter(slice -> slice.kind() == Kind.COMMAND).count())
          .as("events of %s", what)
          .isEqualTo(result.events());
      assertThat(busyByUnit(slices))
          .as("busy cycles of the units of %s", what)
          .isEqualTo(new TreeMap<>(new TickingMemory(trace, memory, 1).run(1).busy));
      assertConversionsFillMats(what, slices, memory);
    }
  }

  @Test
  void batches() {
    for (int seed = 30_000; seed < 30_300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomTraces traces = new RandomTraces(random);
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 1 + random.nextInt(5));
      SimulationResult result = memory.run(trace);

      List<Slice> slices = record(trace, memory, Execution.PIPELINED, WHOLE);

      String what = "seed " + seed;
      assertNested(what, slices);
      int instances = trace.header().instances();
      int last = (trace.header().batch() - 1) / instances;
      for (int stage = 0; stage < result.stages().size(); stage++) {
        assertThat(stalls(slices, stage, last))
            .as("stalls of stage %d of %s", stage, what)
            .isEqualTo(
                result.stages().get(stage).pipelinedStalls().asMap().entrySet().stream()
                    .collect(Collectors.toMap(e -> e.getKey().key(), Map.Entry::getValue)));
      }
      long end = slices.stream().mapToLong(Slice::endCycle).max().orElse(0);
      assertThat(end).as("end of %s", what).isEqualTo(result.throughput().cycles());
    }
  }

  @Test
  void streams() {
    for (int seed = 40_000; seed < 40_040; seed++) {
      RandomTraces traces = new RandomTraces(new SplittableRandom(seed));
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 0);
      SimulationResult result = memory.run(trace);

      List<Slice> slices = record(trace, memory, Execution.PIPELINED, WHOLE);

      assertNested("seed " + seed, slices);
      if (!slices.isEmpty()) {
        assertSameImage("seed " + seed, slices, result);
      }
    }
  }

  /** Stages that never meet are simulated ahead of their time in a run, and not in a recording. */
  @Test
  void streamsWithoutContention() {
    for (int seed = 1; seed <= 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      TestMemory memory = new TestMemory();
      memory.bufferedImages = 1 + random.nextInt(4);
      List<Stage> stages = new ArrayList<>();
      for (int stage = 0; stage < 6; stage++) {
        List<Integer> producers = new ArrayList<>();
        for (int producer = 0; producer < stage; producer++) {
          if (producer == stage - 1 || random.nextInt(4) == 0) {
            producers.add(producer);
          }
        }
        stages.add(
            TestMemory.stage(
                producers, TestMemory.program(stage, new Pool(36 + random.nextInt(5)))));
      }
      Trace trace = TestMemory.trace(1, 8, 1, 0, stages);

      List<Slice> slices = record(trace, memory, Execution.PIPELINED, WHOLE);

      assertSameImage("seed " + seed, slices, memory.run(trace));
    }
  }

  /** The image that completed last: every stage ended it, and no later one is whole. */
  private static void assertSameImage(String what, List<Slice> slices, SimulationResult result) {
    int image = completed(slices);
    for (int stage = 0; stage < result.stages().size(); stage++) {
      assertThat(stalls(slices, stage, image))
          .as("stalls of stage %d, image %d of %s", stage, image, what)
          .isEqualTo(
              result.stages().get(stage).pipelinedStalls().asMap().entrySet().stream()
                  .collect(Collectors.toMap(e -> e.getKey().key(), Map.Entry::getValue)));
    }
  }

  @Test
  void aWindowShowsWhatTheWholeTimelineHasThere() {
    for (int seed = 50_000; seed < 50_150; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomTraces traces = new RandomTraces(random);
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 3);
      List<Slice> whole = record(trace, memory, Execution.PIPELINED, WHOLE);
      long end = whole.stream().mapToLong(Slice::endCycle).max().orElse(2);
      long from = random.nextLong(end);
      Window window = new Window(from, from + 1 + random.nextLong(end), Long.MAX_VALUE);

      List<Slice> part = record(trace, memory, Execution.PIPELINED, window);

      Predicate<Slice> shown = slice -> window.shows(slice.beginCycle(), slice.endCycle());
      // How long a stage has an image, or somebody waits, may be known after the window only.
      Predicate<Slice> later =
          slice ->
              slice.endCycle() > window.toCycle()
                  && (slice.kind() == Kind.STALL || slice.kind() == Kind.IMAGE);
      Predicate<Slice> unfinished = slice -> slice.name().endsWith("(goes on)");
      String what = "seed " + seed + ", " + window;
      Set<Slice> expected = whole.stream().filter(shown).collect(Collectors.toSet());
      Set<Slice> known = expected.stream().filter(later.negate()).collect(Collectors.toSet());
      Set<Slice> found = new HashSet<>(part);
      assertThat(found).as(what).hasSameSizeAs(part);
      known.removeAll(found);
      assertThat(known).as("missing in %s", what).isEmpty();
      found.removeIf(unfinished.or(expected::contains));
      assertThat(found).as("too much in %s", what).isEmpty();
      assertThat(part.stream().filter(slice -> slice.kind() == Kind.IMAGE))
          .as(what)
          .hasSameSizeAs(
              whole.stream().filter(shown).filter(slice -> slice.kind() == Kind.IMAGE).toList());
    }
  }

  @Test
  void aRunIsNotFollowedBeyondTheMostSlices() {
    Trace trace =
        TestMemory.trace(
            TestMemory.stage(
                List.of(), TestMemory.program(0, new Loop(1000, List.of(new Load(0, 3))))));
    TestMemory memory = new TestMemory();
    List<Slice> slices = new ArrayList<>();

    Recording recording =
        Simulation.record(
            trace, memory.spec(), Execution.ALONE, new Window(100, Window.END, 50), slices::add);

    assertThat(recording.cut()).isTrue();
    assertThat(recording.slices()).isEqualTo(slices.size()).isBetween(50L, 55L);
    // A load takes 3 cycles of the buffer, then 3 of the port; each use is on two tracks.
    assertThat(recording.untilCycle()).isBetween(100L + 6 * 11, 100L + 6 * 14);
    List<Slice> whole = record(trace, memory, Execution.ALONE, WHOLE);
    assertThat(slices)
        .containsAll(
            whole.stream()
                .filter(slice -> slice.kind() != Kind.IMAGE)
                .filter(slice -> slice.endCycle() > 100)
                .filter(slice -> slice.beginCycle() < recording.untilCycle())
                .toList());
    assertThat(of(slices, Kind.IMAGE, ""))
        .singleElement()
        .matches(image -> image.endCycle() == recording.untilCycle());
  }

  @Test
  void twoLoadsAtOnePort() {
    Trace trace =
        TestMemory.trace(
            TestMemory.stage(
                List.of(),
                TestMemory.program(0, new Load(0, 4)),
                TestMemory.program(0, new Compute(0, 1, 2, 3, 1, List.of(List.of(2))))),
            TestMemory.stage(List.of(), TestMemory.program(0, new Store(0, 5))));

    List<Slice> slices = record(trace, new TestMemory(), Execution.ALONE, WHOLE);

    assertThat(lines(slices))
        .containsExactlyInAnyOrder(
            "stage 0: layer / images / image layer 0-9",
            "stage 0: layer / bank 0, program 0: load ff 0 bits 4 / command bufferReadPort 0-4",
            "stage 0: layer / bank 0, program 0: load ff 0 bits 4 / stall ffPort 4-5",
            "stage 0: layer / bank 0, program 0: load ff 0 bits 4 / command ffPort 5-9",
            "bank 0 / buffer read port / unit load layer 0-4",
            "bank 0, FF subarray 0 / FF port / unit load layer 5-9",
            "stage 0: layer / bank 0, program 1: comp ff 0 mats 1-2 depth 3 passes 1 slices 2 /"
                + " command mat 0-8",
            "stage 0: layer / bank 0, program 1: comp ff 0 mats 1-2 depth 3 passes 1 slices 2 /"
                + " queued senseAmplifier 4-8",
            "bank 0, FF subarray 0 / mat 1 / unit comp layer 0-8",
            "bank 0, FF subarray 0 / mat 1 sense amplifiers / conversion input slice 0 2-8",
            "bank 0, FF subarray 0 / mat 2 / unit comp layer 0-8",
            "bank 0, FF subarray 0 / mat 2 sense amplifiers / conversion input slice 0 2-8",
            "stage 1: layer / images / image layer 0-10",
            "stage 1: layer / bank 0, program 0: store ff 0 bits 5 / command ffPort 0-5",
            "stage 1: layer / bank 0, program 0: store ff 0 bits 5 / command bufferWritePort 5-10",
            "bank 0, FF subarray 0 / FF port / unit store layer 0-5",
            "bank 0 / buffer write port / unit store layer 5-10");
  }

  private static List<String> lines(List<Slice> slices) {
    return slices.stream()
        .map(
            slice ->
                slice.track().place().name()
                    + " / "
                    + slice.track().name()
                    + " / "
                    + slice.kind().key()
                    + " "
                    + slice.name()
                    + " "
                    + slice.beginCycle()
                    + "-"
                    + slice.endCycle())
        .toList();
  }

  private static List<Slice> record(
      Trace trace, TestMemory memory, Execution execution, Window window) {
    List<Slice> slices = new ArrayList<>();
    Recording recording = Simulation.record(trace, memory.spec(), execution, window, slices::add);
    assertThat(recording.slices()).isEqualTo(slices.size());
    assertThat(recording.cut()).isFalse();
    return slices;
  }

  private static Map<String, Long> byKey(StageResult stage) {
    return stage.stalls().asMap().entrySet().stream()
        .collect(Collectors.toMap(e -> e.getKey().key(), Map.Entry::getValue));
  }

  private static List<Slice> of(List<Slice> slices, Kind kind, String place) {
    return slices.stream()
        .filter(slice -> slice.kind() == kind && slice.track().place().name().contains(place))
        .toList();
  }

  /** Cycles waited in a stage of the first instance for an image, by cause. */
  private static Map<String, Long> stalls(List<Slice> slices, int stage, int image) {
    Map<String, Long> sums = new HashMap<>();
    for (Slice slice : slices) {
      boolean waits = slice.kind() == Kind.STALL || slice.kind() == Kind.QUEUED;
      String place = slice.track().place().name();
      boolean first = place.startsWith("stage ") || place.startsWith("instance 0,");
      if (waits && first && slice.image() == image && place.contains("stage " + stage + ":")) {
        sums.merge(slice.name(), slice.cycles(), Long::sum);
      }
    }
    return sums;
  }

  private static int completed(List<Slice> slices) {
    Map<Integer, Long> ended = new TreeMap<>();
    for (Slice slice : slices) {
      if (slice.kind() == Kind.IMAGE && !slice.name().endsWith("(goes on)")) {
        ended.merge(slice.image(), 1L, Long::sum);
      }
    }
    long most = ended.get(0);
    return ended.entrySet().stream()
        .filter(image -> image.getValue() == most)
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }

  /** By kind of unit: what commands held, as often as there are units on which they held it. */
  private static Map<String, Long> busyByKind(List<Slice> slices) {
    Map<String, Long> busy = new HashMap<>();
    busyByUnit(slices).forEach((unit, cycles) -> busy.merge(kind(unit), cycles, Long::sum));
    return busy;
  }

  private static String kind(String unit) {
    return switch (unit.replaceAll("[0-9.]", "")) {
      case "read" -> "bufferReadPort";
      case "write" -> "bufferWritePort";
      case "lines" -> "globalDataLines";
      case "path" -> "interBankPath";
      case "port" -> "ffPort";
      case "mat" -> "mat";
      case "accumulator" -> "matAccumulator";
      case "merge" -> "subarrayAccumulator";
      case "reorder" -> "reorderBuffer";
      case "gather" -> "inputGather";
      case "activate" -> "activationUnits";
      case "pool" -> "poolingUnits";
      case "element" -> "elementwiseUnits";
      default -> throw new AssertionError(unit);
    };
  }

  /** By unit, its servers added up, under the names of {@link TickingMemory}. */
  private static Map<String, Long> busyByUnit(List<Slice> slices) {
    Map<String, Long> busy = new TreeMap<>();
    for (Slice slice : slices) {
      if (slice.kind() == Kind.UNIT) {
        busy.merge(unit(slice.track()), slice.cycles(), Long::sum);
      }
    }
    return busy;
  }

  private static String unit(Track track) {
    String place =
        track
            .place()
            .name()
            .replace("bank ", "")
            .replace(", FF subarray ", ".")
            .replace("chip", "");
    String name = track.name();
    if (name.startsWith("mat ")) {
      String mat = name.replaceAll("^mat (\\d+).*", "$1");
      return (name.endsWith("accumulator") ? "accumulator" : "mat") + place + "." + mat;
    }
    String[][] names = {
      {"buffer read port", "read"},
      {"buffer write port", "write"},
      {"global data lines", "lines"},
      {"inter-bank path", "path"},
      {"FF port", "port"},
      {"subarray accumulator", "merge"},
      {"reorder buffer", "reorder"},
      {"input gather", "gather"},
      {"activation units", "activate"},
      {"pooling units", "pool"},
      {"elementwise units", "element"}
    };
    for (String[] each : names) {
      if (name.startsWith(each[0])) {
        return each[1] + place;
      }
    }
    throw new AssertionError(name);
  }

  /** Slices of a track lie one behind the other or one within the other; units hold one command. */
  private static void assertNested(String what, List<Slice> slices) {
    Map<Track, List<Slice>> tracks = new LinkedHashMap<>();
    slices.forEach(s -> tracks.computeIfAbsent(s.track(), t -> new ArrayList<>()).add(s));
    tracks.forEach(
        (track, own) -> {
          own.sort(
              Comparator.comparingLong(Slice::beginCycle)
                  .thenComparing(Comparator.comparingLong(Slice::cycles).reversed()));
          boolean nests = own.stream().anyMatch(slice -> slice.kind() == Kind.QUEUED);
          Slice outer = null;
          for (Slice slice : own) {
            assertThat(slice.cycles()).isPositive();
            if (outer != null && slice.beginCycle() < outer.endCycle()) {
              assertThat(nests && slice.kind() == Kind.QUEUED)
                  .as("%s of %s: %s and %s", track, what, outer, slice)
                  .isTrue();
              assertThat(slice.endCycle()).isEqualTo(outer.endCycle());
            } else {
              outer = slice;
            }
          }
        });
  }

  /** What sense amplifiers do not convert of the time of a mat, its wordlines are driven. */
  private static void assertConversionsFillMats(
      String what, List<Slice> slices, TestMemory memory) {
    Map<String, long[]> mats = new HashMap<>();
    for (Slice slice : slices) {
      String mat =
          slice.track().place().name() + slice.track().name().replace(" sense amplifiers", "");
      long[] sums = mats.computeIfAbsent(mat, m -> new long[2]);
      if (slice.kind() == Kind.UNIT && slice.track().name().matches("mat \\d+")) {
        sums[0] += slice.cycles();
      } else if (slice.kind() == Kind.CONVERSION) {
        sums[1] += slice.cycles() + (long) (memory.driveNs + memory.pulseNs);
      }
    }
    mats.forEach((mat, sums) -> assertThat(sums[1]).as("%s of %s", mat, what).isEqualTo(sums[0]));
  }
}
