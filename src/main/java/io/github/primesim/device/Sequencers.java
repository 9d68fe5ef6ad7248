package io.github.primesim.device;

import io.github.primesim.device.DecodedProgram.Operation;
import io.github.primesim.device.DecodedProgram.Pipeline;
import io.github.primesim.device.DecodedProgram.Station;
import io.github.primesim.device.DecodedProgram.Use;
import io.github.primesim.kernel.Entity;
import io.github.primesim.kernel.Experiment;
import io.github.primesim.metrics.Stall;
import io.github.primesim.metrics.StallCounts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sequencers of all programs and the units they queue at, as flat state.
 *
 * <p>The event is the arrival of a command at a unit; its kind and its priority are the number of
 * that use, which follows the order of the trace. A unit then knows when the request will be served
 * (first come, first served, with a known duration), so the arrival at the next unit, and the end
 * of the station, are known at once. What follows from it (stations that take iterations, pipelines
 * and programs that end) is computed by a worklist of stations in which something may have become
 * known, without recursion.
 *
 * <p>Nothing is allocated while the simulation runs.
 */
final class Sequencers extends Entity {
  private static final long UNKNOWN = -1;

  private final MemoryController controller;

  /** Null if nobody watches. */
  private final Witness witness;

  // Units, by number of the first server.
  private final long[] freeAt;

  // Uses of units at which requests queue, in the order of the trace.
  private final int[] useUnit;
  private final int[] useWidth;
  private final int[] useServers;
  private final long[] useCycles;

  /** Cycles after the use until the command asks for its next queueing unit or ends. */
  private final long[] useTail;

  private final int[] useStation;
  private final boolean[] useLast;
  private final long[] useWaited;
  private final Stall[] useStall;

  // Stations of all pipelines; those of a pipeline follow each other.
  private final long[] stationTimes;
  private final boolean[] stationFirst;
  private final boolean[] stationLast;
  private final int[] stationProgram;
  private final int[] stationPlaces;
  private final Stall[] stationPlaceStall;
  private final long[] stationPlaceWaited;

  /** Cycles of the longest command that queues nowhere. */
  private final long[] stationPlain;

  /** Commands that queue: the range of a station in {@link #commandLead} and its like. */
  private final int[] stationCommands;

  private final int[] stationRing;
  private final int[] stationRingMask;

  /** Iterations taken, iterations finished, and when it took and finished the last of them. */
  private final long[] taken;

  private final long[] finished;
  private final long[] tookAt;
  private final long[] finishedAt;

  /** Commands of the present iteration that have not ended, and the latest end of the others. */
  private final int[] underWay;

  private final long[] latestEnd;

  /** When a station finished its last iterations, as many as places behind or before it ask for. */
  private final long[] ring;

  /** Cycles before the first queueing unit of a command, and its first use. */
  private final long[] commandLead;

  private final int[] commandUse;

  // Operations of all programs: a first station of a pipeline or, if negative, a jump.
  private final int[] operationStation;
  private final long[] operationTimes;
  private final int[] operationTarget;
  private final long[] operationDone;

  // Programs.
  private final int[] programNode;
  private final int[] programWeight;
  private final boolean[] programSame;
  private final int[] programOperations;
  private final int[] programUses;
  private final int[] programStations;
  private final int[] programNext;
  private final long[] programBegan;
  private final long[] programCycles;
  private final int[] nodePrograms;

  // Stations to look at.
  private final int[] worklist;
  private final boolean[] listed;
  private int worklistSize;

