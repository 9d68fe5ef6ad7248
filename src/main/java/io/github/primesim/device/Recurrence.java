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

/**
 * Whether the state of a simulation is one it has had before, and what follows from it.
 *
 * <p>The whole state is compared, word by word. It recurs if between the earlier moment and the
 * present each part
 *
 * <ul>
 *   <li>has moved in time as the clock has, all its times by the same number of cycles, while its
 *       loops have gone on by some iterations, or have come round to the iteration they were in; or
 *   <li>has not changed at all: it waits for something that comes later, or is not under way.
 * </ul>
 *
 * <p>What happens next depends on nothing else: times are only ever added to and compared with each
 * other, and an iteration is like the one before unless it is among the first, which find places
 * free, or the last one. So as long as no loop that has gone on reaches its last iteration, and the
 * clock does not reach what has not changed, the same happens again, later by the same cycles.
 * {@link #leap} adds as many of these periods at once as fit.
 *
 * <p>Waiting that was counted in a period is counted as often as the period is repeated.
 */
final class Recurrence {
  private final ProgramLayout layout;
  private final long[] state;

  /** Null where there are no stages that take images. */
  private final MemoryController controller;

  private final int nodes;

  /** By program: iterations its pipeline has gone on by, or NONE if it has not changed. */
  private final long[] programSteps;

  private final boolean[] programMoves;

  /** Likewise by repetition. */
  private final long[] operationSteps;

  private final long[] nodeSteps;
  private final boolean[] unitMoves;

  // Of the comparison that is being made.
  private long[] earlier;
  private long now;
  private long period;
  private long periods;
  private long horizon;
  private int differed;
  private long compared;

  /** Of programs that no stage surrounds. */
  Recurrence(ProgramLayout layout, long[] state) {
    this(layout, state, null);
  }

  /**
   * Of a memory.
   *
   * @param state the present, always
   */
  Recurrence(ProgramLayout layout, long[] state, MemoryController controller) {
    this.layout = layout;
    this.state = state;
    this.controller = controller;
    nodes = controller == null ? 0 : controller.nodes();
    programSteps = new long[layout.programs];
    programMoves = new boolean[layout.programs];
    operationSteps = new long[layout.operations];
    nodeSteps = new long[nodes];
    unitMoves = new boolean[layout.unitServers.length];
  }

  /** Loops: one for each operation, and the images. */
  int loops() {
    return layout.operations + 1;
  }

  /** Loops within one another at most, the images not counted, less one. */
  int deepest() {
    int deepest = 0;
    for (int depth : layout.operationDepth) {
      deepest = Math.max(deepest, depth);
    }
    return deepest;
  }

  /** Loops within one another that an operation has, 0 for the innermost ones. */
  int depth(int operation) {
    return layout.operationDepth[operation];
  }

  /** Words of a state that is kept. */
  int words() {
    return layout.words + 1;
  }

  /** Keeps the present state. */
  void keep(long[] kept, long time) {
    System.arraycopy(state, 0, kept, 0, layout.words);
    kept[layout.words] = time;
  }

  /** The program that was found to differ last; a hint for the next time. */
  int differed() {
    return differed;
  }

  /** Words compared for the last answer. */
  long compared() {
    return compared;
  }

  /**
   * Whether the present is a state that was kept, and a period or more can be left out.
   *
   * @param suspect the program to look at first
   */
  boolean found(long[] kept, long time, int suspect) {
    earlier = kept;
    now = time;
    period = time - kept[layout.words];
    periods = Long.MAX_VALUE;
    horizon = Long.MAX_VALUE;
    compared = 0;
    differed = 0;
    if (period <= 0) {
      return false;
    }
    if (layout.programs > 0 && !program(suspect)) {
      differed = suspect;
      return false;
    }
    for (int program = 0; program < layout.programs; program++) {
      if (program != suspect && !program(program)) {
        differed = program;
        return false;
      }
    }
    compared += layout.unitServers.length;
    if (!units() || !stages()) {
      return false;
    }
    if (horizon != Long.MAX_VALUE) {
      periods = Math.min(periods, (horizon - 1 - now) / period);
    }
    // Without a bound nothing would ever end: there is nothing under way.
    return periods > 0 && periods != Long.MAX_VALUE;
  }

  private boolean program(int program) {
    int words = layout.program(program);
    compared += 2;
    programMoves[program] = false;
    programSteps[program] = 0;
    boolean sameRun = same(words + PIPELINES);
    if (!same(words + NEXT_OPERATION)) {
      return false;
    }
    for (int o = layout.programOperations[program];
        o < layout.programOperations[program + 1];
        o++) {
      if (!repetition(o)) {
        return false;
      }
    }
    int next = (int) state[words + NEXT_OPERATION];
    if (next == NONE) {
      return true;
    }
    int first = layout.operationStation[next - 1];
    int last = first;
    while (!layout.stationLast[last]) {
      last++;
    }
    int lastWords = layout.stationState[last];
    long steps = state[lastWords + FINISHED] - earlier[lastWords + FINISHED];
    if (sameRun && steps == 0) {
      return unchanged(first, last);
    }
    if (!sameRun && steps != 0) {
      return false;
    }
    programMoves[program] = true;
    programSteps[program] = steps;
    for (int station = first; station <= last; station++) {
      if (!station(station, steps)) {
        return false;
      }
    }
    return true;
  }

