package io.github.primesim.trace;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How much a trace does for an image: commands, bits and iterations with all loops unrolled, found
 * without unrolling them. Exact, since no sum over a trace exceeds 2^53.
 */
public final class TraceStatistics {
  private final List<StageTotals> stages = new ArrayList<>();

  private TraceStatistics() {}

  /** Adds up a trace. */
  public static TraceStatistics of(Trace trace) {
    TraceStatistics statistics = new TraceStatistics();
    for (Stage stage : trace.stages()) {
      StageTotals totals = new StageTotals();
      stage.programs().forEach(program -> totals.add(program.steps(), 1));
      statistics.stages.add(totals);
    }
    return statistics;
  }

  /** Commands of a kind in a stage. */
  public long commands(int stage, Verb verb) {
    return stages.get(stage).commands.getOrDefault(verb, 0L);
  }

  /** Commands of all kinds in a stage. */
  public long commands(int stage) {
    return sum(stages.get(stage).commands);
  }

  /** Commands of a kind in all stages. */
  public long commands(Verb verb) {
    return stages.stream().mapToLong(stage -> stage.commands.getOrDefault(verb, 0L)).sum();
  }

  /** All commands. */
  public long commands() {
    return stages.stream().mapToLong(stage -> sum(stage.commands)).sum();
  }

  /** Bits moved by commands of a kind in a stage; 0 for those that move none. */
  public long bits(int stage, Verb verb) {
    return stages.get(stage).bits.getOrDefault(verb, 0L);
  }

  /** Iterations of all loops of a stage; those of an inner loop count once for each outer one. */
  public long iterations(int stage) {
    return stages.get(stage).iterations;
  }

  private static long sum(Map<Verb, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static final class StageTotals {
    private final Map<Verb, Long> commands = new EnumMap<>(Verb.class);
    private final Map<Verb, Long> bits = new EnumMap<>(Verb.class);
    private final Operands operands = new Operands();
    private long iterations;

    void add(List<? extends Step> steps, long times) {
      for (Step step : steps) {
        if (step instanceof Loop loop) {
          iterations += times * loop.times();
          add(loop.body(), times * loop.times());
        } else if (step instanceof Together together) {
          add(together.commands(), times);
        } else {
          Verb verb = operands.take((Command) step);
          commands.merge(verb, times, Long::sum);
          if (verb.operands().contains(Operand.BITS)) {
            bits.merge(verb, times * operands.get(Operand.BITS), Long::sum);
          }
        }
      }
    }
  }
}
