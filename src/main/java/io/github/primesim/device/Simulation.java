package io.github.primesim.device;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.kernel.Experiment;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import io.github.primesim.timeline.Execution;
import io.github.primesim.timeline.Recording;
import io.github.primesim.timeline.Timeline;
import io.github.primesim.timeline.Window;
import io.github.primesim.trace.Command.Send;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.units.InputProblem;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Replays a trace on a memory.
 *
 * <p>Two runs: one image that has the memory to itself gives the latency, then a batch or an
 * endless stream of images gives the throughput. A stream is let in at the pace of the slowest
 * stage with the memory to itself or of the busiest unit, whichever is slower: let in faster,
 * images would only pile up in front of it, and it would take dozens of them until the memory shows
 * its steady rate. Instances share nothing but the path between banks; if nothing is sent over it,
 * one instance is simulated and stands for all. The same trace and specification give the same
 * result.
 */
public final class Simulation {
  private final Trace trace;
  private final HardwareSpec spec;
  private final Timings timings;
  private final boolean folded;
  private final Effort effort;
  private final ImageProgress progress;
  private final Map<LongBuffer, LoneClusters.Outcome> outcomes = new HashMap<>();

  private Simulation(
      Trace trace, HardwareSpec spec, boolean folded, Effort effort, ImageProgress progress) {
    this.trace = trace;
    this.spec = spec;
    this.timings = new Timings(spec);
    this.folded = folded;
    this.effort = effort;
    this.progress = progress;
  }

  /**
   * Simulates a trace, leaving out repetitions ({@link #run(Trace, HardwareSpec, boolean)}).
   *
   * @throws InputProblem as there
   */
  public static SimulationResult run(Trace trace, HardwareSpec spec) {
    return run(trace, spec, true);
  }

  /**
   * Simulates a trace.
   *
   * @param folded whether repetitions of a state are left out, which changes no digit of the
   *     result; otherwise every iteration and every image is simulated
   * @throws InputProblem if the memory cannot execute it: a bank, subarray or mat that does not
   *     exist, conversions of more bits than the sense amplifiers have, a count that does not fit
   */
  public static SimulationResult run(Trace trace, HardwareSpec spec, boolean folded) {
    return run(trace, spec, folded, ImageProgress.SILENT);
  }

  /**
   * Simulates a trace and tells how far it has come.
   *
   * @throws InputProblem as {@link #run(Trace, HardwareSpec, boolean)}
   */
  public static SimulationResult run(
      Trace trace, HardwareSpec spec, boolean folded, ImageProgress progress) {
    return run(trace, spec, folded, new Effort(), progress);
  }

  /**
   * Simulates a trace and tells what it took to do so.
   *
   * @throws InputProblem as {@link #run(Trace, HardwareSpec, boolean)}
   */
  public static SimulationResult run(
      Trace trace, HardwareSpec spec, boolean folded, Effort effort) {
    return run(trace, spec, folded, effort, ImageProgress.SILENT);
  }

  private static SimulationResult run(
      Trace trace, HardwareSpec spec, boolean folded, Effort effort, ImageProgress progress) {
    TraceCheck.check(trace, spec);
    try {
      return new Simulation(trace, spec, folded, effort, progress).run();
    } catch (ArithmeticException e) {
      throw new InputProblem(
          "network '"
              + trace.header().network()
              + "': its trace waits for more cycles than a signed 64-bit number can count, allowed:"
              + " fewer iterations",
          e);
    }
  }

  /**
   * What an image does in each stage, whenever it does it: the counts that {@link #run} prices,
   * without a simulation.
   *
   * @throws InputProblem as {@link #run}
   */
  public static List<Counts<Action>> actions(Trace trace, HardwareSpec spec) {
    TraceCheck.check(trace, spec);
    TraceTotals totals = new TraceTotals(trace, spec, new Timings(spec));
    List<Counts<Action>> actions = new ArrayList<>();
    for (int stage = 0; stage < trace.stages().size(); stage++) {
      actions.add(totals.actions(stage));
    }
    return actions;
  }

