package io.github.primesim.benchmark;

import io.github.primesim.kernel.Entity;
import io.github.primesim.kernel.Experiment;
import io.github.primesim.kernel.Resource;
import io.github.primesim.units.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.Executable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;

/**
 * 256 customers travel between 64 servers of one unit each and wait for them, first come, first
 * served; travel and service take 1..100 cycles. One operation is one event: an arrival or the end
 * of a service.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Batch.EVENTS)
public class ContentionBenchmark {
  static final int SERVERS = 64;
  static final int CUSTOMERS = 256;

  /** Delays and routes, the same for all engines. */
  private static final class Journey {
    private final Delays delays = new Delays(Distribution.CLOCKED);
    private final byte[] servers = new byte[1 << 12];
    private int next;

    Journey() {
      SplittableRandom random = new SplittableRandom(64);
      for (int i = 0; i < servers.length; i++) {
        servers[i] = (byte) random.nextInt(SERVERS);
      }
    }

    int server() {
      next = (next + 1) & (servers.length - 1);
      return servers[next];
    }

    int delay() {
      return delays.next();
    }
  }

  private static Server[] servers() {
    Server[] servers = new Server[SERVERS];
    for (int s = 0; s < SERVERS; s++) {
      servers[s] = new Server();
    }
    return servers;
  }

  /** The kernel of primesim and its resources. */
  @State(Scope.Thread)
  public static class Kernel {
    private static final int ARRIVES = 0;
    private static final int SERVED = 1;

    private final Experiment experiment = new Experiment("contention", new Clock(1));
    private final Resource[] servers = new Resource[SERVERS];
    private final Journey journey = new Journey();
    private final Batch batch = new Batch();

    private final class KernelCustomer extends Entity {
      KernelCustomer() {
        super(experiment, "customer");
      }

      @Override
      protected void handle(int event, long payload) {
        if (event == ARRIVES) {
          servers[journey.server()].serve(this, journey.delay(), 0, SERVED, payload);
        } else {
          schedule(journey.delay(), ARRIVES, payload);
        }
        if (batch.isLast()) {
          experiment().stop();
        }
      }
    }

    /** Sends the customers off. */
    @Setup
    public void fill() {
      for (int s = 0; s < SERVERS; s++) {
        servers[s] = new Resource(experiment, "server", 1);
      }
      for (int c = 0; c < CUSTOMERS; c++) {
        experiment.schedule(new KernelCustomer(), journey.delay(), 0, ARRIVES, c);
      }
    }
  }

  /** {@link java.util.PriorityQueue}. */
  @State(Scope.Thread)
  public static class Heap {
    private final HeapEngine engine = new HeapEngine();
    private final Server[] servers = servers();
    private final Journey journey = new Journey();
    private final Batch batch = new Batch();
    private final HeapCustomer[] customers = new HeapCustomer[CUSTOMERS];

    private final class HeapCustomer extends HeapEvent {
      private final int number;
      private Server server;
      private boolean served;

      HeapCustomer(int number) {
        this.number = number;
      }

      @Override
      void act() {
        if (served) {
          int next = server.end(engine.now());
          if (next >= 0) {
            customers[next].beginService();
          }
          served = false;
          engine.schedule(this, journey.delay());
        } else {
          server = servers[journey.server()];
          if (server.arrive(number, engine.now())) {
            beginService();
          }
        }
        if (batch.isLast()) {
          engine.stop();
        }
      }

      private void beginService() {
        served = true;
        engine.schedule(this, journey.delay());
      }
    }

    /** Sends the customers off. */
    @Setup
    public void fill() {
      for (int c = 0; c < CUSTOMERS; c++) {
        customers[c] = new HeapCustomer(c);
        engine.schedule(customers[c], journey.delay());
      }
    }
  }

  /** SSJ with its default event list, a splay tree. */
  @State(Scope.Thread)
  public static class Ssj {
    private final Simulator simulator = new Simulator();
    private final Server[] servers = servers();
    private final Journey journey = new Journey();
    private final Batch batch = new Batch();
    private final SsjCustomer[] customers = new SsjCustomer[CUSTOMERS];

    private final class SsjCustomer extends Event {
      private final int number;
      private Server server;
      private boolean served;

      SsjCustomer(int number) {
        super(simulator);
        this.number = number;
      }

      @Override
      public void actions() {
        long now = (long) simulator.time();
        if (served) {
          int next = server.end(now);
          if (next >= 0) {
            customers[next].beginService();
          }
          served = false;
          schedule(journey.delay());
        } else {
          server = servers[journey.server()];
          if (server.arrive(number, now)) {
            beginService();
          }
        }
        if (batch.isLast()) {
          simulator.stop();
        }
      }

      private void beginService() {
        served = true;
        schedule(journey.delay());
      }
    }

    /** Sends the customers off. */
    @Setup
    public void fill() {
      for (int c = 0; c < CUSTOMERS; c++) {
        customers[c] = new SsjCustomer(c);
        customers[c].schedule(journey.delay());
      }
    }
  }

  /** DSOL with its default event list, a red-black tree. */
  @State(Scope.Thread)
  public static class Dsol {
    private final SteppedDsol simulator = new SteppedDsol();
    private final Server[] servers = servers();
    private final Journey journey = new Journey();
    private final DsolCustomer[] customers = new DsolCustomer[CUSTOMERS];

    private final class DsolCustomer implements Executable {
      private final int number;
      private Server server;
      private boolean served;

      DsolCustomer(int number) {
        this.number = number;
      }

      @Override
      public void execute() {
        long now = simulator.getSimulatorTime();
        if (served) {
          int next = server.end(now);
          if (next >= 0) {
            customers[next].beginService();
          }
          served = false;
          simulator.schedule(journey.delay(), this);
        } else {
          server = servers[journey.server()];
          if (server.arrive(number, now)) {
            beginService();
          }
        }
      }

      private void beginService() {
        served = true;
        simulator.schedule(journey.delay(), this);
      }
    }

    /** Sends the customers off. */
    @Setup
    public void fill() {
      for (int c = 0; c < CUSTOMERS; c++) {
        customers[c] = new DsolCustomer(c);
        simulator.schedule(journey.delay(), customers[c]);
      }
    }
  }

  /** One batch on primesim's kernel. */
  @Benchmark
  public long primesim(Kernel kernel) {
    kernel.batch.begin();
    kernel.experiment.run();
    return kernel.servers[0].waitingCycles();
  }

  /** One batch on a priority queue. */
  @Benchmark
  public long priorityQueue(Heap heap) {
    heap.batch.begin();
    heap.engine.run();
    return heap.servers[0].statistics();
  }

  /** One batch on SSJ. */
  @Benchmark
  public long ssj(Ssj ssj) {
    ssj.batch.begin();
    ssj.simulator.start();
    return ssj.servers[0].statistics();
  }

  /** One batch on DSOL. */
  @Benchmark
  public long dsol(Dsol dsol) {
    for (int i = 0; i < Batch.EVENTS; i++) {
      dsol.simulator.executeNext();
    }
    return dsol.servers[0].statistics();
  }
}
