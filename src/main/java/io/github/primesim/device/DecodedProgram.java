package io.github.primesim.device;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A program as its sequencer executes it: pipelines and jumps, every command resolved to units and
 * cycles.
 *
 * <p>A step outside loops is a pipeline with one station that takes one iteration.
 *
 * @param node stage of an instance, counted over all instances
 * @param operations executed from the first to the last, but for jumps
 */
record DecodedProgram(int node, List<Operation> operations) {

  /** A pipeline to run or, with {@code pipeline} null, a jump back. */
  record Operation(Pipeline pipeline, long times, int target) {
    static Operation run(Pipeline pipeline) {
      return new Operation(pipeline, 1, 0);
    }

    /**
     * Goes back to {@code target} until the operations in between have been executed often enough.
     */
    static Operation repeat(long times, int target) {
      return new Operation(null, times, target);
    }
  }

  /** Stations that {@code times} iterations pass in order. */
  record Pipeline(long times, List<Station> stations) {
    /** Visits the units this pipeline uses, one that is used several times as often. */
    void eachUnit(IntConsumer visitor) {
      for (Station station : stations) {
        for (List<Use> command : station.commands()) {
          for (Use use : command) {
            for (int unit = use.unit(); unit < use.unit() + use.width(); unit++) {
              visitor.accept(unit);
            }
          }
        }
      }
    }
  }

  /**
   * A step of a pipeline.
   *
   * @param commands start together, each uses its units one after another
   * @param computes whether one of them is a mat operation, which reads latches and fills registers
   */
  record Station(List<List<Use>> commands, boolean computes) {}

  /** A unit, or {@code width} units at once, in use for some cycles. */
  record Use(UnitKind kind, int unit, int width, long cycles) {}

  /** Whether there are loops around pipelines. */
  boolean repeatsPipelines() {
    return operations.stream().anyMatch(operation -> operation.pipeline() == null);
  }

  /** How often each pipeline is run, by operation; 0 for those that are jumps. */
  long[] executions() {
    long[] executions = new long[operations.size()];
    Deque<Operation> around = new ArrayDeque<>();
    long times = 1;
    for (int i = executions.length - 1; i >= 0; i--) {
      if (operations.get(i).pipeline() == null) {
        around.push(operations.get(i));
        times = Math.multiplyExact(times, operations.get(i).times());
      } else {
        executions[i] = times;
      }
      while (!around.isEmpty() && around.peek().target() == i) {
        times /= around.pop().times();
      }
    }
    return executions;
  }

  List<Pipeline> pipelines() {
    List<Pipeline> pipelines = new ArrayList<>();
    for (Operation operation : operations) {
      if (operation.pipeline() != null) {
        pipelines.add(operation.pipeline());
      }
    }
    return pipelines;
  }

  /** Visits the units this program uses, one that is used several times as often. */
  void eachUnit(IntConsumer visitor) {
    for (Operation operation : operations) {
      if (operation.pipeline() != null) {
        operation.pipeline().eachUnit(visitor);
      }
    }
  }
}