  /**
   * Records what a run of {@link #run} does when. It is simulated once more with nothing left out,
   * so that every unit of every bank has its track, and takes the same cycles. Instances that share
   * nothing are shown by the first one.
   *
   * @return how much of the window was recorded
   * @throws InputProblem as {@link #run}
   */
  public static Recording record(
      Trace trace, HardwareSpec spec, Execution execution, Window window, Timeline timeline) {
    TraceCheck.check(trace, spec);
    return new Simulation(trace, spec, true, new Effort(), ImageProgress.SILENT)
        .record(execution, window, timeline);
  }

  private Recording record(Execution execution, Window window, Timeline timeline) {
    int stages = trace.stages().size();
    int[] images = {1};
    long pace = 0;
    ImageLog log = ImageLog.ofBatch(stages, 1, 1);
    if (execution == Execution.PIPELINED) {
      images = imagesOfRun();
      if (trace.header().batch() > 0) {
        log = ImageLog.ofBatch(stages, images.length, images[0]);
      } else {
        pace = pace(new TraceTotals(trace, spec, timings), images.length, alone());
        log = stream(images.length, pace);
      }
    }
    Recorder recorder = new Recorder(trace, spec, timings, images.length, window, timeline);
    ProgramTable programs = ProgramTable.everything(trace, spec, timings, images.length);
    LoneClusters lone = LoneClusters.of(programs, timings.clock(), folded, outcomes, effort);
    return recorder.record(
        experiment(memory(programs, lone, images, pace, log, progress, recorder)));
  }

  private ImageLog alone() {
    ImageLog alone = ImageLog.ofBatch(trace.stages().size(), 1, 1);
    execute(ProgramTable.ofSingleImage(trace, spec, timings), new int[] {1}, 0, alone, progress);
    return alone;
  }

  private SimulationResult run() {
    TraceTotals totals = new TraceTotals(trace, spec, timings);
    ImageLog alone = alone();

    TraceHeader header = trace.header();
    ImageLog pipelined;
    Throughput throughput;
    int[] images = imagesOfRun();
    if (header.batch() > 0) {
      pipelined = ImageLog.ofBatch(trace.stages().size(), images.length, images[0]);
      executeMany(images, 0, pipelined);
      throughput = new Throughput(header.batch(), pipelined.makespan(), true);
    } else {
      long pace = pace(totals, images.length, alone);
      pipelined = stream(images.length, pace);
      executeMany(images, pace, pipelined);
      Throughput one = pipelined.throughput();
      throughput =
          new Throughput(
              one.images() * header.instances() * header.copies(), one.cycles(), one.exact());
    }

    List<StageResult> stages = new ArrayList<>();
    for (int stage = 0; stage < trace.stages().size(); stage++) {
      Counts<Stall> queued = totals.queued(stage);
      stages.add(
          new StageResult(
              trace.stages().get(stage).layer(),
              alone.began(stage),
              alone.ended(stage),
              totals.actions(stage),
              queued.plus(alone.waits(stage)),
              queued.plus(pipelined.waits(stage))));
    }
    return new SimulationResult(
        timings.clock(),
        alone.makespan(),
        throughput,
        totals.events(),
        header.copies(),
        stages,
        BankActions.of(totals.actionsByBank()),
        totals.occupancy());
  }

  /** Cycles of the busiest unit per image, or of the slowest stage alone, whichever is more. */
  private long pace(TraceTotals totals, int instances, ImageLog alone) {
    long slowest = 0;
    if (alone.stagesFollowEachOther()) {
      for (int stage = 0; stage < trace.stages().size(); stage++) {
        slowest = Math.max(slowest, alone.ended(stage) - alone.began(stage));
      }
    } else {
      // Stages of one image that run side by side may wait for each other. In a stream they need
      // not meet, since they may work on different images.
      ProgramTable programs = ProgramTable.ofStagesAlone(trace, spec, timings);
      LoneClusters stages = LoneClusters.of(programs, timings.clock(), folded, outcomes, effort);
      for (int stage = 0; stage < trace.stages().size(); stage++) {
        slowest = Math.max(slowest, stages.cycles(stage));
      }
    }
    return Math.max(slowest, totals.busiestUnitCycles(instances));
  }

