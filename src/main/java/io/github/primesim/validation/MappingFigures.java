package io.github.primesim.validation;

import io.github.primesim.experiment.Compiled;
import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.hardware.Capacity;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.lowering.Activity;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Replication;
import io.github.primesim.network.Activation;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.SyntheticWeights;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Where a network lies in the memory. */
final class MappingFigures {
  private static final double PERCENT = 100;

  /** A network that is small enough to lend its activity. */
  private static final String LENDER = "mlp-s";

  private MappingFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "mats-in-use", MappingFigures::matsInUse,
        "mats-of-layer", MappingFigures::matsOfLayer,
        "banks-in-use", question -> question.compiled().banks(),
        "banks-per-instance", MappingFigures::banksPerInstance,
        "ff-before", question -> PERCENT * question.compiled().utilization().ffBefore(),
        "ff-after", question -> PERCENT * question.compiled().utilization().ffAfter(),
        "ff-before-mean", question -> mean(question, network -> network.utilization().ffBefore()),
        "ff-after-mean", question -> mean(question, network -> network.utilization().ffAfter()),
        "layer-rows", question -> layer(question).rows());
  }

  private static double matsInUse(Question question) {
    Design design = question.design(question.text("network"), List.of());
    return mats(question.bench().mapped(design), question.hardware());
  }

  private static double mats(Compiled compiled, HardwareSpec spec) {
    TraceHeader header = compiled.trace().header();
    CrossbarGeometry geometry = CrossbarGeometry.of(spec, SignScheme.PAIRS);
    double matsPerBank =
        (double) Capacity.of(spec, geometry).mats() / spec.organization().banks().value();
    return whole(header.ffBefore() * header.banksPerInstance() * matsPerBank);
  }

  /** A share of a count gives the count back, apart from its last bits. */
  private static double whole(double value) {
    return Math.abs(value - Math.rint(value)) < 1e-6 ? Math.rint(value) : value;
  }

  /** Mats of one layer without bias, compiled alone. */
  private static double matsOfLayer(Question question) {
    CompileRequest lender = question.bench().request(question.design(LENDER, List.of()));
    Network network =
        new Network(
            "layer",
            Origin.SYNTHETIC,
            "one layer",
            new Shape(question.count("rows"), 1, 1),
            false,
            List.of(
                new FullyConnected(
                    "layer",
                    List.of(Network.INPUT),
                    question.count("columns"),
                    false,
                    Activation.NONE)));
    Activity activity = lender.activity().values().iterator().next();
    CompileRequest request =
        new CompileRequest(
            network,
            new SyntheticWeights(network, 1, 0, Map.of("layer", 1.0)),
            lender.networkDigest(),
            Map.of("layer", activity),
            lender.hardware(),
            lender.hardwareDigest(),
            lender.overrides(),
            lender.mapping(),
            lender.signs(),
            Replication.NONE,
            lender.seed(),
            0);
    return mats(Compiled.of(request, (layer, done, of) -> {}), lender.hardware());
  }

  private static double banksPerInstance(Question question) {
    CompiledNetwork network = question.compiled();
    return (double) network.banks() / network.instances();
  }

  private static double mean(Question question, ToDoubleFunction<CompiledNetwork> share) {
    return PERCENT
        * question.words("networks").stream()
            .map(network -> question.bench().compiled(question.design(network, List.of())))
            .mapToDouble(share)
            .average()
            .orElseThrow();
  }

  /** The layer that inputs name. */
  static CompiledLayer layer(Question question) {
    String name = question.text("layer");
    return question.compiled().layers().stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InputProblem("input 'layer' is '" + name + "', which is no layer"));
  }
}
