package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.RunResult;
import io.github.primesim.hardware.HardwareSpec;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A figure that one would quote.
 *
 * @param name what it is
 * @param unit its unit
 * @param runs designs that are simulated for it
 * @param figure the figure from the hardware and the results of these runs, in their order
 */
public record Headline(
    String name,
    String unit,
    List<Design> runs,
    BiFunction<HardwareSpec, List<RunResult>, Double> figure) {
  public Headline {
    runs = List.copyOf(runs);
  }

  /**
   * A design by its names.
   *
   * @param crossbar such as {@code 32x32}; as in the hardware where empty
   */
  public record Design(String network, String mapping, String crossbar) {}
}
