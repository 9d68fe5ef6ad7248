package io.github.primesim.device;

import io.github.primesim.device.ProgramParts.PlacedOperation;
import io.github.primesim.device.ProgramParts.PlacedStation;
import io.github.primesim.device.ProgramParts.QueuedUse;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Programs laid out flat: what {@link Sequencers} look up while they run, and where the state of
 * each part stands in one array of words.
 *
 * <p>All that changes while programs run stands in that array, so that a state can be kept,
 * compared and moved in time as a whole.
 */
final class ProgramLayout {
  /** No place, no time, no operation. */
  static final int NONE = -1;

  // Words of a program: the operation it goes on with, NONE when it is not under way; pipelines
  // it has begun.
  static final int NEXT_OPERATION = 0;
  static final int PIPELINES = 1;
  private static final int PROGRAM_WORDS = 2;

  // Words of an operation that repeats others: repetitions done; how often they were complete.
  static final int DONE = 0;
  static final int COMPLETED = 1;
  private static final int OPERATION_WORDS = 2;

  // Words of a station: iterations taken, iterations finished, when it took and finished the last
  // of them, commands of the present iteration that have not ended, latest end of the others
  // (both only where there are others); then the ends of its last iterations, as many as places
  // behind or before it ask for.
  static final int TAKEN = 0;
  static final int FINISHED = 1;
  static final int TOOK_AT = 2;
  static final int FINISHED_AT = 3;
  static final int UNDER_WAY = 4;
  static final int LATEST_END = 5;
  static final int ENDS = 6;

  private static final Stall[] STALLS = Stall.values();

  // Numbers of a use: where its unit stands in the state, or the complement of it if the unit has
  // several servers or neighbouring units are taken at once; its station, or NONE if its command
  // goes on after it; where waiting for it is counted.
  static final int UNIT = 0;
  static final int STATION = 1;
  static final int ACCOUNT = 2;
  static final int USE_LOG2 = 2;

  // Amounts of a use: its cycles; those after it until the command asks for its next queueing
  // unit or ends; the programs that the one it belongs to stands for.
  static final int CYCLES = 0;
  static final int TAIL = 1;
  static final int WEIGHT = 2;
  static final int AMOUNTS_LOG2 = 2;

  // Numbers of a station: where its state stands, and that of the stations before and after it or
  // NONE, each with its number of kept ends less one; places behind and before it; its commands
  // that queue somewhere, from the first to the one after the last; where waiting for a place is
  // counted, and its program; the first use of its only command if there is nothing else to wait
  // for, or NONE.
  static final int OWN = 0;
  static final int OWN_MASK = 1;
  static final int BEFORE = 2;
  static final int BEFORE_MASK = 3;
  static final int AFTER = 4;
  static final int AFTER_MASK = 5;
  static final int PLACES = 6;
  static final int PLACES_BEFORE = 7;
  static final int COMMAND = 8;
  static final int END_OF_COMMANDS = 9;
  static final int PLACE_ACCOUNT = 10;
  static final int PROGRAM = 11;
  static final int FIRST_USE = 12;
  static final int STATION_LOG2 = 4;

  /** Uses of units at which requests queue, in the order of the trace. */
  final int uses;

  /** What is looked up when a command arrives. */
  final int[] useNumbers;

  final long[] useAmounts;

  /** How many servers the unit of a use has, and how many units it takes at once. */
  final int[] useServers;

  final int[] useWidth;

  /** What is looked up when a station goes on. */
  final int[] stationNumbers;

  // Stations of all pipelines; those of a pipeline follow each other.
  final int stations;

  /** Where its words begin. */
  final int[] stationState;

  final boolean[] stationLast;
  final int[] stationProgram;
  final long[] stationTimes;

  /** Cycles of the longest command that queues nowhere. */
  final long[] stationPlain;

  /** Places behind it, 0 if a result stays in its station until the next takes it. */
  final int[] stationPlaces;

  /** Kept ends less one; their number is a power of two. */
  final int[] stationMask;

  /** The range of its uses. */
  final int[] stationUses;

  /** Cycles of a command before its first queueing unit, and its first use. */
  final long[] commandLead;

  final int[] commandUse;

  // Operations of all programs: a pipeline, by its first station; a jump back to a target; or,
  // where both are NONE, a time that passes.
  final int operations;
  final int[] operationStation;
  final int[] operationTarget;
  final long[] operationTimes;

  /** Operations that repeat others within one another, 0 for those that repeat none. */
  final int[] operationDepth;

  /** What is waited for while a time passes: pairs of an account and cycles. */
  final long[][] operationWaits;

  final int programs;
  final int[] programNode;
  final long[] programWeight;
  final int[] programOperations;

  /** Programs of a stage. */
  final int[] nodePrograms;

