package io.github.primesim.device;

import static io.github.primesim.device.ProgramLayout.COMPLETED;
import static io.github.primesim.device.ProgramLayout.DONE;
import static io.github.primesim.device.ProgramLayout.ENDS;
import static io.github.primesim.device.ProgramLayout.FINISHED;
import static io.github.primesim.device.ProgramLayout.FINISHED_AT;
import static io.github.primesim.device.ProgramLayout.LATEST_END;
import static io.github.primesim.device.ProgramLayout.NEXT_OPERATION;
import static io.github.primesim.device.ProgramLayout.NONE;
import static io.github.primesim.device.ProgramLayout.PIPELINES;
import static io.github.primesim.device.ProgramLayout.TAKEN;
import static io.github.primesim.device.ProgramLayout.TOOK_AT;
import static io.github.primesim.device.ProgramLayout.UNDER_WAY;

import io.github.primesim.kernel.Entity;
import io.github.primesim.kernel.Experiment;
import io.github.primesim.metrics.StallCounts;
import java.util.Arrays;

/**
 * The sequencers of all programs and the units they queue at.
 *
 * <p>The event is the arrival of a command at a unit; its kind and its priority are the number of
 * that use, which follows the order of the trace. A unit then knows when the request will be served
 * (first come, first served, with a known duration), so the arrival at the next unit, and the end
 * of the station, are known at once. What follows from it (stations that take iterations, pipelines
 * and programs that end) is computed by a worklist of stations in which something may have become
 * known, without recursion.
 *
 * <p>Times are cycles of the memory. They are ahead of the clock of the experiment by what {@link
 * FastForward} has left out.
 *
 * <p>Nothing is allocated while the simulation runs.
 */
final class Sequencers extends Entity {
  private final ProgramLayout layout;
  private final StageControl control;

  /** Null if everything is to be simulated. */
  private final FastForward forward;

  /** Null if nobody watches. */
  private final Witness witness;

  /** All that changes; {@link ProgramLayout} tells what stands where. */
  private final long[] state;

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
    super(experiment, "sequencers");
    this.layout = layout;
    this.state = state;
    this.control = control;
    this.forward = forward;
    this.witness = witness;
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
    schedule(time, -1 - node);
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
  protected void handle(int kind, long payload) {
    long time = time();
    if (kind < 0) {
      control.letIn(-1 - kind);
    } else if (state[layout.arrivalState + kind] != time || !endsStation(kind, time)) {
      // On its way to another unit; or left over from before a leap it did not take part in.
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
  private boolean endsStation(int use, long time) {
    state[layout.arrivalState + use] = NONE;
    long end = serve(use, time) + layout.useTail[use];
    if (!layout.useLast[use]) {
      arriveAt(use + 1, end);
      return false;
    }
    int station = layout.useStation[use];
    int words = layout.stationState[station];
    long latest = Math.max(state[words + LATEST_END], end);
    state[words + LATEST_END] = latest;
    if (--state[words + UNDER_WAY] > 0) {
      return false;
    }
    finish(station, latest);
    return true;
  }

  private void arriveAt(int use, long time) {
    state[layout.arrivalState + use] = time;
    schedule(time, use);
  }

  /** Schedules again what {@link FastForward} has left at its time. */
  void keep(long time, int kind) {
    schedule(time, kind);
  }

  private void schedule(long time, int kind) {
    scheduleAt(forward == null ? time : time - forward.leapt(), kind, kind, 0);
  }

  /** Reserves the server that is free first and returns when the service will be over. */
  private long serve(int use, long now) {
    int server = layout.useUnit[use];
    int servers = layout.useServers[use];
    if (servers > 1) {
      int end = server + servers;
      for (int other = server + 1; other < end; other++) {
        if (state[other] < state[server]) {
          server = other;
        }
      }
    }
    long start = Math.max(now, state[server]);
    int last = server + layout.useWidth[use];
    for (int unit = server + 1; unit < last; unit++) {
      start = Math.max(start, state[unit]);
    }
    long end = start + layout.useCycles[use];
    for (int unit = server; unit < last; unit++) {
      state[unit] = end;
    }
    if (start > now) {
      int program = layout.stationProgram[layout.useStation[use]];
      state[layout.useAccount[use]] += (start - now) * layout.programWeight[program];
    }
    if (witness != null) {
      long iteration = state[layout.stationState[layout.useStation[use]] + TAKEN] - 1;
      witness.serves(use, server - layout.useUnit[use], iteration, now, start);
    }
    return end;
  }

  /** Lets a station take its next iteration if everything that decides when is known. */
  private void take(int station) {
    int words = layout.stationState[station];
    long iteration = state[words + TAKEN];
    if (iteration != state[words + FINISHED] || iteration == layout.stationTimes[station]) {
      return;
    }
    long time = state[words + FINISHED_AT];
    if (!layout.stationFirst[station]) {
      int before = station - 1;
      if (state[layout.stationState[before] + FINISHED] <= iteration) {
        return;
      }
      time = Math.max(time, end(before, iteration));
    }
    if (!layout.stationLast[station]) {
      int next = layout.stationState[station + 1];
      int places = layout.stationPlaces[station];
      if (places == 0) {
        if (state[next + TAKEN] < iteration) {
          return;
        }
        if (iteration > 0) {
          time = Math.max(time, state[next + TOOK_AT]);
        }
      } else if (iteration >= places) {
        if (state[next + FINISHED] <= iteration - places) {
          return;
        }
        long free = end(station + 1, iteration - places);
        if (free > time) {
          int account = layout.stationPlaceAccount[station];
          state[account] += (free - time) * layout.programWeight[layout.stationProgram[station]];
          if (witness != null) {
            witness.waitsForPlace(station, layout.stallOf(account), iteration, time, free);
          }
          time = free;
        }
      }
    }
    begin(station, time);
  }

  /** When a station finished one of its last iterations. */
  private long end(int station, long iteration) {
    return state[
        layout.stationState[station] + ENDS + ((int) iteration & layout.stationMask[station])];
  }

  private void begin(int station, long time) {
    int words = layout.stationState[station];
    state[words + TAKEN]++;
    state[words + TOOK_AT] = time;
    if (!layout.stationFirst[station] && layout.stationPlaces[station - 1] == 0) {
      lookAt(station - 1);
    }
    long plainEnd = time + layout.stationPlain[station];
    int from = layout.stationCommands[station];
    int to = layout.stationCommands[station + 1];
    if (from == to) {
      finish(station, plainEnd);
      return;
    }
    state[words + UNDER_WAY] = (long) to - from;
    state[words + LATEST_END] = plainEnd;
    for (int command = from; command < to; command++) {
      arriveAt(layout.commandUse[command], time + layout.commandLead[command]);
    }
  }

  private void finish(int station, long time) {
    int words = layout.stationState[station];
    long iteration = state[words + FINISHED]++;
    state[words + ENDS + ((int) iteration & layout.stationMask[station])] = time;
    state[words + FINISHED_AT] = time;
    if (!layout.stationFirst[station] && layout.stationPlaces[station - 1] > 0) {
      lookAt(station - 1);
    }
    if (!layout.stationLast[station]) {
      lookAt(station + 1);
    } else {
      int program = layout.stationProgram[station];
      int following = (int) state[layout.program(program) + NEXT_OPERATION];
      if (iteration + 1 == layout.stationTimes[station]) {
        if (forward != null) {
          forward.loopEnds(following - 1);
        }
        next(program, following, time);
        return;
      }
      if (forward != null) {
        forward.iterationEnds(following - 1);
      }
    }
    lookAt(station);
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
