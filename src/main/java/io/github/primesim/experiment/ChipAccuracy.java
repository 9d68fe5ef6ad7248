package io.github.primesim.experiment;

import io.github.primesim.lowering.CompileRequest;
import java.util.Collections;
import java.util.List;

/**
 * How many images chips with cells of their own classify as labelled.
 *
 * @param sample how their cells differ from what they are programmed to
 * @param onOffRatio nominal conductance of the highest level over that of level 0
 * @param correct images classified as labelled by each chip, at least one chip
 */
public record ChipAccuracy(ChipSample sample, double onOffRatio, List<Integer> correct) {
  public ChipAccuracy {
    correct = List.copyOf(correct);
    if (correct.isEmpty()) {
      throw new IllegalArgumentException("no chips");
    }
  }

  /** What the chips of {@code sample} get right with the cells of the memory. */
  static ChipAccuracy of(CompileRequest request, ChipSample sample, List<Integer> correct) {
    return new ChipAccuracy(sample, Arithmetic.resistances(request, sample).onOffRatio(), correct);
  }

  /** Images the worst chip gets right. */
  public int least() {
    return Collections.min(correct);
  }

  /** Images the best chip gets right. */
  public int most() {
    return Collections.max(correct);
  }

  /** Images a chip gets right in the mean. */
  public double mean() {
    return correct.stream().mapToInt(Integer::intValue).average().orElseThrow();
  }
}
