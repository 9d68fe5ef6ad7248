package io.github.primesim.device;

import io.github.primesim.device.Timings.Service;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Level;
import io.github.primesim.metrics.Occupancy;
import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.trace.Trace;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a trace does per image whenever it does it: actions, cycles in use, and the part of the
 * waiting that does not depend on others.
 *
 * <p>Every command counts as often as its loops repeat it, so folding a loop cannot change a count.
 */
final class TraceTotals {
  /** Images that a run must be able to count the cycles of. */
  private static final long MOST_IMAGES = 1L << 20;

  private final CommandRules rules;
  private final HardwareSpec spec;
  private final List<Counts<Action>> actions = new ArrayList<>();
  private final SortedMap<Integer, Counts.Builder<Action>> actionsByBank = new TreeMap<>();
  private final List<Counts<Stall>> queued = new ArrayList<>();
  private final Map<UnitKind, Long> busyCycles = new EnumMap<>(UnitKind.class);
  private final Map<UnitKind, Map<List<Integer>, Long>> units = new EnumMap<>(UnitKind.class);
  private long events;
  private long cyclesInAll;

  /**
   * @throws InputProblem if a count or a time does not fit a {@code long}
   */
  TraceTotals(Trace trace, HardwareSpec spec, Timings timings) {
    this.rules = new CommandRules(timings);
    this.spec = spec;
    for (int stage = 0; stage < trace.stages().size(); stage++) {
      Stage added = trace.stages().get(stage);
      try {
        add(added);
        long unused =
            Math.multiplyExact(cyclesInAll, Math.max(MOST_IMAGES, trace.header().batch()));
      } catch (ArithmeticException e) {
        throw new InputProblem(
            "stage "
                + stage
                + " ("
                + added.layer()
                + "): more actions or cycles than a signed 64-bit number can count",
            e);
      }
    }
  }

  /** Actions of a stage. */
  Counts<Action> actions(int stage) {
    return actions.get(stage);
  }

  /** Actions of all stages by bank of the instance, {@link CommandRules#NO_BANK} first. */
  SortedMap<Integer, Counts<Action>> actionsByBank() {
    SortedMap<Integer, Counts<Action>> built = new TreeMap<>();
    actionsByBank.forEach((bank, counts) -> built.put(bank, counts.build()));
    return built;
  }

  /** Cycles in which parts of a command waited for other parts of it, of a stage. */
  Counts<Stall> queued(int stage) {
    return queued.get(stage);
  }

  /**
   * Uses of a unit by a command: what a simulation that follows every command through every unit
   * has as events.
   */
  long events() {
    return events;
  }

  /** Occupancy of each kind of unit that is used. */
  List<Occupancy> occupancy() {
    List<Occupancy> occupancy = new ArrayList<>();
    units.forEach(
        (kind, places) ->
            occupancy.add(
                new Occupancy(
                    kind.key(),
                    (long) places.size() * kind.servers(spec.organization()),
                    busyCycles.get(kind))));
    return occupancy;
  }

  /**
   * Cycles for which the busiest unit is in use for an image: no stream of images is faster. Units
   * that several instances share serve an image of each.
   *
   * @param instances instances that share the path between banks
   */
  long busiestUnitCycles(int instances) {
    long busiest = 0;
    for (Map.Entry<UnitKind, Map<List<Integer>, Long>> kind : units.entrySet()) {
      int servers = kind.getKey().servers(spec.organization());
      long users = kind.getKey() == UnitKind.INTER_BANK_PATH ? instances : 1;
      for (long cycles : kind.getValue().values()) {
        busiest = Math.max(busiest, (Math.multiplyExact(cycles, users) + servers - 1) / servers);
      }
    }
    return busiest;
  }

  private void add(Stage stage) {
    StageTotals totals = new StageTotals();
    for (Program program : stage.programs()) {
      program
          .tallies()
          .forEach(
              (action, amount) ->
                  totals.count(
                      action,
                      action.level() == Level.CHIP ? CommandRules.NO_BANK : program.bank(),
                      amount));
      totals.add(program.steps(), program.bank(), 1);
    }
    actions.add(totals.actions.build());
    queued.add(totals.queued.build());
  }

  private final class StageTotals implements CommandRules.Listener {
    private final Counts.Builder<Action> actions = new Counts.Builder<>(Action.class);
    private final Counts.Builder<Stall> queued = new Counts.Builder<>(Stall.class);
    private long times;

    void add(List<? extends Step> steps, int bank, long repeated) {
      for (Step step : steps) {
        if (step instanceof Loop loop) {
          add(loop.body(), bank, Math.multiplyExact(repeated, loop.times()));
        } else if (step instanceof Together together) {
          add(together.commands(), bank, repeated);
        } else if (step instanceof Command command) {
          times = repeated;
          rules.describe(command, 0, bank, this);
        }
      }
    }

    @Override
    public void uses(UnitKind kind, int bank, int subarray, int first, int width, Service service) {
      long cycles = Math.multiplyExact(times, service.cycles());
      events = Math.addExact(events, times);
      cyclesInAll = Math.addExact(cyclesInAll, cycles);
      queued.add(kind.stall(), Math.multiplyExact(times, service.queuedCycles()));
      busyCycles.merge(kind, Math.multiplyExact(width, cycles), Math::addExact);
      Map<List<Integer>, Long> places = units.computeIfAbsent(kind, k -> new HashMap<>());
      for (int unit = first; unit < first + width; unit++) {
        places.merge(List.of(bank, subarray, unit), cycles, Math::addExact);
      }
    }

    @Override
    public void counts(Action action, int inBank, long amount) {
      count(action, inBank, Math.multiplyExact(times, amount));
    }

    private void count(Action action, int inBank, long amount) {
      actions.add(action, amount);
      actionsByBank
          .computeIfAbsent(inBank, bank -> new Counts.Builder<>(Action.class))
          .add(action, amount);
    }
  }
}
