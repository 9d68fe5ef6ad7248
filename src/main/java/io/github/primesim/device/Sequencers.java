package io.github.primesim.device;

import static io.github.primesim.device.ProgramLayout.ACCOUNT_AND_PROGRAM;
import static io.github.primesim.device.ProgramLayout.AFTER;
import static io.github.primesim.device.ProgramLayout.BEFORE;
import static io.github.primesim.device.ProgramLayout.COMMANDS;
import static io.github.primesim.device.ProgramLayout.COMPLETED;
import static io.github.primesim.device.ProgramLayout.CYCLES;
import static io.github.primesim.device.ProgramLayout.DONE;
import static io.github.primesim.device.ProgramLayout.ENDS;
import static io.github.primesim.device.ProgramLayout.FINISHED;
import static io.github.primesim.device.ProgramLayout.FINISHED_AT;
import static io.github.primesim.device.ProgramLayout.LATEST_END;
import static io.github.primesim.device.ProgramLayout.NEXT_OPERATION;
import static io.github.primesim.device.ProgramLayout.NONE;
import static io.github.primesim.device.ProgramLayout.OWN;
import static io.github.primesim.device.ProgramLayout.PIPELINES;
import static io.github.primesim.device.ProgramLayout.PLACES;
import static io.github.primesim.device.ProgramLayout.PLACE_ACCOUNT_AND_PROGRAM;
import static io.github.primesim.device.ProgramLayout.PLAIN;
import static io.github.primesim.device.ProgramLayout.SERVERS_AND_WIDTH;
import static io.github.primesim.device.ProgramLayout.STATION_LOG2;
import static io.github.primesim.device.ProgramLayout.TAIL;
import static io.github.primesim.device.ProgramLayout.TAKEN;
import static io.github.primesim.device.ProgramLayout.TIMES;
import static io.github.primesim.device.ProgramLayout.TOOK_AT;
import static io.github.primesim.device.ProgramLayout.UNDER_WAY;
import static io.github.primesim.device.ProgramLayout.UNIT_AND_STATION;
import static io.github.primesim.device.ProgramLayout.USE_WORDS;
import static io.github.primesim.device.ProgramLayout.first;
import static io.github.primesim.device.ProgramLayout.second;

import io.github.primesim.kernel.Experiment;
import io.github.primesim.kernel.NumberedEntity;
import io.github.primesim.metrics.StallCounts;
import java.util.Arrays;

/**
 * The sequencers of all programs and the units they queue at.
 *
 * <p>The event is the arrival of a command at a unit. Its number is that of the use, which follows
 * the order of the trace, and decides who comes first within a cycle; before them come the images
 * that are let in. A unit then knows when the request will be served (first come, first served,
 * with a known duration), so the arrival at the next unit, and the end of the station, are known at
 * once. What follows from it (stations that take iterations, pipelines and programs that end) is
 * computed by a worklist of stations in which something may have become known, without recursion.
 *
 * <p>Times are cycles of the memory. They are ahead of the clock of the experiment by what {@link
 * FastForward} has left out.
 *
 * <p>Nothing is allocated while the simulation runs.
 */
final class Sequencers extends NumberedEntity {
  private final ProgramLayout layout;
  private final StageControl control;

  /** Events before the arrivals: stages that let an image in, the last one first. */
  private final int nodes;

  /** Null if everything is to be simulated. */
  private final FastForward forward;

  /** Null if nobody watches. */
  private final Witness witness;

  /** All that changes; {@link ProgramLayout} tells what stands where. */
  private final long[] state;

  // Of the layout.
  private final int arrivals;
  private final long[] useWords;
  private final long[] stationWords;
  private final long[] programWeight;

  // Stations to look at.
  private final int[] worklist;
  private final boolean[] listed;
  private int worklistSize;

  /**
   * Sequencers of programs none of which is under way.
   *
   * @param state as {@link ProgramLayout#idleState} has it
   * @param forward leaves out repetitions, or null
   * @param witness is told what happens, or null
   */
  Sequencers(
      Experiment experiment,
      ProgramLayout layout,
      long[] state,
      StageControl control,
      FastForward forward,
      Witness witness) {
    super(experiment, "sequencers", layout.nodes() + layout.uses);
    this.layout = layout;
    nodes = layout.nodes();
    this.state = state;
    this.control = control;
    this.forward = forward;
    this.witness = witness;
    arrivals = layout.arrivalState;
    useWords = layout.useWords;
    stationWords = layout.stationWords;
    programWeight = layout.programWeight;
    worklist = new int[layout.stations];
    listed = new boolean[layout.stations];
  }

  /** The present in cycles of the memory. */
  long time() {
    return forward == null ? now() : now() + forward.leapt();
  }

  /** Programs of a stage that are simulated here. */
  int programs(int node) {
    return layout.nodePrograms[node + 1] - layout.nodePrograms[node];
  }

  /** Starts the programs of a stage, now or at a later cycle. */
  void start(int node, long time) {
    for (int program = layout.nodePrograms[node];
        program < layout.nodePrograms[node + 1];
        program++) {
      next(program, layout.programOperations[program], time);
    }
  }

