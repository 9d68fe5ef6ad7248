package io.github.primesim.trace;

import java.util.List;

/**
 * The command set. Names follow PRIME's own verbs where it has one. Source: PRIME, III-E and table
 * I.
 */
public sealed interface Command extends Step {

  /** Memory subarray to Buffer subarray, over the global data lines: {@code fetch [mem]->[buf]}. */
  record Fetch(long bits) implements Command {}

  /**
   * Buffer subarray to memory subarray, over the global data lines: {@code commit [buf]->[mem]}.
   */
  record Commit(long bits) implements Command {}

  /** Buffer subarray to the input latches of an FF subarray, over its private port. */
  record Load(int subarray, long bits) implements Command {}

  /** FF subarray to Buffer subarray, over its private port: {@code store [FF]->[buf]}. */
  record Store(int subarray, long bits) implements Command {}

  /** Buffer subarray of this bank to the Buffer subarray of another, over the inter-bank path. */
  record Send(int toBank, long bits) implements Command {}

  /** Inputs through the input gather of an FF subarray, where a mapping permutes rows. */
  record Gather(int subarray, long inputs) implements Command {}

  /**
   * One mat operation on {@code mats} mats at once. For each pass and each input slice: the
   * wordlines are driven, the bitlines settle, and the busiest sense amplifier converts {@code
   * depth} weight columns one after another, each at the bits the slice asks for.
   *
   * @param firstMat first mat within the subarray
   * @param mats consecutive mats that work in lockstep
   * @param depth weight columns on the busiest sense amplifier
   * @param passes repetitions of all slices: negative inputs, row groups
   * @param slices per input slice the bits of the conversions of a weight column, one number per
   *     cell of the weight that is converted; a slice in which nothing is converted is empty
   */
  record Compute(
      int subarray, int firstMat, int mats, int depth, int passes, List<List<Integer>> slices)
      implements Command {
    public Compute {
      slices = slices.stream().map(List::copyOf).toList();
    }
  }

  /**
   * Partial sums added up inside each of {@code mats} mats.
   *
   * @param depth additions in the busiest bank of the busiest mat
   * @param additions additions in all of them
   */
  record Sum(int subarray, int firstMat, int mats, long depth, long additions) implements Command {}

  /** Results scattered by the reorder buffer of a subarray, their indexes read from its memory. */
  record Reorder(int subarray, long results, long indexBits) implements Command {}

  /**
   * Results of mats added up in the accumulator of a subarray.
   *
   * @param depth additions in the busiest bank
   * @param additions additions in all banks
   */
  record Merge(int subarray, long depth, long additions) implements Command {}

  /** Values through the activation units of a subarray. */
  record Activate(int subarray, long values) implements Command {}

  /** Values through the pooling units of the bank. */
  record Pool(long values) implements Command {}

  /** Values through the elementwise units of the bank (not in PRIME). */
  record Elementwise(long values) implements Command {}
}
