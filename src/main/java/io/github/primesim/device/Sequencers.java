package io.github.primesim.device;

import static io.github.primesim.device.ProgramLayout.ACCOUNT;
import static io.github.primesim.device.ProgramLayout.AFTER;
import static io.github.primesim.device.ProgramLayout.AFTER_MASK;
import static io.github.primesim.device.ProgramLayout.AMOUNTS_LOG2;
import static io.github.primesim.device.ProgramLayout.BEFORE;
import static io.github.primesim.device.ProgramLayout.BEFORE_MASK;
import static io.github.primesim.device.ProgramLayout.COMMAND;
import static io.github.primesim.device.ProgramLayout.COMPLETED;
import static io.github.primesim.device.ProgramLayout.CYCLES;
import static io.github.primesim.device.ProgramLayout.DONE;
import static io.github.primesim.device.ProgramLayout.ENDS;
import static io.github.primesim.device.ProgramLayout.END_OF_COMMANDS;
import static io.github.primesim.device.ProgramLayout.FINISHED;
import static io.github.primesim.device.ProgramLayout.FINISHED_AT;
import static io.github.primesim.device.ProgramLayout.FIRST_USE;
import static io.github.primesim.device.ProgramLayout.LATEST_END;
import static io.github.primesim.device.ProgramLayout.NEXT_OPERATION;
import static io.github.primesim.device.ProgramLayout.NONE;
import static io.github.primesim.device.ProgramLayout.OWN;
import static io.github.primesim.device.ProgramLayout.OWN_MASK;
import static io.github.primesim.device.ProgramLayout.PIPELINES;
import static io.github.primesim.device.ProgramLayout.PLACES;
import static io.github.primesim.device.ProgramLayout.PLACES_BEFORE;
import static io.github.primesim.device.ProgramLayout.PLACE_ACCOUNT;
import static io.github.primesim.device.ProgramLayout.PROGRAM;
import static io.github.primesim.device.ProgramLayout.STATION;
import static io.github.primesim.device.ProgramLayout.STATION_LOG2;
import static io.github.primesim.device.ProgramLayout.TAIL;
import static io.github.primesim.device.ProgramLayout.TAKEN;
import static io.github.primesim.device.ProgramLayout.TOOK_AT;
import static io.github.primesim.device.ProgramLayout.UNDER_WAY;
import static io.github.primesim.device.ProgramLayout.UNIT;
import static io.github.primesim.device.ProgramLayout.USE_LOG2;
import static io.github.primesim.device.ProgramLayout.WEIGHT;