  private ImageLog stream(int instances, long pace) {
    int bufferedImages = spec.organization().bufferedImages().count();
    return ImageLog.ofStream(connectedParts(), instances, bufferedImages, pace);
  }

  /** By stage: the number of its part of the network, whose stages producers connect. */
  private int[] connectedParts() {
    int count = trace.stages().size();
    Groups groups = new Groups(count);
    for (int stage = 0; stage < count; stage++) {
      for (int producer : trace.stages().get(stage).producers()) {
        groups.join(stage, producer);
      }
    }
    return groups.numbers();
  }

  private void executeMany(int[] images, long pace, ImageLog log) {
    execute(
        ProgramTable.ofManyImages(trace, spec, timings, images.length),
        images,
        pace,
        log,
        ofAllInstances());
  }

  /** Instances and their copies are about as far as the first one. */
  private ImageProgress ofAllInstances() {
    TraceHeader header = trace.header();
    long atOnce = (long) header.instances() * header.copies();
    int batch = header.batch();
    long most = batch == 0 ? Long.MAX_VALUE : batch;
    return (layer, image, images) -> progress.ends(layer, Math.min(most, image * atOnce), batch);
  }

  private void execute(
      ProgramTable programs, int[] images, long pace, ImageLog log, ImageProgress told) {
    LoneClusters lone = LoneClusters.of(programs, timings.clock(), folded, outcomes, effort);
    PrimeMemory memory = memory(programs, lone, images, pace, log, told, null);
    Experiment experiment = experiment(memory);
    experiment.run();
    memory.addTo(effort, experiment);
  }

  private PrimeMemory memory(
      ProgramTable programs,
      LoneClusters lone,
      int[] images,
      long pace,
      ImageLog log,
      ImageProgress told,
      Witness witness) {
    int bufferedImages = spec.organization().bufferedImages().count();
    MemoryController controller =
        new MemoryController(
            trace.stages(), lone, bufferedImages, images, pace, log, told, witness);
    // A witness wants to see every iteration.
    return new PrimeMemory(programs, controller, folded && witness == null, witness);
  }

  private Experiment experiment(PrimeMemory memory) {
    return Experiment.of(memory, trace.header().network(), timings.clock());
  }

  /** Instances to simulate. */
  private int instances() {
    return sendsBetweenBanks() ? trace.header().instances() : 1;
  }

  /**
   * Images of each simulated instance. A batch goes round in groups of one image for each copy; the
   * first instances get one more than the others.
   */
  private int[] imagesOfRun() {
    TraceHeader header = trace.header();
    if (header.batch() == 0) {
      int[] images = new int[instances()];
      Arrays.fill(images, ImageLog.mostImages(trace.stages().size()));
      return images;
    }
    int groups = (header.batch() - 1) / header.copies() + 1;
    int[] images = new int[instances()];
    for (int instance = 0; instance < images.length; instance++) {
      images[instance] =
          groups / header.instances() + (instance < groups % header.instances() ? 1 : 0);
    }
    return images;
  }

  private boolean sendsBetweenBanks() {
    return trace.stages().stream()
        .map(Stage::programs)
        .flatMap(List::stream)
        .anyMatch(program -> sends(program.steps()));
  }

  private static boolean sends(List<? extends Step> steps) {
    for (Step step : steps) {
      if ((step instanceof Send send && send.bits() > 0)
          || (step instanceof Loop loop && sends(loop.body()))
          || (step instanceof Together together && sends(together.commands()))) {
        return true;
      }
    }
    return false;
  }
}