  /**
   * @param witness is told what happens, or null
   */
  Sequencers(
      Experiment experiment, ProgramTable table, MemoryController controller, Witness witness) {
    super(experiment, "sequencers");
    this.controller = controller;
    this.witness = witness;
    freeAt = new long[table.servers()];
    Layout layout = new Layout(table);

    int uses = layout.uses.size();
    useUnit = new int[uses];
    useWidth = new int[uses];
    useServers = new int[uses];
    useCycles = new long[uses];
    useTail = new long[uses];
    useStation = new int[uses];
    useLast = new boolean[uses];
    useWaited = new long[uses];
    useStall = new Stall[uses];
    for (int u = 0; u < uses; u++) {
      Layout.QueuedUse queued = layout.uses.get(u);
      useUnit[u] = queued.use().unit();
      useWidth[u] = queued.use().width();
      useServers[u] = table.servers(queued.use().unit());
      useCycles[u] = queued.use().cycles();
      useTail[u] = queued.tail();
      useStation[u] = queued.station();
      useLast[u] = queued.last();
      useStall[u] = queued.use().kind().stall();
    }

    commandLead = layout.commandLeads.stream().mapToLong(Long::longValue).toArray();
    commandUse = layout.commandUses.stream().mapToInt(Integer::intValue).toArray();

    int stations = layout.stations.size();
    stationTimes = new long[stations];
    stationFirst = new boolean[stations];
    stationLast = new boolean[stations];
    stationProgram = new int[stations];
    stationPlaces = new int[stations];
    stationPlaceStall = new Stall[stations];
    stationPlaceWaited = new long[stations];
    stationPlain = new long[stations];
    stationCommands = new int[stations + 1];
    stationRing = new int[stations];
    stationRingMask = new int[stations];
    int ringSize = 0;
    for (int s = 0; s < stations; s++) {
      Layout.PlacedStation placed = layout.stations.get(s);
      stationTimes[s] = placed.times();
      stationFirst[s] = placed.first();
      stationLast[s] = placed.last();
      stationProgram[s] = placed.program();
      stationPlaces[s] = placed.places();
      stationPlaceStall[s] = placed.placeStall();
      stationPlain[s] = placed.plain();
      stationCommands[s] = placed.firstCommand();
      int places = Math.max(placed.places(), placed.first() ? 0 : stationPlaces[s - 1]);
      int size = places == 0 ? 1 : Integer.highestOneBit(places) << 1;
      stationRing[s] = ringSize;
      stationRingMask[s] = size - 1;
      ringSize = Math.addExact(ringSize, size);
    }
    stationCommands[stations] = commandUse.length;
    ring = new long[ringSize];
    taken = stationTimes.clone();
    finished = stationTimes.clone();
    tookAt = new long[stations];
    finishedAt = new long[stations];
    underWay = new int[stations];
    latestEnd = new long[stations];
    worklist = new int[stations];
    listed = new boolean[stations];

    int operations = layout.operationStations.size();
    operationStation = layout.operationStations.stream().mapToInt(Integer::intValue).toArray();
    operationTimes = layout.operationTimes.stream().mapToLong(Long::longValue).toArray();
    operationTarget = layout.operationTargets.stream().mapToInt(Integer::intValue).toArray();
    operationDone = new long[operations];

    List<ProgramTable.Entry> entries = table.entries();
    int programs = entries.size();
    programNode = new int[programs];
    programWeight = new int[programs];
    programSame = new boolean[programs];
    programOperations = layout.programOperations.stream().mapToInt(Integer::intValue).toArray();
    programUses = layout.programUses.stream().mapToInt(Integer::intValue).toArray();
    programStations = layout.programStations.stream().mapToInt(Integer::intValue).toArray();
    programNext = new int[programs];
    programBegan = new long[programs];
    programCycles = new long[programs];
    Arrays.fill(programCycles, UNKNOWN);
    nodePrograms = new int[table.nodes() + 1];
    for (int p = 0; p < programs; p++) {
      programNode[p] = entries.get(p).program().node();
      programWeight[p] = entries.get(p).weight();
      programSame[p] = entries.get(p).sameForEachImage();
      nodePrograms[programNode[p] + 1]++;
    }
    for (int n = 0; n < table.nodes(); n++) {
      nodePrograms[n + 1] += nodePrograms[n];
    }
  }

  /** Programs of a stage that are simulated. */
  int programs(int node) {
    return nodePrograms[node + 1] - nodePrograms[node];
  }

  /** Starts the programs of a stage, now or at a later cycle. */
  void start(int node, long time) {
    for (int program = nodePrograms[node]; program < nodePrograms[node + 1]; program++) {
      if (programCycles[program] != UNKNOWN) {
        controller.programEnds(node, time + programCycles[program]);
      } else {
        programBegan[program] = time;
        programNext[program] = programOperations[program];
        next(program, time);
      }
    }
  }