  /** Has {@link StageControl#letIn} called at a later cycle. */
  void letInAt(int node, long time) {
    schedule(time, nodes - 1 - node);
  }

  /** Works out everything that follows from what is known. */
  void settle() {
    while (worklistSize > 0) {
      int station = worklist[--worklistSize];
      listed[station] = false;
      take(station);
    }
  }

  /** Adds what the programs of a stage have waited for since {@link #forgetWaits}. */
  void addWaits(int node, StallCounts.Builder waited) {
    layout.waits(state, node, waited);
  }

  /** Begins to count anew what the programs of a stage wait for. */
  void forgetWaits(int node) {
    Arrays.fill(state, layout.accountsOf(node), layout.accountsOf(node + 1), 0);
  }

  /** A command arrives at a unit, or an image may be let in. */
  @Override
  protected void handle(int number, long payload) {
    if (number < nodes) {
      control.letIn(nodes - 1 - number);
    } else if (!endsStation(number - nodes, time())) {
      return;
    }
    control.settle();
    if (control.stopped()) {
      experiment().stop();
    } else if (forward != null) {
      forward.look(this);
    }
  }

  /** A command arrives; returns whether its station has finished the iteration with it. */
  private boolean endsStation(int number, long time) {
    state[arrivals + number] = NONE;
    int use = number * USE_WORDS;
    long unitAndStation = useWords[use + UNIT_AND_STATION];
    long end = serve(number, use, first(unitAndStation), time) + useWords[use + TAIL];
    int station = second(unitAndStation);
    if (station == NONE) {
      arriveAt(number + 1, end);
      return false;
    }
    int words = first(stationWords[(station << STATION_LOG2) + OWN]);
    long latest = Math.max(state[words + LATEST_END], end);
    state[words + LATEST_END] = latest;
    if (--state[words + UNDER_WAY] > 0) {
      return false;
    }
    finish(station, latest);
    return true;
  }

  private void arriveAt(int use, long time) {
    state[arrivals + use] = time;
    schedule(time, nodes + use);
  }

  /** Schedules everything anew, after {@link FastForward} has moved some of it in time. */
  void scheduleAnew() {
    callOffAll();
    for (int use = 0; use < layout.uses; use++) {
      long time = state[arrivals + use];
      if (time != NONE) {
        schedule(time, nodes + use);
      }
    }
    control.scheduleAnew();
  }

  private void schedule(long time, int number) {
    scheduleAt(forward == null ? time : time - forward.leapt(), number);
  }

  /** Reserves the server that is free first and returns when the service will be over. */
  private long serve(int number, int use, int unit, long now) {
    long serversAndWidth = useWords[use + SERVERS_AND_WIDTH];
    int server = unit;
    int servers = first(serversAndWidth);
    for (int other = unit + 1; other < unit + servers; other++) {
      if (state[other] < state[server]) {
        server = other;
      }
    }
    long start = Math.max(now, state[server]);
    int last = server + second(serversAndWidth);
    for (int next = server + 1; next < last; next++) {
      start = Math.max(start, state[next]);
    }
    long end = start + useWords[use + CYCLES];
    for (int taken = server; taken < last; taken++) {
      state[taken] = end;
    }
    if (start > now) {
      countWait(useWords[use + ACCOUNT_AND_PROGRAM], start - now);
    }
    if (witness != null) {
      witness.serves(number, server - unit, iterationOf(number), now, start);
    }
    return end;
  }

  private void countWait(long accountAndProgram, long cycles) {
    state[first(accountAndProgram)] += cycles * programWeight[second(accountAndProgram)];
  }

  /** The iteration that the station of a use is in. */
  private long iterationOf(int number) {
    int last = number;
    while (second(useWords[last * USE_WORDS + UNIT_AND_STATION]) == NONE) {
      last++;
    }
    int station = second(useWords[last * USE_WORDS + UNIT_AND_STATION]);
    return state[layout.stationState[station] + TAKEN] - 1;
  }

  /** Lets a station take its next iteration if everything that decides when is known. */
  private void take(int number) {
    int station = number << STATION_LOG2;
    int words = first(stationWords[station + OWN]);
    long iteration = state[words + TAKEN];
    if (iteration != state[words + FINISHED] || iteration == stationWords[station + TIMES]) {
      return;
    }
    long time = state[words + FINISHED_AT];
    int before = first(stationWords[station + BEFORE]);
    if (before != NONE) {
      if (state[before + FINISHED] <= iteration) {
        return;
      }
      int ready = (int) iteration & second(stationWords[station + BEFORE]);
      time = Math.max(time, state[before + ENDS + ready]);
    }
    int after = first(stationWords[station + AFTER]);
    if (after != NONE) {
      int places = first(stationWords[station + PLACES]);
      if (places == 0) {
        if (state[after + TAKEN] < iteration) {
          return;
        }
        if (iteration > 0) {
          time = Math.max(time, state[after + TOOK_AT]);
        }
      } else if (iteration >= places) {
        if (state[after + FINISHED] <= iteration - places) {
          return;
        }
        int left = (int) (iteration - places) & second(stationWords[station + AFTER]);
        long free = state[after + ENDS + left];
        if (free > time) {
          waitForPlace(number, iteration, time, free);
          time = free;
        }
      }
    }
    begin(number, station, words, time);
  }

