package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.Designs;
import io.github.primesim.experiment.PruningChoices;
import io.github.primesim.experiment.SyntheticLayer;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.SyntheticWeights;
import io.github.primesim.network.Weights;
import io.github.primesim.pruning.Mask;
import io.github.primesim.pruning.Pruning;
import io.github.primesim.units.InputProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The designs of all cases, each with its weights treated.
 *
 * <p>Synthetic weights are drawn again at the sparsity asked for, and pruned by segments from the
 * dense weights of the same random numbers. Trained weights lose more of their own, without another
 * training, which changes what is to be mapped and says nothing of accuracy; pruned by segments
 * they are taken from the network that was trained so. Beside trained weights, random ones of the
 * same densities tell what is in their structure.
 */
final class TreatedNetworks {
  private static final String ANY = "dense";

  private final Designs designs;
  private final List<String> sets;

  /** Segments do not depend on the mapping, so they are found once for all of them. */
  private final Map<String, Weights> segmented = new ConcurrentHashMap<>();

  /**
   * @param sets keys of the hardware to be set in every design
   */
  TreatedNetworks(Designs designs, List<String> sets) {
    this.designs = designs;
    this.sets = List.copyOf(sets);
  }

  /**
   * The design of a case.
   *
   * @throws InputProblem if the network cannot be treated like that
   */
  CompileRequest design(Case wanted) {
    return switch (wanted.treatment().kind()) {
      case NONE -> plain(wanted, wanted.subject().network());
      case SPARSITY -> sparse(wanted);
      case CROSSBARS -> cleared(wanted);
      case SEGMENTS -> segments(wanted);
      case SYNTHETIC -> drawn(wanted);
    };
  }

  private CompileRequest plain(Case wanted, String network) {
    return designs.of(network, wanted.scheme(), wanted.crossbar(), sets);
  }

  private CompileRequest sparse(Case wanted) {
    CompileRequest design = plain(wanted, wanted.subject().network());
    double sparsity = wanted.treatment().share();
    if (design.weights() instanceof SyntheticWeights weights) {
      return design.withWeights(weights.withDensity(1 - sparsity));
    }
    double own = sparsity(design);
    if (own > sparsity) {
      throw new InputProblem(
          String.format(
              "network '%s' is trained at a sparsity of %.1f %% and cannot get back to %.1f %%",
              design.network().name(), 100 * own, 100 * sparsity));
    }
    return design.withWeights(pruned(design, "magnitude", sparsity, "weights", "none"));
  }

  private CompileRequest cleared(Case wanted) {
    CompileRequest design = plain(wanted, wanted.subject().network());
    return design.withWeights(
        pruned(design, "crossbar", wanted.treatment().share(), "crossbars", null));
  }

  /** Random weights in which each layer has as many zeros as in the trained network. */
  private CompileRequest drawn(Case wanted) {
    CompileRequest design = plain(wanted, wanted.subject().network());
    Network network = design.network();
    Mask mask = Mask.ofNonZeros(network, design.weights());
    Map<String, Double> densities = new LinkedHashMap<>();
    for (Layer layer : network.weightedLayers()) {
      double all = network.weights(layer);
      densities.put(layer.name(), Math.max(1, mask.kept(layer)) / all);
    }
    return design.withWeights(
        new SyntheticWeights(network, design.seed(), SyntheticLayer.Model.M.sigma(), densities));
  }

  /** Whether a subject was trained with pruned segments, or can be drawn so. */
  boolean canBeSegmented(Subject subject) {
    return subject.segments().isPresent() || isSynthetic(subject);
  }

  /** Whether the weights of a subject are random. */
  boolean isSynthetic(Subject subject) {
    return designs.of(subject.network(), ANY, "", sets).weights() instanceof SyntheticWeights;
  }

  private CompileRequest segments(Case wanted) {
    Optional<String> trained = wanted.subject().segments();
    if (trained.isPresent()) {
      return plain(wanted, trained.get());
    }
    CompileRequest design = plain(wanted, wanted.subject().network());
    if (!(design.weights() instanceof SyntheticWeights weights)) {
      throw new InputProblem(
          "network '" + design.network().name() + "' was not trained with pruned segments");
    }
    return design.withWeights(
        segmented.computeIfAbsent(
            wanted.subject().network() + wanted.crossbar(),
            key ->
                pruned(
                    designs
                        .of(wanted.subject().network(), ANY, wanted.crossbar(), sets)
                        .withWeights(weights.withDensity(1)),
                    "segment",
                    wanted.subject().sparsity(),
                    "weights",
                    null)));
  }

  private static Weights pruned(
      CompileRequest design, String scheme, double target, String share, String protect) {
    PruningChoices choices =
        new PruningChoices(
            scheme, Double.toString(target), share, "norm", "global", Optional.ofNullable(protect));
    return Pruning.prune(Pruning.named(scheme), choices.request(design)).applyTo(design.weights());
  }

  private static double sparsity(CompileRequest design) {
    Mask mask = Mask.ofNonZeros(design.network(), design.weights());
    long zeros = design.network().weightedLayers().stream().mapToLong(mask::pruned).sum();
    long all =
        design.network().weightedLayers().stream().mapToLong(design.network()::weights).sum();
    return (double) zeros / all;
  }
}