  /** By first server of a unit. */
  final int[] unitServers;

  // Where the words of all programs, operations, ... begin.
  final int operationState;
  final int arrivalState;
  final int unitState;
  final int accountState;
  final int nodeState;
  final int nodeWords;
  final int words;

  /**
   * Lays out programs.
   *
   * @param entries in the order of the trace
   * @param nodes stages of all instances
   * @param nodeWords words that a stage needs for its own state
   * @param folded whether repetitions in which nothing queues are worked out as such, or one by one
   */
  ProgramLayout(
      ProgramTable table,
      List<ProgramTable.Entry> entries,
      int nodes,
      int nodeWords,
      boolean folded) {
    this.nodeWords = nodeWords;
    ProgramParts parts = new ProgramParts(table, folded);
    entries.forEach(entry -> parts.add(entry.program()));
    uses = parts.uses.size();
    stations = parts.stations.size();
    operations = parts.operations.size();
    programs = entries.size();

    programNode = new int[programs];
    programWeight = new long[programs];
    programOperations = new int[programs + 1];
    nodePrograms = new int[nodes + 1];
    for (int p = 0; p < programs; p++) {
      programNode[p] = entries.get(p).program().node();
      programWeight[p] = entries.get(p).weight();
      programOperations[p] = parts.programs.get(p);
      nodePrograms[programNode[p] + 1]++;
    }
    programOperations[programs] = operations;
    for (int node = 0; node < nodes; node++) {
      nodePrograms[node + 1] += nodePrograms[node];
    }

    stationState = new int[stations];
    stationLast = new boolean[stations];
    stationProgram = new int[stations];
    stationTimes = new long[stations];
    stationPlain = new long[stations];
    stationPlaces = new int[stations];
    stationMask = new int[stations];
    stationUses = new int[stations + 1];
    operationState = PROGRAM_WORDS * programs;
    int end = operationState + OPERATION_WORDS * operations;
    for (int s = 0; s < stations; s++) {
      PlacedStation placed = parts.stations.get(s);
      stationLast[s] = placed.last();
      stationProgram[s] = placed.program();
      stationTimes[s] = placed.times();
      stationPlain[s] = placed.plain();
      stationPlaces[s] = placed.places();
      stationUses[s] = placed.firstUse();
      int kept = Math.max(placed.places(), placed.first() ? 0 : stationPlaces[s - 1]);
      int size = kept == 0 ? 1 : Integer.highestOneBit(kept) << 1;
      stationMask[s] = size - 1;
      stationState[s] = end;
      end = Math.addExact(end, ENDS + size);
    }
    stationUses[stations] = uses;
    commandLead = parts.commands.stream().mapToLong(ProgramParts.QueuedCommand::lead).toArray();
    commandUse = parts.commands.stream().mapToInt(ProgramParts.QueuedCommand::firstUse).toArray();

    arrivalState = end;
    unitState = Math.addExact(arrivalState, uses);
    useNumbers = new int[Math.multiplyExact(uses, 1 << USE_LOG2)];
    useAmounts = new long[uses << AMOUNTS_LOG2];
    useServers = new int[uses];
    useWidth = new int[uses];
    int[] useUnits = new int[uses];
    unitServers = numberUnits(table, parts, useUnits);
    accountState = Math.addExact(unitState, unitServers.length);
    for (int u = 0; u < uses; u++) {
      QueuedUse queued = parts.uses.get(u);
      int program = stationProgram[queued.station()];
      int use = u << USE_LOG2;
      int unit = unitState + useUnits[u];
      useServers[u] = unitServers[useUnits[u]];
      useWidth[u] = queued.use().width();
      useNumbers[use + UNIT] = useServers[u] == 1 && useWidth[u] == 1 ? unit : ~unit;
      useNumbers[use + STATION] = queued.last() ? queued.station() : NONE;
      useNumbers[use + ACCOUNT] = account(program, queued.use().kind().stall());
      useAmounts[(u << AMOUNTS_LOG2) + CYCLES] = queued.use().cycles();
      useAmounts[(u << AMOUNTS_LOG2) + TAIL] = queued.tail();
      useAmounts[(u << AMOUNTS_LOG2) + WEIGHT] = programWeight[program];
    }
    stationNumbers = new int[Math.multiplyExact(stations, 1 << STATION_LOG2)];
    for (int s = 0; s < stations; s++) {
      lay(s, parts);
    }
    nodeState = Math.addExact(accountState, Math.multiplyExact(nodes, STALLS.length));
    words = Math.addExact(nodeState, Math.multiplyExact(nodes, nodeWords));

    operationStation = new int[operations];
    operationTarget = new int[operations];
    operationTimes = new long[operations];
    operationDepth = new int[operations];
    operationWaits = new long[operations][];
    for (int p = 0; p < programs; p++) {
      for (int o = programOperations[p]; o < programOperations[p + 1]; o++) {
        PlacedOperation placed = parts.operations.get(o);
        operationStation[o] = placed.station();
        operationTarget[o] = placed.target();
        operationTimes[o] = placed.times();
        for (int within = placed.target(); within != NONE && within < o; within++) {
          operationDepth[o] = Math.max(operationDepth[o], operationDepth[within] + 1);
        }
        operationWaits[o] = new long[2 * placed.waits().size()];
        int next = 0;
        for (var wait : placed.waits().entrySet()) {
          operationWaits[o][next++] = account(p, wait.getKey());
          operationWaits[o][next++] = Math.multiplyExact(wait.getValue(), programWeight[p]);
        }
      }
    }
  }