  /** Works out everything that follows from what is known. */
  void settle() {
    while (worklistSize > 0) {
      int station = worklist[--worklistSize];
      listed[station] = false;
      take(station);
    }
  }

  /**
   * Adds up what the programs of a stage have waited for since the last call.
   *
   * @param waited where it is added, or null if nobody wants to know
   */
  void collectWaits(int node, StallCounts.Builder waited) {
    for (int program = nodePrograms[node]; program < nodePrograms[node + 1]; program++) {
      boolean kept = programCycles[program] != UNKNOWN;
      int weight = programWeight[program];
      for (int u = programUses[program]; u < programUses[program + 1]; u++) {
        if (waited != null) {
          waited.add(useStall[u], useWaited[u] * weight);
        }
        useWaited[u] = kept ? useWaited[u] : 0;
      }
      for (int s = programStations[program]; s < programStations[program + 1]; s++) {
        if (waited != null && stationPlaceWaited[s] > 0) {
          waited.add(stationPlaceStall[s], stationPlaceWaited[s] * weight);
        }
        stationPlaceWaited[s] = kept ? stationPlaceWaited[s] : 0;
      }
    }
  }

  /** A command arrives at a unit. */
  @Override
  protected void handle(int use, long payload) {
    long end = serve(use, now()) + useTail[use];
    if (useLast[use]) {
      int station = useStation[use];
      latestEnd[station] = Math.max(latestEnd[station], end);
      if (--underWay[station] == 0) {
        finish(station, latestEnd[station]);
        controller.settle();
        if (controller.stopped()) {
          experiment().stop();
        }
      }
    } else {
      arrive(use + 1, end);
    }
  }

  private void arrive(int use, long time) {
    scheduleAt(time, use, use, 0);
  }

  /** Reserves the server that is free first and returns when the service will be over. */
  private long serve(int use, long now) {
    int server = useUnit[use];
    if (useServers[use] > 1) {
      int end = server + useServers[use];
      for (int other = server + 1; other < end; other++) {
        if (freeAt[other] < freeAt[server]) {
          server = other;
        }
      }
    }
    long start = Math.max(now, freeAt[server]);
    int width = useWidth[use];
    for (int unit = server + 1; unit < server + width; unit++) {
      start = Math.max(start, freeAt[unit]);
    }
    long end = start + useCycles[use];
    for (int unit = server; unit < server + width; unit++) {
      freeAt[unit] = end;
    }
    useWaited[use] += start - now;
    if (witness != null) {
      witness.serves(use, server - useUnit[use], taken[useStation[use]] - 1, now, start);
    }
    return end;
  }

  /** Lets a station take its next iteration if everything that decides when is known. */
  private void take(int station) {
    long iteration = taken[station];
    if (iteration != finished[station] || iteration == stationTimes[station]) {
      return;
    }
    long time = finishedAt[station];
    if (!stationFirst[station]) {
      int before = station - 1;
      if (finished[before] <= iteration) {
        return;
      }
      time = Math.max(time, finishTime(before, iteration));
    }
    if (!stationLast[station]) {
      int next = station + 1;
      int places = stationPlaces[station];
      if (places == 0) {
        if (taken[next] < iteration) {
          return;
        }
        if (iteration > 0) {
          time = Math.max(time, tookAt[next]);
        }
      } else if (iteration >= places) {
        if (finished[next] <= iteration - places) {
          return;
        }
        long free = finishTime(next, iteration - places);
        if (free > time) {
          stationPlaceWaited[station] += free - time;
          if (witness != null) {
            witness.waitsForPlace(station, stationPlaceStall[station], iteration, time, free);
          }
          time = free;
        }
      }
    }
    begin(station, time);
  }

  private long finishTime(int station, long iteration) {
    return ring[stationRing[station] + ((int) iteration & stationRingMask[station])];
  }