  /** A loop around others has gone on, or has come round to where it was. */
  private boolean repetition(int operation) {
    operationSteps[operation] = 0;
    if (layout.operationTarget[operation] == NONE) {
      return true;
    }
    compared += 2;
    int words = layout.operation(operation);
    long steps = state[words + DONE] - earlier[words + DONE];
    if (steps == 0) {
      return true;
    }
    if (steps < 0 || !same(words + COMPLETED)) {
      return false;
    }
    operationSteps[operation] = steps;
    limit(layout.operationTimes[operation], state[words + DONE], steps);
    return true;
  }

  /** A pipeline that has not changed may go on from the first arrival that is pending. */
  private boolean unchanged(int first, int last) {
    int from = layout.stationState[first];
    int to = layout.stationState[last] + ENDS + layout.stationMask[last] + 1;
    compared += to - from;
    for (int word = from; word < to; word++) {
      if (!same(word)) {
        return false;
      }
    }
    for (int use = layout.stationUses[first]; use < layout.stationUses[last + 1]; use++) {
      int word = layout.arrivalState + use;
      compared++;
      if (!same(word)) {
        return false;
      }
      if (state[word] != NONE) {
        horizon = Math.min(horizon, state[word]);
      }
    }
    return true;
  }

  private boolean station(int station, long steps) {
    int words = layout.stationState[station];
    compared += ENDS;
    long taken = earlier[words + TAKEN];
    long finished = earlier[words + FINISHED];
    if (state[words + TAKEN] - taken != steps
        || state[words + FINISHED] - finished != steps
        || !same(words + UNDER_WAY)
        || !moved(words + FINISHED_AT)
        || (taken > 0 && !moved(words + TOOK_AT))) {
      return false;
    }
    if (steps > 0) {
      // The first iterations find places free without asking.
      if (taken < Math.max(1, layout.stationPlaces[station])) {
        return false;
      }
      limit(layout.stationTimes[station], state[words + TAKEN], steps);
    }
    if (state[words + UNDER_WAY] > 0 && !moved(words + LATEST_END)) {
      return false;
    }
    if (taken > finished) {
      for (int use = layout.stationUses[station]; use < layout.stationUses[station + 1]; use++) {
        int word = layout.arrivalState + use;
        compared++;
        if (state[word] == NONE ? earlier[word] != NONE : !moved(word)) {
          return false;
        }
      }
    }
    int mask = layout.stationMask[station];
    int ends = words + ENDS;
    for (long back = 1; back <= Math.min(mask + 1L, finished); back++) {
      compared++;
      if (state[ends + ((int) (finished + steps - back) & mask)]
          != earlier[ends + ((int) (finished - back) & mask)] + period) {
        return false;
      }
    }
    return true;
  }

  /** A loop that has gone on must have an iteration left after the last period. */
  private void limit(long times, long present, long steps) {
    periods = Math.min(periods, (times - 1 - present) / steps);
  }

  private boolean units() {
    long then = now - period;
    int unit = 0;
    while (unit < unitMoves.length) {
      // Servers without a number of their own belong to the unit before them.
      int end = unit + 1;
      while (end < unitMoves.length && layout.unitServers[end] == 0) {
        end++;
      }
      long latestMoving = now;
      long firstFixed = Long.MAX_VALUE;
      for (int server = unit; server < end; server++) {
        int word = layout.unitState + server;
        long before = earlier[word];
        long at = state[word];
        unitMoves[server] = false;
        if (before <= then && at <= now) {
          // Free at both moments: since when does not matter.
          continue;
        }
        if (at - before == period && before > then) {
          unitMoves[server] = true;
          latestMoving = Math.max(latestMoving, at);
        } else if (at == before) {
          firstFixed = Math.min(firstFixed, at);
        } else {
          return false;
        }
      }
      if (end - unit > 1 && firstFixed != Long.MAX_VALUE) {
        // Among servers the earliest is chosen: those that move must stay before those that do not.
        horizon = Math.min(horizon, firstFixed - (latestMoving - now));
      }
      unit = end;
    }
    return true;
  }