  private void waitForPlace(int number, long iteration, long time, long free) {
    long accountAndProgram = stationWords[(number << STATION_LOG2) + PLACE_ACCOUNT_AND_PROGRAM];
    countWait(accountAndProgram, free - time);
    if (witness != null) {
      witness.waitsForPlace(
          number, layout.stallOf(first(accountAndProgram)), iteration, time, free);
    }
  }

  private void begin(int number, int station, int words, long time) {
    long taken = ++state[words + TAKEN];
    state[words + TOOK_AT] = time;
    int before = first(stationWords[station + BEFORE]);
    if (before != NONE
        && second(stationWords[station + PLACES]) == 0
        && state[before + FINISHED] == taken) {
      lookAt(number - 1);
    }
    long plainEnd = time + stationWords[station + PLAIN];
    int from = first(stationWords[station + COMMANDS]);
    int to = second(stationWords[station + COMMANDS]);
    if (from == to) {
      finish(number, plainEnd);
      return;
    }
    state[words + UNDER_WAY] = (long) to - from;
    state[words + LATEST_END] = plainEnd;
    for (int command = from; command < to; command++) {
      arriveAt(layout.commandUse[command], time + layout.commandLead[command]);
    }
  }

  /** Notes an end, and looks at the stations that it may have been the last to keep waiting. */
  private void finish(int number, long time) {
    int station = number << STATION_LOG2;
    long own = stationWords[station + OWN];
    int words = first(own);
    long iteration = state[words + FINISHED]++;
    state[words + ENDS + ((int) iteration & second(own))] = time;
    state[words + FINISHED_AT] = time;
    int before = first(stationWords[station + BEFORE]);
    int placesBefore = second(stationWords[station + PLACES]);
    if (placesBefore > 0 && state[before + FINISHED] == iteration + placesBefore) {
      lookAt(number - 1);
    }
    int after = first(stationWords[station + AFTER]);
    if (after == NONE) {
      if (!goesOn(station, iteration, time)) {
        return;
      }
    } else if (state[after + FINISHED] == iteration) {
      lookAt(number + 1);
    }
    if (before == NONE || state[before + FINISHED] > iteration + 1) {
      lookAt(number);
    }
  }

  /** The last station of a pipeline has finished an iteration; returns whether another follows. */
  private boolean goesOn(int station, long iteration, long time) {
    int program = second(stationWords[station + PLACE_ACCOUNT_AND_PROGRAM]);
    int following = (int) state[layout.program(program) + NEXT_OPERATION];
    if (iteration + 1 < stationWords[station + TIMES]) {
      if (forward != null) {
        forward.iterationEnds(following - 1);
      }
      return true;
    }
    if (forward != null) {
      forward.loopEnds(following - 1);
    }
    next(program, following, time);
    return false;
  }

  private void lookAt(int station) {
    if (!listed[station]) {
      listed[station] = true;
      worklist[worklistSize++] = station;
    }
  }

  /** Goes on with a program at {@code time}. */
  private void next(int program, int first, long time) {
    int words = layout.program(program);
    int end = layout.programOperations[program + 1];
    int operation = first;
    long at = time;
    while (operation < end) {
      int station = layout.operationStation[operation];
      if (station != NONE) {
        state[words + NEXT_OPERATION] = operation + 1L;
        state[words + PIPELINES]++;
        startPipeline(station, at);
        return;
      }
      if (layout.operationTarget[operation] != NONE) {
        operation = repeat(operation);
      } else {
        at += layout.operationTimes[operation];
        long[] waits = layout.operationWaits[operation];
        for (int i = 0; i < waits.length; i += 2) {
          state[(int) waits[i]] += waits[i + 1];
        }
        operation++;
      }
    }
    state[words + NEXT_OPERATION] = NONE;
    control.programEnds(layout.programNode[program], at);
  }

  /** Returns the operation to go on with. */
  private int repeat(int operation) {
    int words = layout.operation(operation);
    if (++state[words + DONE] < layout.operationTimes[operation]) {
      if (forward != null) {
        forward.iterationEnds(operation);
      }
      return layout.operationTarget[operation];
    }
    state[words + DONE] = 0;
    state[words + COMPLETED]++;
    if (forward != null) {
      forward.loopEnds(operation);
    }
    return operation + 1;
  }

  private void startPipeline(int first, long time) {
    int station = first;
    while (true) {
      int words = layout.stationState[station];
      state[words + TAKEN] = 0;
      state[words + FINISHED] = 0;
      state[words + FINISHED_AT] = time;
      if (layout.stationLast[station]) {
        break;
      }
      station++;
    }
    lookAt(first);
  }
}