  private void begin(int station, long time) {
    taken[station]++;
    tookAt[station] = time;
    if (!stationFirst[station] && stationPlaces[station - 1] == 0) {
      lookAt(station - 1);
    }
    long plainEnd = time + stationPlain[station];
    int from = stationCommands[station];
    int to = stationCommands[station + 1];
    if (from == to) {
      finish(station, plainEnd);
      return;
    }
    underWay[station] = to - from;
    latestEnd[station] = plainEnd;
    for (int command = from; command < to; command++) {
      arrive(commandUse[command], time + commandLead[command]);
    }
  }

  private void finish(int station, long time) {
    ring[stationRing[station] + ((int) finished[station] & stationRingMask[station])] = time;
    finishedAt[station] = time;
    long done = ++finished[station];
    if (!stationFirst[station] && stationPlaces[station - 1] > 0) {
      lookAt(station - 1);
    }
    if (!stationLast[station]) {
      lookAt(station + 1);
    } else if (done == stationTimes[station]) {
      next(stationProgram[station], time);
      return;
    }
    lookAt(station);
  }

  private void lookAt(int station) {
    if (!listed[station]) {
      listed[station] = true;
      worklist[worklistSize++] = station;
    }
  }

  /** Goes on with a program whose last pipeline ends at {@code time}. */
  private void next(int program, long time) {
    int operation = programNext[program];
    while (operation < programOperations[program + 1]) {
      int station = operationStation[operation];
      if (station >= 0) {
        programNext[program] = operation + 1;
        startPipeline(station, time);
        return;
      }
      if (++operationDone[operation] < operationTimes[operation]) {
        operation = operationTarget[operation];
      } else {
        operationDone[operation] = 0;
        operation++;
      }
    }
    if (programSame[program]) {
      programCycles[program] = time - programBegan[program];
    }
    controller.programEnds(programNode[program], time);
  }

  private void startPipeline(int first, long time) {
    int station = first;
    while (true) {
      taken[station] = 0;
      finished[station] = 0;
      finishedAt[station] = time;
      if (stationLast[station]) {
        break;
      }
      station++;
    }
    lookAt(first);
  }

  /** Lays the programs of a table out one after another. */
  private static final class Layout {
    record QueuedUse(Use use, long tail, int station, boolean last) {}

    record PlacedStation(
        long times,
        boolean first,
        boolean last,
        int program,
        int places,
        Stall placeStall,
        long plain,
        int firstCommand) {}

    private final ProgramTable table;
    private final List<QueuedUse> uses = new ArrayList<>();
    private final List<Long> commandLeads = new ArrayList<>();
    private final List<Integer> commandUses = new ArrayList<>();
    private final List<PlacedStation> stations = new ArrayList<>();
    private final List<Integer> operationStations = new ArrayList<>();
    private final List<Long> operationTimes = new ArrayList<>();
    private final List<Integer> operationTargets = new ArrayList<>();
    private final List<Integer> programOperations = new ArrayList<>();
    private final List<Integer> programUses = new ArrayList<>();
    private final List<Integer> programStations = new ArrayList<>();

    Layout(ProgramTable table) {
      this.table = table;
      for (ProgramTable.Entry entry : table.entries()) {
        add(entry.program());
      }
      endProgram();
    }

    private void add(DecodedProgram program) {
      int number = programOperations.size();
      int firstOperation = operationStations.size();
      endProgram();
      for (Operation operation : program.operations()) {
        boolean jump = operation.pipeline() == null;
        operationStations.add(jump ? -1 : stations.size());
        operationTimes.add(operation.times());
        operationTargets.add(firstOperation + operation.target());
        if (!jump) {
          add(operation.pipeline(), number);
        }
      }
    }

    /** The lists hold where each program begins, and so where the one before ends. */
    private void endProgram() {
      programOperations.add(operationStations.size());
      programUses.add(uses.size());
      programStations.add(stations.size());
    }

    private void add(Pipeline pipeline, int program) {
      int count = pipeline.stations().size();
      for (int s = 0; s < count; s++) {
        Station station = pipeline.stations().get(s);
        int number = stations.size();
        int firstCommand = commandUses.size();
        long plain = 0;
        for (List<Use> command : station.commands()) {
          plain = Math.max(plain, add(command, number));
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
                firstCommand));
      }
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
      commandLeads.add(lead);
      commandUses.add(uses.size());
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
}