  private boolean stages() {
    for (int node = 0; node < nodes; node++) {
      if (!node(node)) {
        return false;
      }
    }
    for (int node = 0; node < nodes; node++) {
      int stage = node % controller.stages();
      for (int producer : controller.producers(stage)) {
        if (nodeSteps[node - stage + producer] != nodeSteps[node]) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean node(int node) {
    int words = layout.node(node);
    compared += layout.nodeWords;
    long begun = earlier[words + MemoryController.BEGUN];
    long ended = earlier[words + MemoryController.ENDED];
    long steps = state[words + MemoryController.BEGUN] - begun;
    nodeSteps[node] = steps;
    if (state[words + MemoryController.ENDED] - ended != steps) {
      return false;
    }
    if (steps == 0) {
      for (int word = words; word < words + layout.nodeWords; word++) {
        if (!same(word)) {
          return false;
        }
      }
      if (state[words + MemoryController.LETS_IN_AT] != NONE) {
        horizon = Math.min(horizon, state[words + MemoryController.LETS_IN_AT]);
      }
      return true;
    }
    if (!controller.imagesAreAlike()
        || begun < Math.max(1, controller.bufferedImages())
        || !same(words + MemoryController.UNDER_WAY)
        || !sameOrMoved(words + MemoryController.LETS_IN_AT)
        || (begun > ended
            && !(moved(words + MemoryController.LATEST_END)
                && moved(words + MemoryController.BEGAN)))) {
      return false;
    }
    limit(controller.images(node), begun + steps, steps);
    int kept = controller.keptEnds();
    int ends = words + MemoryController.ENDS;
    for (long back = 1; back <= Math.min(kept, ended); back++) {
      if (state[ends + (int) ((ended + steps - back) % kept)]
          != earlier[ends + (int) ((ended - back) % kept)] + period) {
        return false;
      }
    }
    return true;
  }

  private boolean sameOrMoved(int word) {
    return state[word] == NONE ? earlier[word] == NONE : moved(word);
  }

  private boolean same(int word) {
    return state[word] == earlier[word];
  }

  private boolean moved(int word) {
    return state[word] - earlier[word] == period && earlier[word] != NONE;
  }

  /**
   * Goes on by all periods that {@link #found} has found, and returns their cycles. What has not
   * changed keeps its time.
   */
  long leap(long[] kept) {
    long cycles = Math.multiplyExact(periods, period);
    Math.addExact(now, cycles);
    countWaits(kept);
    for (int program = 0; program < layout.programs; program++) {
      if (programMoves[program]) {
        move(program, cycles);
      }
      for (int o = layout.programOperations[program];
          o < layout.programOperations[program + 1];
          o++) {
        state[layout.operation(o) + DONE] += periods * operationSteps[o];
      }
    }
    for (int unit = 0; unit < unitMoves.length; unit++) {
      if (unitMoves[unit]) {
        state[layout.unitState + unit] += cycles;
      }
    }
    for (int node = 0; node < nodes; node++) {
      if (nodeSteps[node] > 0) {
        moveNode(node, cycles);
      }
    }
    return cycles;
  }

  /** Periods that the last leap has left out. */
  long periods() {
    return periods;
  }

  /** Counts begin anew when a stage ends an image, in each period at the same point. */
  private void countWaits(long[] kept) {
    for (int node = 0; node < Math.max(1, nodes); node++) {
      if (nodes == 0 || nodeSteps[node] == 0) {
        for (int word = layout.accountsOf(node); word < layout.accountsOf(node + 1); word++) {
          state[word] =
              Math.addExact(state[word], Math.multiplyExact(periods, state[word] - kept[word]));
        }
      }
    }
  }

  private void move(int program, long cycles) {
    int station =
        layout.operationStation[(int) state[layout.program(program) + NEXT_OPERATION] - 1];
    long steps = periods * programSteps[program];
    while (true) {
      int words = layout.stationState[station];
      state[words + TAKEN] += steps;
      state[words + FINISHED] += steps;
      state[words + TOOK_AT] += cycles;
      state[words + FINISHED_AT] += cycles;
      state[words + LATEST_END] += cycles;
      turn(words + ENDS, layout.stationMask[station] + 1, steps, cycles);
      for (int use = layout.stationUses[station]; use < layout.stationUses[station + 1]; use++) {
        if (state[layout.arrivalState + use] != NONE) {
          state[layout.arrivalState + use] += cycles;
        }
      }
      if (layout.stationLast[station]) {
        break;
      }
      station++;
    }
  }

  private void moveNode(int node, long cycles) {
    int words = layout.node(node);
    long steps = periods * nodeSteps[node];
    state[words + MemoryController.BEGUN] += steps;
    state[words + MemoryController.ENDED] += steps;
    state[words + MemoryController.LATEST_END] += cycles;
    state[words + MemoryController.BEGAN] += cycles;
    if (state[words + MemoryController.LETS_IN_AT] != NONE) {
      state[words + MemoryController.LETS_IN_AT] += cycles;
    }
    turn(words + MemoryController.ENDS, controller.keptEnds(), steps, cycles);
  }

  /** Moves what is kept of the last iterations to where it is looked for {@code steps} later. */
  private void turn(int from, int size, long steps, long cycles) {
    int shift = (int) (steps % size);
    long[] before = new long[size];
    System.arraycopy(state, from, before, 0, size);
    for (int i = 0; i < size; i++) {
      state[from + (i + shift) % size] = before[i] + cycles;
    }
  }

  /** Whether the last leap has brought a loop on. */
  boolean advanced(int loop) {
    if (loop == layout.operations) {
      return nodes > 0 && nodeSteps[controller.stages() - 1] > 0;
    }
    int station = layout.operationStation[loop];
    return station == NONE
        ? operationSteps[loop] > 0
        : programSteps[layout.stationProgram[station]] > 0;
  }
}
