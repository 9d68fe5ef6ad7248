package io.github.primesim.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Random traces on random memories take the same time here and where time is ticked through. */
class DifferentialTest {
  @Test
  void batchesOfImages() {
    for (int seed = 0; seed < 1600; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomTraces traces = new RandomTraces(random);
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 1 + random.nextInt(5));
      int instances = trace.header().instances();
      int batch = trace.header().batch();
      int[] images = new int[instances];
      Arrays.setAll(images, i -> batch / instances + (i < batch % instances ? 1 : 0));

      SimulationResult result = memory.run(trace);

      assertAlone(seed, trace, memory, result);
      TickingMemory all = new TickingMemory(trace, memory, images).run(images[0]);
      assertThat(result.throughput())
          .as("throughput of seed %d", seed)
          .isEqualTo(new Throughput(batch, all.completed.get(images[0] - 1), true));
      assertPipelined(seed, images[0] - 1, all, result);
    }
  }

  @Test
  void streamsOfImages() {
    for (int seed = 10_000; seed < 10_400; seed++) {
      RandomTraces traces = new RandomTraces(new SplittableRandom(seed));
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 0);
      int instances = trace.header().instances();
      int most = 64 + 2 * trace.stages().size();
      int[] images = new int[instances];
      Arrays.fill(images, most);

      SimulationResult result = memory.run(trace);

      assertAlone(seed, trace, memory, result);
      long pace = pace(trace, memory, instances);
      TickingMemory all = new TickingMemory(trace, memory, images).paced(pace);
      int last = -1;
      int[] parts = parts(trace);
      Throughput steady = null;
      while (steady == null) {
        all.run(++last + 1);
        steady = steady(all, last, pace, parts, memory.bufferedImages);
      }
      assertThat(result.throughput())
          .as("throughput of seed %d", seed)
          .isEqualTo(new Throughput(steady.images() * instances, steady.cycles(), steady.exact()));
      assertPipelined(seed, last, all, result);
    }
  }

  /** What is called exact holds for as long as one cares to look. */
  @Test
  void exactIntervalsGoOn() {
    int exact = 0;
    for (int seed = 20_000; seed < 20_150; seed++) {
      RandomTraces traces = new RandomTraces(new SplittableRandom(seed));
      TestMemory memory = traces.memory();
      Trace trace = traces.trace(memory, 0);
      Throughput found = memory.run(trace).throughput();
      if (!found.exact() || found.cycles() == 0) {
        continue;
      }
      exact++;
      int instances = trace.header().instances();
      int[] images = new int[instances];
      Arrays.fill(images, 250);
      TickingMemory all =
          new TickingMemory(trace, memory, images).paced(pace(trace, memory, instances));
      all.run(200);
      int period = (int) found.images() / instances;
      long cycles = all.completed.get(199) - all.completed.get(199 - 25 * period);
      assertThat(cycles).as("25 periods of seed %d", seed).isEqualTo(25 * found.cycles());
    }
    assertThat(exact).isGreaterThan(100);
  }

  private static void assertAlone(
      int seed, Trace trace, TestMemory memory, SimulationResult result) {
    TickingMemory one = new TickingMemory(trace, memory, 1).run(1);
    assertThat(result.latencyCycles())
        .as("latency of seed %d", seed)
        .isEqualTo(one.completed.get(0));
    long events = 0;
    for (int stage = 0; stage < trace.stages().size(); stage++) {
      StageResult actual = result.stages().get(stage);
      TickingMemory.StageRun expected = one.stage(stage);
      String what = "stage " + stage + " of seed " + seed;
      assertThat(actual.beginCycle()).as(what).isEqualTo(expected.begins.get(0));
      assertThat(actual.endCycle()).as(what).isEqualTo(expected.ends.get(0));
      assertThat(actual.actions()).as(what).isEqualTo(expected.actions.get(0).build());
      assertThat(actual.stalls()).as(what).isEqualTo(expected.stalls.get(0).build());
      events += expected.events;
    }
    assertThat(result.events()).as("events of seed %d", seed).isEqualTo(events);
  }

  private static void assertPipelined(
      int seed, int image, TickingMemory all, SimulationResult result) {
    for (int stage = 0; stage < result.stages().size(); stage++) {
      assertThat(result.stages().get(stage).pipelinedStalls())
          .as("stage %d, image %d of seed %d", stage, image, seed)
          .isEqualTo(all.stage(stage).stalls.get(image).build());
    }
  }

  /**
   * The slowest stage alone, or the busiest unit: what the one image that is alone keeps a unit
   * busy with, times the instances for the path between banks, over its servers.
   */
  private static long pace(Trace trace, TestMemory memory, int instances) {
    long pace = 0;
    for (Stage stage : trace.stages()) {
      Stage free = new Stage(stage.layer(), List.of(), stage.facts(), stage.programs());
      Trace alone = new Trace(trace.header(), List.of(free));
      pace = Math.max(pace, new TickingMemory(alone, memory, 1).run(1).completed.get(0));
    }
    TickingMemory one = new TickingMemory(trace, memory, 1).run(1);
    for (var unit : one.busy.entrySet()) {
      long users = TickingMemory.isShared(unit.getKey()) ? instances : 1;
      long servers = one.servers(unit.getKey());
      pace = Math.max(pace, (unit.getValue() * users + servers - 1) / servers);
    }
    return pace;
  }

  /** The interval if the stream is steady at {@code last}, otherwise null. */
  private static Throughput steady(
      TickingMemory all, int last, long pace, int[] parts, int bufferedImages) {
    int settled = 0;
    while (settled <= last && all.began.get(settled) < all.completed.get(0)) {
      settled++;
    }
    for (int period = 1; period <= Math.max(4, bufferedImages); period++) {
      long cycles = last < period ? 0 : all.completed.get(last) - all.completed.get(last - period);
      int from = last - 2 * Math.max(period, bufferedImages) + 1;
      if (from - period >= Math.max(1, settled)
          && cycles >= period * pace
          && repeats(all, period, from, last, cycles)) {
        return new Throughput(period, cycles, true);
      }
    }
    boolean doubled = last == 16 || last == 32 || last == 64;
    if (doubled && last >= settled && keepsUp(all, last, pace, parts)) {
      return new Throughput(1, pace, false);
    }
    if (last == 64) {
      long cycles = 32 * pace;
      for (int part : parts) {
        cycles = Math.max(cycles, Math.round(grown(all, part, parts, 32, 64)));
      }
      return new Throughput(32, cycles, false);
    }
    return null;
  }

  /** Whether each of some images is like the one a period before, in all stages. */
  private static boolean repeats(TickingMemory all, int period, int from, int last, long cycles) {
    for (int image = from; image <= last; image++) {
      int now = image;
      int before = image - period;
      if (!all.runs()
          .allMatch(
              run ->
                  run.begins.get(now) - run.begins.get(before) == cycles
                      && run.ends.get(now) - run.ends.get(before) == cycles
                      // Only what stages of the first instance wait for is asked for.
                      && (!all.isOfFirstInstance(run)
                          || run.stalls.get(now).build().equals(run.stalls.get(before).build())))) {
        return false;
      }
    }
    return true;
  }

  /** By stage: the first one that producers connect it with. */
  private static int[] parts(Trace trace) {
    int[] parts = IntStream.range(0, trace.stages().size()).toArray();
    for (int round = 0; round < parts.length; round++) {
      for (int stage = 0; stage < parts.length; stage++) {
        for (int producer : trace.stages().get(stage).producers()) {
          int first = Math.min(parts[stage], parts[producer]);
          parts[stage] = first;
          parts[producer] = first;
        }
      }
    }
    return parts;
  }

  /** Whether all was let in on time and the later half of the images fell behind less. */
  private static boolean keepsUp(TickingMemory all, int last, long pace, int[] parts) {
    for (TickingMemory.StageRun run : all.runs().toList()) {
      for (int image = 0; run.isSource() && image <= last; image++) {
        if (run.begins.get(image) > image * pace) {
          return false;
        }
      }
    }
    double half = 0.5 * last * pace;
    for (int part : parts) {
      double earlier = grown(all, part, parts, 0, last / 2) - half;
      double later = grown(all, part, parts, last / 2, last) - half;
      if (later > earlier / 2 && later >= half / 200) {
        return false;
      }
    }
    return true;
  }

  /** Cycles from the end of an image to that of another, the mean over the stages of a part. */
  private static double grown(TickingMemory all, int part, int[] parts, int from, int to) {
    return all.runs()
        .filter(run -> parts[run.number()] == part)
        .mapToLong(run -> run.ends.get(to) - run.ends.get(from))
        .average()
        .orElseThrow();
  }
}
