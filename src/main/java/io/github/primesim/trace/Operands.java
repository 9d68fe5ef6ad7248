package io.github.primesim.trace;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The operands of one command by name: the one place where commands and the text format meet.
 * Reused from command to command, so that reading and writing allocate only what they keep.
 */
final class Operands {
  private final Map<Operand, Long> values = new EnumMap<>(Operand.class);
  private int firstMat;
  private List<List<Integer>> slices = List.of();

  long get(Operand operand) {
    return values.getOrDefault(operand, 0L);
  }

  void set(Operand operand, long value) {
    values.put(operand, value);
  }

  int firstMat() {
    return firstMat;
  }

  int mats() {
    return narrow(Operand.MATS);
  }

  void setMats(int first, int mats) {
    firstMat = first;
    set(Operand.MATS, mats);
  }

  List<List<Integer>> slices() {
    return slices;
  }

  void setSlices(List<List<Integer>> slices) {
    this.slices = slices;
  }

  /**
   * The command of these operands.
   *
   * @throws IllegalArgumentException if one of them is out of range
   */
  Command command(Verb verb) {
    int ff = narrow(Operand.FF);
    return switch (verb) {
      case FETCH -> new Command.Fetch(get(Operand.BITS));
      case COMMIT -> new Command.Commit(get(Operand.BITS));
      case LOAD -> new Command.Load(ff, get(Operand.BITS));
      case STORE -> new Command.Store(ff, get(Operand.BITS));
      case SEND -> new Command.Send(narrow(Operand.TO), get(Operand.BITS));
      case GATHER -> new Command.Gather(ff, get(Operand.INPUTS));
      case COMP -> {
        // Sums have deeper queues than sense amplifiers, under the same key.
        long depth = Bounds.require("depth", get(Operand.DEPTH), 1, Bounds.MOST_ROUNDS);
        yield new Command.Compute(
            ff, firstMat, mats(), (int) depth, narrow(Operand.PASSES), slices);
      }
      case SUM -> new Command.Sum(ff, firstMat, mats(), get(Operand.DEPTH), get(Operand.ADDITIONS));
      case REORDER -> new Command.Reorder(ff, get(Operand.RESULTS), get(Operand.INDEX_BITS));
      case MERGE -> new Command.Merge(ff, get(Operand.DEPTH), get(Operand.ADDITIONS));
      case ACTIVATE -> new Command.Activate(ff, get(Operand.VALUES));
      case POOL -> new Command.Pool(get(Operand.VALUES));
      case ELEMENTWISE -> new Command.Elementwise(get(Operand.VALUES));
    };
  }

  /** Takes the operands of {@code command} and returns its verb. */
  Verb take(Command command) {
    if (command instanceof Command.Load load) {
      set(Operand.FF, load.subarray());
      set(Operand.BITS, load.bits());
    } else if (command instanceof Command.Compute compute) {
      set(Operand.FF, compute.subarray());
      setMats(compute.firstMat(), compute.mats());
      set(Operand.DEPTH, compute.depth());
      set(Operand.PASSES, compute.passes());
      slices = compute.slices();
    } else if (command instanceof Command.Sum sum) {
      set(Operand.FF, sum.subarray());
      setMats(sum.firstMat(), sum.mats());
      set(Operand.DEPTH, sum.depth());
      set(Operand.ADDITIONS, sum.additions());
    } else if (command instanceof Command.Store store) {
      set(Operand.FF, store.subarray());
      set(Operand.BITS, store.bits());
    } else if (command instanceof Command.Reorder reorder) {
      set(Operand.FF, reorder.subarray());
      set(Operand.RESULTS, reorder.results());
      set(Operand.INDEX_BITS, reorder.indexBits());
    } else if (command instanceof Command.Merge merge) {
      set(Operand.FF, merge.subarray());
      set(Operand.DEPTH, merge.depth());
      set(Operand.ADDITIONS, merge.additions());
    } else if (command instanceof Command.Activate activate) {
      set(Operand.FF, activate.subarray());
      set(Operand.VALUES, activate.values());
    } else if (command instanceof Command.Gather gather) {
      set(Operand.FF, gather.subarray());
      set(Operand.INPUTS, gather.inputs());
    } else if (command instanceof Command.Fetch fetch) {
      set(Operand.BITS, fetch.bits());
    } else if (command instanceof Command.Commit commit) {
      set(Operand.BITS, commit.bits());
    } else if (command instanceof Command.Send send) {
      set(Operand.TO, send.toBank());
      set(Operand.BITS, send.bits());
    } else if (command instanceof Command.Pool pool) {
      set(Operand.VALUES, pool.values());
    } else if (command instanceof Command.Elementwise elementwise) {
      set(Operand.VALUES, elementwise.values());
    }
    return Verb.of(command);
  }

  /** Operands with an upper limit below 2^31. */
  private int narrow(Operand operand) {
    return Math.toIntExact(get(operand));
  }
}
