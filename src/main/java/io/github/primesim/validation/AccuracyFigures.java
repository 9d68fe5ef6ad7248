package io.github.primesim.validation;

import io.github.primesim.functional.Accuracy;
import io.github.primesim.functional.FloatInference;
import io.github.primesim.functional.Inference;
import io.github.primesim.functional.IntegerInference;
import io.github.primesim.functional.PrimeInference;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.Origin;
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
    int images = question.count("images");
    String arithmetic = question.oneOf("arithmetic", "integer", "prime");
    if (question.network().origin() == Origin.SYNTHETIC) {
      throw new AbsentFigureException("synthetic weights classify nothing");
    }
    Sources.Examination examination = question.bench().examination(design, images);
    CompileRequest request = examination.request();
    int exact = correct(new FloatInference(request.network(), request.weights()), examination);
    int own =
        correct(
            arithmetic.equals("integer") ? integer(examination) : prime(examination), examination);
    return PERCENT * (exact - own) / examination.images().count();
  }

  private static int correct(Inference inference, Sources.Examination examination) {
    return Accuracy.of(inference, examination.images()).correct();
  }

  private static Inference integer(Sources.Examination examination) {
    CompileRequest request = examination.request();
    return new IntegerInference(request.network(), request.weights(), examination.calibration());
  }

  private static Inference prime(Sources.Examination examination) {
    CompileRequest request = examination.request();
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    return new PrimeInference(
        request.network(),
        request.weights(),
        examination.calibration(),
        request.mapping(),
        geometry,
        ConversionBits.of(request.hardware(), geometry.rows()));
  }
}
