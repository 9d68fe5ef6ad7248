package io.github.primesim.validation;

import io.github.primesim.baseline.Estimate;
import io.github.primesim.baseline.LayerWork;
import io.github.primesim.baseline.Roofline;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** PRIME over the processors it is compared with. */
final class BaselineFigures {
  private BaselineFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "baseline-number",
            question ->
                HardwareNumbers.number(
                    question.bench().baseline(question.text("baseline")), question.text("key")),
        "baseline-rate",
            question ->
                estimate(question, question.text("baseline"), question.text("network"))
                    .gigaOperationsPerSecond(),
        "baseline-speedup-mean", BaselineFigures::baselineSpeedup,
        "speedup", question -> speedup(question, question.text("network")),
        "speedup-mean", question -> mean(network -> speedup(question, network)),
        "energy-saving", question -> saving(question, question.text("network")),
        "energy-saving-mean", question -> mean(network -> saving(question, network)));
  }

  private static double mean(ToDoubleFunction<String> ofNetwork) {
    return StatUtils.geometricMean(MlBench.NETWORKS.stream().mapToDouble(ofNetwork).toArray());
  }

  private static double speedup(Question question, String network) {
    return question.run(network, List.of()).throughputPerSecond()
        / estimate(question, question.text("over"), network).imagesPerSecond();
  }

  private static double saving(Question question, String network) {
    return estimate(question, question.text("over"), network).pjPerImage()
        / question.run(network, List.of()).energyPj().total();
  }

  private static double baselineSpeedup(Question question) {
    return mean(
        network ->
            estimate(question, question.text("baseline"), network).imagesPerSecond()
                / estimate(question, question.text("over"), network).imagesPerSecond());
  }

  private static Estimate estimate(Question question, String baseline, String network) {
    Roofline roofline =
        question.find("roofline").isPresent()
            ? Roofline.valueOf(
                question.oneOf("roofline", "ideal", "tiled").toUpperCase(Locale.ROOT))
            : Roofline.TILED;
    return roofline.of(
        question.bench().baseline(baseline), LayerWork.of(question.bench().network(network)));
  }
}