  /**
   * Numbers the units that are used anew, in their order, and returns the servers of each.
   *
   * @param useUnits gets the unit of each use
   */
  private static int[] numberUnits(ProgramTable table, ProgramParts parts, int[] useUnits) {
    TreeMap<Integer, Integer> servers = new TreeMap<>();
    for (QueuedUse queued : parts.uses) {
      int unit = queued.use().unit();
      for (int i = 0; i < queued.use().width(); i++) {
        servers.put(unit + i, table.servers(unit));
      }
      for (int i = 1; i < table.servers(unit); i++) {
        servers.putIfAbsent(unit + i, 0);
      }
    }
    int[] all = new int[servers.size()];
    int next = 0;
    for (var unit : servers.entrySet()) {
      all[next] = unit.getValue();
      unit.setValue(next++);
    }
    for (int u = 0; u < useUnits.length; u++) {
      useUnits[u] = servers.get(parts.uses.get(u).use().unit());
    }
    return all;
  }

  private void lay(int s, ProgramParts parts) {
    PlacedStation placed = parts.stations.get(s);
    int station = s << STATION_LOG2;
    int program = stationProgram[s];
    stationNumbers[station + OWN] = stationState[s];
    stationNumbers[station + OWN_MASK] = stationMask[s];
    stationNumbers[station + BEFORE] = placed.first() ? NONE : stationState[s - 1];
    stationNumbers[station + BEFORE_MASK] = placed.first() ? 0 : stationMask[s - 1];
    stationNumbers[station + AFTER] = placed.last() ? NONE : stationState[s + 1];
    stationNumbers[station + AFTER_MASK] = placed.last() ? 0 : stationMask[s + 1];
    stationNumbers[station + PLACES] = placed.places();
    stationNumbers[station + PLACES_BEFORE] = placed.first() ? 0 : stationPlaces[s - 1];
    stationNumbers[station + COMMAND] = placed.firstCommand();
    int end = s + 1 < stations ? parts.stations.get(s + 1).firstCommand() : parts.commands.size();
    boolean onlyOne = end - placed.firstCommand() == 1 && placed.plain() == 0;
    stationNumbers[station + END_OF_COMMANDS] = end;
    stationNumbers[station + FIRST_USE] = onlyOne ? stationUses[s] : NONE;
    stationNumbers[station + PLACE_ACCOUNT] =
        placed.placeStall() == null ? NONE : account(program, placed.placeStall());
    stationNumbers[station + PROGRAM] = program;
  }

  private int account(int program, Stall stall) {
    return accountState
        + programNode[program] * STALLS.length
        + Arrays.asList(STALLS).indexOf(stall);
  }

  /** The cause of the waiting that is counted in a place. */
  Stall stallOf(int account) {
    return STALLS[(account - accountState) % STALLS.length];
  }

  /** The state before anything has begun. */
  long[] idleState() {
    long[] state = new long[words];
    for (int p = 0; p < programs; p++) {
      state[program(p) + NEXT_OPERATION] = NONE;
    }
    for (int u = 0; u < uses; u++) {
      state[arrivalState + u] = NONE;
    }
    return state;
  }

  /** Where the words of a program begin. */
  int program(int program) {
    return PROGRAM_WORDS * program;
  }

  /** Where the words of an operation begin. */
  int operation(int operation) {
    return operationState + OPERATION_WORDS * operation;
  }

  /** Where waiting of a stage is counted, from the first cause to the last. */
  int accountsOf(int node) {
    return accountState + node * STALLS.length;
  }

  /** Stages whose programs these are. */
  int nodes() {
    return nodePrograms.length - 1;
  }

  /** Where the words of a stage begin. */
  int node(int node) {
    return nodeState + node * nodeWords;
  }

  /** Adds what a stage has waited for. */
  void waits(long[] state, int node, Counts.Builder<Stall> waited) {
    int accounts = accountsOf(node);
    for (int i = 0; i < STALLS.length; i++) {
      waited.add(STALLS[i], state[accounts + i]);
    }
  }
}
