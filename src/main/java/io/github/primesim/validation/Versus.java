package io.github.primesim.validation;

import io.github.primesim.baseline.Baseline;
import io.github.primesim.baseline.Estimate;
import io.github.primesim.baseline.LayerWork;
import io.github.primesim.baseline.Roofline;
import io.github.primesim.experiment.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * PRIME beside one processor on one network.
 *
 * @param network name of the network, {@link #MEAN} for the geometric mean of all
 * @param baseline name of the processor
 * @param speedup how many times more images per second PRIME computes, over the tiled roofline
 * @param speedupIdeal the same over the ideal one
 * @param saving how many times less energy an image takes, tiled
 * @param savingIdeal the same against the ideal one
 */
public record Versus(
    String network,
    String baseline,
    double speedup,
    double speedupIdeal,
    double saving,
    double savingIdeal) {
  /** Stands for the geometric mean of all networks. */
  public static final String MEAN = "geometric mean";

  /** Every network of MlBench on every processor, the means last. */
  static List<Versus> all(Bench bench) {
    List<Versus> all = new ArrayList<>();
    for (String baseline : MlBench.BASELINES) {
      List<Versus> own = new ArrayList<>();
      for (String network : MlBench.NETWORKS) {
        own.add(of(bench, network, baseline));
      }
      all.addAll(own);
      all.add(
          new Versus(
              MEAN,
              baseline,
              mean(own, Versus::speedup),
              mean(own, Versus::speedupIdeal),
              mean(own, Versus::saving),
              mean(own, Versus::savingIdeal)));
    }
    return List.copyOf(all);
  }

  private static Versus of(Bench bench, String network, String name) {
    Question question = new Question(Map.of(), bench);
    RunResult prime = question.run(network, List.of());
    Baseline baseline = bench.baseline(name);
    List<LayerWork> work = LayerWork.of(bench.network(network));
    Estimate tiled = Roofline.TILED.of(baseline, work);
    Estimate ideal = Roofline.IDEAL.of(baseline, work);
    double pj = prime.energyPj().total();
    return new Versus(
        network,
        name,
        prime.throughputPerSecond() / tiled.imagesPerSecond(),
        prime.throughputPerSecond() / ideal.imagesPerSecond(),
        tiled.pjPerImage() / pj,
        ideal.pjPerImage() / pj);
  }

  private static double mean(List<Versus> all, ToDoubleFunction<Versus> figure) {
    return StatUtils.geometricMean(all.stream().mapToDouble(figure).toArray());
  }
}
