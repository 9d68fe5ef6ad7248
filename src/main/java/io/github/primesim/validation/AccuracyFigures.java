package io.github.primesim.validation;

import io.github.primesim.experiment.AccuracyResult;
import java.util.List;
import java.util.Map;

/** What PRIME's number formats cost in accuracy. */
final class AccuracyFigures {
  private static final double PERCENT = 100;

  private AccuracyFigures() {}

  static Map<String, Figure> all() {
    return Map.of("accuracy-loss", AccuracyFigures::loss);
  }

  /** Points of accuracy that an arithmetic loses against floating point. */
  private static double loss(Question question) {
    Design design = question.design(question.text("network"), List.of());
    Sources.Examination examination =
        question.bench().examination(design, question.count("images"));
    AccuracyResult result =
        AccuracyResult.of(
            examination.request(),
            examination.calibration(),
            examination.images(),
            (step, done, of) -> {});
    return PERCENT
        * (result.share("float") - result.share(question.oneOf("arithmetic", "integer", "prime")));
  }
}
