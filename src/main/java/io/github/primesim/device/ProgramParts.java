package io.github.primesim.device;

import io.github.primesim.device.DecodedProgram.Operation;
import io.github.primesim.device.DecodedProgram.Pipeline;
import io.github.primesim.device.DecodedProgram.Station;
import io.github.primesim.device.DecodedProgram.Use;
import io.github.primesim.metrics.Stall;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of programs one after another: uses at which requests queue, commands that have such,
 * stations, operations, programs.
 *
 * <p>What passes without a queue is put together on the way: units that never make anyone wait are
 * delays of the use before them, a pipeline in which nothing queues is a time that passes, and so
 * are repetitions of such times.
 */
final class ProgramParts {
  record QueuedUse(Use use, long tail, int station, boolean last) {}

  /** A command with its cycles before the first queueing unit. */
  record QueuedCommand(long lead, int firstUse) {}

  record PlacedStation(
      long times,
      boolean first,
      boolean last,
      int program,
      int places,
      Stall placeStall,
      long plain,
      int firstCommand,
      int firstUse) {}

  /** A pipeline, a jump back, or a time that passes with what is waited for meanwhile. */
  record PlacedOperation(int station, int target, long times, Map<Stall, Long> waits) {
    static final int NONE = -1;

    static PlacedOperation pipeline(int firstStation) {
      return new PlacedOperation(firstStation, NONE, 0, Map.of());
    }

    static PlacedOperation repeat(long times, int target) {
      return new PlacedOperation(NONE, target, times, Map.of());
    }

    static PlacedOperation pause(long cycles, Map<Stall, Long> waits) {
      return new PlacedOperation(NONE, NONE, cycles, waits);
    }

    boolean isPause() {
      return station == NONE && target == NONE;
    }

    PlacedOperation then(PlacedOperation pause) {
      Map<Stall, Long> both = new EnumMap<>(Stall.class);
      both.putAll(waits);
      pause.waits.forEach((stall, cycles) -> both.merge(stall, cycles, Math::addExact));
      return pause(Math.addExact(times, pause.times), both);
    }

    PlacedOperation repeated(long repetitions) {
      Map<Stall, Long> all = new EnumMap<>(Stall.class);
      waits.forEach((stall, cycles) -> all.put(stall, Math.multiplyExact(cycles, repetitions)));
      return pause(Math.multiplyExact(times, repetitions), all);
    }
  }

  final List<QueuedUse> uses = new ArrayList<>();
  final List<QueuedCommand> commands = new ArrayList<>();
  final List<PlacedStation> stations = new ArrayList<>();
  final List<PlacedOperation> operations = new ArrayList<>();

  /** First operation of each program. */
  final List<Integer> programs = new ArrayList<>();

  private final ProgramTable table;
  private final boolean folded;

  ProgramParts(ProgramTable table, boolean folded) {
    this.table = table;
    this.folded = folded;
  }

  void add(DecodedProgram program) {
    int number = programs.size();
    programs.add(operations.size());
    List<Operation> decoded = program.operations();
    int[] placedAt = new int[decoded.size()];
    // Loops that begin with an operation: what is before them must stay apart.
    int[] begins = new int[decoded.size()];
    for (Operation operation : decoded) {
      if (operation.pipeline() == null) {
        begins[operation.target()]++;
      }
    }
    for (int i = 0; i < decoded.size(); i++) {
      Operation operation = decoded.get(i);
      if (operation.pipeline() != null) {
        placedAt[i] = add(place(operation.pipeline(), number), begins[i] > 0, number);
        continue;
      }
      int target = placedAt[operation.target()];
      begins[operation.target()]--;
      PlacedOperation body = operations.get(target);
      if (target == operations.size() - 1 && body.isPause()) {
        operations.remove(target);
        PlacedOperation all = body.repeated(operation.times());
        placedAt[operation.target()] = add(all, begins[operation.target()] > 0, number);
      } else {
        operations.add(PlacedOperation.repeat(operation.times(), target));
      }
    }
  }

  /** Adds an operation, to the time that passes before it if that can be; returns where it is. */
  private int add(PlacedOperation operation, boolean beginsLoop, int program) {
    int last = operations.size() - 1;
    if (operation.isPause()
        && !beginsLoop
        && last >= programs.get(program)
        && operations.get(last).isPause()) {
      operations.set(last, operations.get(last).then(operation));
      return last;
    }
    operations.add(operation);
    return last + 1;
  }

  private PlacedOperation place(Pipeline pipeline, int program) {
    int firstStation = stations.size();
    int firstUse = uses.size();
    int count = pipeline.stations().size();
    for (int s = 0; s < count; s++) {
      Station station = pipeline.stations().get(s);
      int firstCommand = commands.size();
      int firstUseOfStation = uses.size();
      long plain = 0;
      for (List<Use> command : station.commands()) {
        plain = Math.max(plain, add(command, stations.size()));
      }
      boolean last = s == count - 1;
      Station next = last ? station : pipeline.stations().get(s + 1);
      long places = last ? 0 : Math.min(table.places(station, next), pipeline.times());
      stations.add(
          new PlacedStation(
              pipeline.times(),
              s == 0,
              last,
              program,
              Math.toIntExact(places),
              places == 0 ? null : table.stallForPlace(station, next),
              plain,
              firstCommand,
              firstUseOfStation));
    }
    return uses.size() == firstUse
        ? pause(stations.subList(firstStation, stations.size()))
        : PlacedOperation.pipeline(firstStation);
  }

  private PlacedOperation pause(List<PlacedStation> plain) {
    PlainPipeline pipeline =
        new PlainPipeline(
            plain.get(0).times(),
            plain.stream().mapToLong(PlacedStation::plain).toArray(),
            plain.stream().mapToInt(PlacedStation::places).toArray(),
            folded);
    Map<Stall, Long> waits = new EnumMap<>(Stall.class);
    for (int s = 0; s < plain.size(); s++) {
      if (pipeline.waited(s) > 0) {
        waits.merge(plain.get(s).placeStall(), pipeline.waited(s), Math::addExact);
      }
    }
    return PlacedOperation.pause(pipeline.duration(), waits);
  }

  /** Returns the cycles of a command that queues nowhere, otherwise 0. */
  private long add(List<Use> command, int station) {
    long lead = 0;
    int next = 0;
    while (next < command.size() && !table.queues(command.get(next))) {
      lead += command.get(next++).cycles();
    }
    if (next == command.size()) {
      return lead;
    }
    commands.add(new QueuedCommand(lead, uses.size()));
    while (next < command.size()) {
      Use use = command.get(next++);
      long tail = 0;
      while (next < command.size() && !table.queues(command.get(next))) {
        tail += command.get(next++).cycles();
      }
      uses.add(new QueuedUse(use, tail, station, next == command.size()));
    }
    return 0;
  }
}
