package io.github.primesim.experiment.evaluation;

import io.github.primesim.energy.Implications;
import io.github.primesim.experiment.Comparison;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.hardware.SignScheme;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The figures by which this model is quoted. */
public final class Headlines {
  private static final String DENSE = "dense";

  private Headlines() {}

  /** Operations per energy of a full chip on uniform data. */
  public static Headline peakEfficiency() {
    return new Headline(
        "peak efficiency",
        "TOPS/W",
        List.of(),
        (spec, runs) -> Implications.of(spec, SignScheme.PAIRS).peakTopsPerWatt());
  }

  /** Energy of an inference of a network as PRIME holds it. */
  public static Headline energy(String network) {
    return new Headline(
        network + ", energy per inference",
        "mJ",
        List.of(new Headline.Design(network, DENSE, "")),
        (spec, runs) -> runs.get(0).energyPj().total() / 1e9);
  }

  /** Inferences per second of a network as PRIME holds it. */
  public static Headline throughput(String network) {
    return new Headline(
        network + ", throughput",
        "inferences/s",
        List.of(new Headline.Design(network, DENSE, "")),
        (spec, runs) -> runs.get(0).throughputPerSecond());
  }

  /** How many times less energy a scheme takes than dense mapping. */
  public static Headline energyGain(String network, String scheme, String crossbar) {
    return gain("energy", network, scheme, crossbar, Comparison::energyRatio);
  }

  /** How many times the throughput of dense mapping a scheme has. */
  public static Headline throughputGain(String network, String scheme, String crossbar) {
    return gain(
        "throughput", network, scheme, crossbar, comparison -> comparison.speedup().throughput());
  }

  private static Headline gain(
      String what,
      String network,
      String scheme,
      String crossbar,
      ToDoubleFunction<Comparison> figure) {
    return new Headline(
        network + ", " + what + " gained over dense",
        "x",
        List.of(
            new Headline.Design(network, DENSE, crossbar),
            new Headline.Design(network, scheme, crossbar)),
        (spec, runs) -> figure.applyAsDouble(comparison(runs)));
  }

  private static Comparison comparison(List<RunResult> runs) {
    return new Comparison(runs.get(0), runs.get(1));
  }
}
