package io.github.primesim.benchmark;

import io.github.primesim.kernel.Entity;
import io.github.primesim.kernel.Experiment;
import io.github.primesim.units.Clock;
import java.util.concurrent.TimeUnit;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;

/**
 * The hold model: a constant number of pending events, each of which schedules itself again. One
 * operation is one event.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Batch.EVENTS)
public class HoldBenchmark {
  /** What all engines are given. */
  @State(Scope.Benchmark)
  public static class Load {
    @Param({"CLOCKED", "EXPONENTIAL", "FAR"})
    Distribution delays;

    @Param({"1000", "100000"})
    int pending;
  }

  /** The kernel of primesim. */
  @State(Scope.Thread)
  public static class Kernel {
    private final Experiment experiment = new Experiment("hold", new Clock(1));
    private final Batch batch = new Batch();

    private final class KernelHolder extends Entity {
      private final Delays delays;

      KernelHolder(Delays delays) {
        super(experiment, "holder");
        this.delays = delays;
      }

      @Override
      protected void handle(int event, long payload) {
        schedule(delays.next(), event, payload);
        if (batch.isLast()) {
          experiment().stop();
        }
      }
    }

    /** Fills the event list. */
    @Setup
    public void fill(Load load) {
      Delays delays = new Delays(load.delays);
      KernelHolder holder = new KernelHolder(delays);
      for (int i = 0; i < load.pending; i++) {
        experiment.schedule(holder, delays.next(), 0, 0, i);
      }
    }
  }

  /** {@link java.util.PriorityQueue}. */
  @State(Scope.Thread)
  public static class Heap {
    private final HeapEngine engine = new HeapEngine();
    private final Batch batch = new Batch();

    private final class HeapHolder extends HeapEvent {
      private final Delays delays;

      HeapHolder(Delays delays) {
        this.delays = delays;
      }

      @Override
      void act() {
        engine.schedule(this, delays.next());
        if (batch.isLast()) {
          engine.stop();
        }
      }
    }

    /** Fills the event list. */
    @Setup
    public void fill(Load load) {
      Delays delays = new Delays(load.delays);
      for (int i = 0; i < load.pending; i++) {
        engine.schedule(new HeapHolder(delays), delays.next());
      }
    }
  }

  /** SSJ with its default event list, a splay tree. */
  @State(Scope.Thread)
  public static class Ssj {
    private final Simulator simulator = new Simulator();
    private final Batch batch = new Batch();

    private final class SsjHolder extends Event {
      private final Delays delays;

      SsjHolder(Delays delays) {
        super(simulator);
        this.delays = delays;
      }

      @Override
      public void actions() {
        schedule(delays.next());
        if (batch.isLast()) {
          simulator.stop();
        }
      }
    }

    /** Fills the event list. */
    @Setup
    public void fill(Load load) {
      Delays delays = new Delays(load.delays);
      for (int i = 0; i < load.pending; i++) {
        new SsjHolder(delays).schedule(delays.next());
      }
    }
  }

  /** DSOL with its default event list, a red-black tree. */
  @State(Scope.Thread)
  public static class Dsol {
    private final SteppedDsol simulator = new SteppedDsol();

    private final class DsolHolder implements Executable {
      private final Delays delays;

      DsolHolder(Delays delays) {
        this.delays = delays;
      }

      @Override
      public void execute() {
        simulator.schedule(delays.next(), this);
      }
    }

    /** Fills the event list. */
    @Setup
    public void fill(Load load) {
      Delays delays = new Delays(load.delays);
      for (int i = 0; i < load.pending; i++) {
        simulator.schedule(delays.next(), new DsolHolder(delays));
      }
    }
  }

  /** One batch on primesim's kernel. */
  @Benchmark
  public long primesim(Kernel kernel) {
    kernel.batch.begin();
    kernel.experiment.run();
    return kernel.experiment.now();
  }

  /** One batch on a priority queue. */
  @Benchmark
  public long priorityQueue(Heap heap) {
    heap.batch.begin();
    heap.engine.run();
    return heap.engine.now();
  }

  /** One batch on SSJ. */
  @Benchmark
  public double ssj(Ssj ssj) {
    ssj.batch.begin();
    ssj.simulator.start();
    return ssj.simulator.time();
  }

  /** One batch on DSOL. */
  @Benchmark
  public long dsol(Dsol dsol) {
    for (int i = 0; i < Batch.EVENTS; i++) {
      dsol.simulator.executeNext();
    }
    return dsol.simulator.getSimulatorTime();
  }
}
