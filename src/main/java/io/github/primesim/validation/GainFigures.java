package io.github.primesim.validation;

import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.CrossbarFill;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.experiment.evaluation.Clearing;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What a mapping of sparse weights gains over the dense mapping on the same chip. */
final class GainFigures {
  private static final double PERCENT = 100;

  private GainFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "energy-gain",
        question -> 1 / ratio(question, run -> run.energyPj().total()),
        "throughput-gain",
        question -> ratio(question, RunResult::throughputPerSecond),
        "latency-gain",
        question -> 1 / ratio(question, RunResult::latencyNs),
        "crossbar-reduction",
        GainFigures::crossbarReduction,
        "crossbars-below",
        GainFigures::crossbarsBelow,
        "pruning-leverage",
        GainFigures::leverage);
  }

  /** A figure of the mapping over that of the mapping that {@code over} names. */
  private static double ratio(Question question, ToDoubleFunction<RunResult> figure) {
    RunResult other = question.with(Map.of("mapping", question.text("over"))).run();
    return figure.applyAsDouble(question.run()) / figure.applyAsDouble(other);
  }

  /** Crossbars of the dense mapping over those of the scheme, nothing simulated. */
  private static double crossbarReduction(Question question) {
    CompiledNetwork compiled = question.compiled();
    return (double) compiled.crossbars().dense() / compiled.crossbars().mapped();
  }

  /** Percent of the crossbars that are little used, by either reading of "under 20 %". */
  private static double crossbarsBelow(Question question) {
    Design design = question.design(question.text("network"), List.of());
    CrossbarFill fill = question.bench().mapped(design).mapping().total().fill();
    return PERCENT
        * (question.oneOf("reference", "places", "mean").equals("places")
            ? fill.low()
            : fill.lowOfMean());
  }

  /** Share of the crossbars that are cleared over the share of the weights that goes with them. */
  private static double leverage(Question question) {
    return Clearing.of("", question.request()).leverage(question.number("target"));
  }
}