import io.github.primesim.kernel.Experiment;
import io.github.primesim.kernel.NumberedEntity;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
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
 * <p>Nothing is allocated while the simulation runs, but a longer worklist where it is needed.
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
  private final int[] useNumbers;
  private final long[] useAmounts;
  private final int[] stationNumbers;
  private final long[] stationTimes;
  private final long[] stationPlain;
  private final int[] commandUse;
  private final long[] commandLead;
  private final long[] programWeight;

  /** Stations to look at, some of them more than once. */
  private int[] worklist;

  /** By station: the one before it has what it is to take, and waits for a place in between. */
  private final boolean[] heldUp;

  private int worklistSize;

  /** Whether something may follow for the stages. */
  private boolean controlIsTold;

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
    useNumbers = layout.useNumbers;
    useAmounts = layout.useAmounts;
    stationNumbers = layout.stationNumbers;
    stationTimes = layout.stationTimes;
    stationPlain = layout.stationPlain;
    commandUse = layout.commandUse;
    commandLead = layout.commandLead;
    programWeight = layout.programWeight;
    worklist = new int[layout.stations];
    heldUp = new boolean[layout.stations];
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
      goOn(worklist[--worklistSize]);
    }
  }

  private void goOn(int first) {
    int station = first;
    while (station != NONE) {
      station = take(station);
    }
  }

  /** Adds what the programs of a stage have waited for since {@link #forgetWaits}. */
  void addWaits(int node, Counts.Builder<Stall> waited) {
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
      controlIsTold = true;
      control.letIn(nodes - 1 - number);
    } else if (!endsStation(number - nodes, time())) {
      return;
    }
    settle();
    if (controlIsTold) {
      controlIsTold = false;
      control.settle();
      if (control.stopped()) {
        experiment().stop();
        return;
      }
    }
    if (forward != null) {
      forward.look(this);
    }
  }

  /** A command arrives; returns whether its station has finished the iteration with it. */
  private boolean endsStation(int number, long time) {
    noteArrival(number, NONE);
    long end = serve(number, time) + useAmounts[(number << AMOUNTS_LOG2) + TAIL];
    int station = useNumbers[(number << USE_LOG2) + STATION];
    if (station == NONE) {
      arriveAt(number + 1, end);
      return false;
    }
    if (stationNumbers[(station << STATION_LOG2) + FIRST_USE] != NONE) {
      goOn(finish(station, end));
      return true;
    }
    int words = stationNumbers[(station << STATION_LOG2) + OWN];
    long latest = Math.max(state[words + LATEST_END], end);
    state[words + LATEST_END] = latest;
    if (--state[words + UNDER_WAY] > 0) {
      return false;
    }
    goOn(finish(station, latest));
    return true;
  }

  private void arriveAt(int use, long time) {
    noteArrival(use, time);
    schedule(time, nodes + use);
  }

  /** When a use is to come is a part of the state, which nobody but {@link #forward} looks at. */
  private void noteArrival(int use, long time) {
    if (forward != null) {
      state[arrivals + use] = time;
    }
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

  /** Reserves what a use takes and returns when the service will be over. */
  private long serve(int number, long now) {
    int unit = useNumbers[(number << USE_LOG2) + UNIT];
    if (unit < 0) {
      return serve(number, ~unit, now);
    }
    long start = Math.max(now, state[unit]);
    long end = start + useAmounts[(number << AMOUNTS_LOG2) + CYCLES];
    state[unit] = end;
    noteService(number, 0, now, start);
    return end;
  }

  /** Reserves the server that is free first, and those of the units beside it. */
  private long serve(int number, int unit, long now) {
    int server = unit;
    for (int other = unit + 1; other < unit + layout.useServers[number]; other++) {
      if (state[other] < state[server]) {
        server = other;
      }
    }
    long start = Math.max(now, state[server]);
    int last = server + layout.useWidth[number];
    for (int next = server + 1; next < last; next++) {
      start = Math.max(start, state[next]);
    }
    long end = start + useAmounts[(number << AMOUNTS_LOG2) + CYCLES];
    for (int taken = server; taken < last; taken++) {
      state[taken] = end;
    }
    noteService(number, server - unit, now, start);
    return end;
  }

  private void noteService(int number, int server, long arrival, long start) {
    // Also where there was nothing to wait for, which nobody could guess.
    state[useNumbers[(number << USE_LOG2) + ACCOUNT]] +=
        (start - arrival) * useAmounts[(number << AMOUNTS_LOG2) + WEIGHT];
    if (witness != null) {
      witness.serves(number, server, iterationOf(number), arrival, start);
    }
  }

  /** The iteration that the station of a use is in. */
  private long iterationOf(int number) {
    int last = number;
    while (useNumbers[(last << USE_LOG2) + STATION] == NONE) {
      last++;
    }
    return state[layout.stationState[useNumbers[(last << USE_LOG2) + STATION]] + TAKEN] - 1;
  }

  /**
   * Lets a station take its next iteration if everything that decides when is known. Returns a
   * station to look at then, or NONE.
   */
  private int take(int number) {
    int station = number << STATION_LOG2;
    int words = stationNumbers[station + OWN];
    long iteration = state[words + TAKEN];
    if (iteration != state[words + FINISHED] || iteration == stationTimes[number]) {
      return NONE;
    }
    long time = state[words + FINISHED_AT];
    int before = stationNumbers[station + BEFORE];
    if (before != NONE) {
      if (state[before + FINISHED] <= iteration) {
        return NONE;
      }
      int ready = (int) iteration & stationNumbers[station + BEFORE_MASK];
      time = Math.max(time, state[before + ENDS + ready]);
    }
    int after = stationNumbers[station + AFTER];
    if (after != NONE) {
      int places = stationNumbers[station + PLACES];
      if (places == 0) {
        if (state[after + TAKEN] < iteration) {
          heldUp[number + 1] = true;
          return NONE;
        }
        if (iteration > 0) {
          time = Math.max(time, state[after + TOOK_AT]);
        }
      } else if (iteration >= places) {
        if (state[after + FINISHED] <= iteration - places) {
          heldUp[number + 1] = true;
          return NONE;
        }
        int left = (int) (iteration - places) & stationNumbers[station + AFTER_MASK];
        long free = state[after + ENDS + left];
        if (free > time) {
          waitForPlace(number, iteration, time, free);
          time = free;
        }
      }
    }
    return begin(number, words, time);
  }

  private void waitForPlace(int number, long iteration, long time, long free) {
    int station = number << STATION_LOG2;
    int account = stationNumbers[station + PLACE_ACCOUNT];
    state[account] += (free - time) * programWeight[stationNumbers[station + PROGRAM]];
    if (witness != null) {
      witness.waitsForPlace(number, layout.stallOf(account), iteration, time, free);
    }
  }

  /** Returns a station to look at then, or NONE. */
  private int begin(int number, int words, long time) {
    int station = number << STATION_LOG2;
    state[words + TAKEN]++;
    state[words + TOOK_AT] = time;
    if (stationNumbers[station + PLACES_BEFORE] == 0) {
      freePlace(number);
    }
    int firstUse = stationNumbers[station + FIRST_USE];
    if (firstUse != NONE) {
      arriveAt(firstUse, time + commandLead[stationNumbers[station + COMMAND]]);
      return NONE;
    }
    long plainEnd = time + stationPlain[number];
    int from = stationNumbers[station + COMMAND];
    int to = stationNumbers[station + END_OF_COMMANDS];
    if (from == to) {
      return finish(number, plainEnd);
    }
    state[words + UNDER_WAY] = (long) to - from;
    state[words + LATEST_END] = plainEnd;
    for (int command = from; command < to; command++) {
      arriveAt(commandUse[command], time + commandLead[command]);
    }
    return NONE;
  }

  /**
   * Notes an end, and looks at the stations that it may have been the last to keep waiting. Returns
   * one of them, or NONE.
   */
  private int finish(int number, long time) {
    int station = number << STATION_LOG2;
    int words = stationNumbers[station + OWN];
    long iteration = state[words + FINISHED]++;
    state[words + ENDS + ((int) iteration & stationNumbers[station + OWN_MASK])] = time;
    state[words + FINISHED_AT] = time;
    if (stationNumbers[station + PLACES_BEFORE] > 0) {
      freePlace(number);
    }
    int after = stationNumbers[station + AFTER];
    if (after == NONE) {
      if (!goesOn(number, iteration, time)) {
        return NONE;
      }
    } else if (state[after + FINISHED] == iteration) {
      lookAt(number + 1);
    }
    int before = stationNumbers[station + BEFORE];
    return before == NONE || state[before + FINISHED] > iteration + 1 ? number : NONE;
  }

  /** Places are free in front of a station. */
  private void freePlace(int station) {
    if (heldUp[station]) {
      heldUp[station] = false;
      lookAt(station - 1);
    }
  }

  /** The last station of a pipeline has finished an iteration; returns whether another follows. */
  private boolean goesOn(int station, long iteration, long time) {
    int program = stationNumbers[(station << STATION_LOG2) + PROGRAM];
    int following = (int) state[layout.program(program) + NEXT_OPERATION];
    if (iteration + 1 < stationTimes[station]) {
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
    if (worklistSize == worklist.length) {
      worklist = Arrays.copyOf(worklist, 2 * worklistSize);
    }
    worklist[worklistSize++] = station;
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
    controlIsTold = true;
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
