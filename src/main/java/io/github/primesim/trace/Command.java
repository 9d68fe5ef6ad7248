package io.github.primesim.trace;

import io.github.primesim.metrics.Action;
import java.util.List;

/**
 * The command set. Names follow PRIME's own verbs where it has one. Counts lie between 0 and 2^53,
 * numbers of banks, subarrays and mats between 0 and 65535; anything else is an {@link
 * IllegalArgumentException}. Source: PRIME, III-E and table I.
 */
public sealed interface Command extends Step {

  /** Memory subarray to Buffer subarray, over the global data lines: {@code fetch [mem]->[buf]}. */
  record Fetch(long bits) implements Command {
    public Fetch {
      Bounds.count("bits", bits);
    }
  }

  /**
   * Buffer subarray to memory subarray, over the global data lines: {@code commit [buf]->[mem]}.
   */
  record Commit(long bits) implements Command {
    public Commit {
      Bounds.count("bits", bits);
    }
  }

  /** Buffer subarray to the input latches of an FF subarray, over its private port. */
  record Load(int subarray, long bits) implements Command {
    public Load {
      Bounds.index("subarray", subarray);
      Bounds.count("bits", bits);
    }
  }

  /** FF subarray to Buffer subarray, over its private port: {@code store [FF]->[buf]}. */
  record Store(int subarray, long bits) implements Command {
    public Store {
      Bounds.index("subarray", subarray);
      Bounds.count("bits", bits);
    }
  }

  /** Buffer subarray of this bank to the Buffer subarray of another, over the inter-bank path. */
  record Send(int toBank, long bits) implements Command {
    public Send {
      Bounds.index("bank", toBank);
      Bounds.count("bits", bits);
    }
  }

  /** Inputs through the input gather of an FF subarray, where a mapping permutes rows. */
  record Gather(int subarray, long inputs) implements Command {
    public Gather {
      Bounds.index("subarray", subarray);
      Bounds.count("inputs", inputs);
    }
  }

  /**
   * One mat operation on {@code mats} mats at once. For each pass and each input slice: the
   * wordlines are driven, the bitlines settle, and the busiest sense amplifier converts {@code
   * depth} weight columns one after another, each at the bits the slice asks for.
   *
   * @param firstMat first mat within the subarray
   * @param mats consecutive mats that work in lockstep
   * @param depth weight columns on the busiest sense amplifier, at least 1
   * @param passes repetitions of all slices, at least 1: negative inputs, row groups
   * @param slices per input slice the bits of the conversions of a weight column, one number per
   *     cell of the weight that is converted, 1 to 16; a slice in which nothing is converted is
   *     empty; at least one slice
   */
  record Compute(
      int subarray, int firstMat, int mats, int depth, int passes, List<List<Integer>> slices)
      implements Command {
    public Compute {
      Bounds.index("subarray", subarray);
      Bounds.mats(firstMat, mats);
      Bounds.require("depth", depth, 1, Bounds.MOST_ROUNDS);
      Bounds.require("passes", passes, 1, Bounds.MOST_ROUNDS);
      Bounds.require("number of slices", slices.size(), 1, Bounds.MOST_SLICES);
      for (List<Integer> slice : slices) {
        Bounds.require("number of conversions", slice.size(), 0, Bounds.MOST_SLICES);
        for (int bits : slice) {
          Bounds.require("bits of a conversion", bits, 1, Action.MOST_CONVERSION_BITS);
        }
      }
      slices = List.copyOf(slices.stream().map(List::copyOf).toList());
    }
  }

  /**
   * Partial sums added up inside each of {@code mats} mats.
   *
   * @param depth additions in the busiest bank of the busiest mat
   * @param additions additions in all of them
   */
  record Sum(int subarray, int firstMat, int mats, long depth, long additions) implements Command {
    public Sum {
      Bounds.index("subarray", subarray);
      Bounds.mats(firstMat, mats);
      Bounds.count("depth", depth);
      Bounds.count("additions", additions);
    }
  }

  /** Results scattered by the reorder buffer of a subarray, their indexes read from its memory. */
  record Reorder(int subarray, long results, long indexBits) implements Command {
    public Reorder {
      Bounds.index("subarray", subarray);
      Bounds.count("results", results);
      Bounds.count("index bits", indexBits);
    }
  }

  /**
   * Results of mats added up in the accumulator of a subarray.
   *
   * @param depth additions in the busiest bank
   * @param additions additions in all banks
   */
  record Merge(int subarray, long depth, long additions) implements Command {
    public Merge {
      Bounds.index("subarray", subarray);
      Bounds.count("depth", depth);
      Bounds.count("additions", additions);
    }
  }

  /** Values through the activation units of a subarray. */
  record Activate(int subarray, long values) implements Command {
    public Activate {
      Bounds.index("subarray", subarray);
      Bounds.count("values", values);
    }
  }

  /** Values through the pooling units of the bank. */
  record Pool(long values) implements Command {
    public Pool {
      Bounds.count("values", values);
    }
  }

  /** Values through the elementwise units of the bank (not in PRIME). */
  record Elementwise(long values) implements Command {
    public Elementwise {
      Bounds.count("values", values);
    }
  }
}
