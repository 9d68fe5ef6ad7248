package io.github.primesim.validation;

import io.github.primesim.baseline.Baseline;
import io.github.primesim.experiment.Compiled;
import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.hardware.ComponentTable;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Loads, compiles and simulates what figures ask for, each design once. */
public final class Bench {
  private final Sources sources;
  private final Substitution substitution;
  private final Map<Design, Compiled> compiled = new LinkedHashMap<>();
  private final Map<Design, RunResult> runs = new LinkedHashMap<>();
  private final Map<String, Optional<StoredEvaluation>> evaluations = new LinkedHashMap<>();
  private final Map<String, Optional<String>> checked = new LinkedHashMap<>();

  /**
   * A bench on these files.
   *
   * @param substitution what takes the place of what claims name
   */
  Bench(Sources sources, Substitution substitution) {
    this.sources = sources;
    this.substitution = substitution;
  }

  Substitution substitution() {
    return substitution;
  }

  /** Files that nothing is kept of. */
  public Sources sources() {
    return sources;
  }

  /** A memory. */
  public HardwareSpec hardware(Design design) {
    return sources.hardware(design);
  }

  /** The layers of a network. */
  public Network network(String name) {
    refuseMissing(name);
    return sources.network(name);
  }

  /** A network with its memory. */
  public CompileRequest request(Design design) {
    refuseMissing(design.network());
    return sources.request(design);
  }

  /** A network compiled. */
  public CompiledNetwork compiled(Design design) {
    return mapped(design).network();
  }

  /** The same with what only the mapping can tell. */
  public Compiled mapped(Design design) {
    return compiled.computeIfAbsent(
        design, each -> Compiled.of(request(each), (layer, done, of) -> {}));
  }

  /** A network simulated. */
  public RunResult run(Design design) {
    return runs.computeIfAbsent(
        design, each -> Run.of(mapped(each).trace(), hardware(each)).result());
  }

  /**
   * What the evaluation stored.
   *
   * @param table part of the evaluation
   */
  public Optional<StoredEvaluation> evaluation(String table) {
    return evaluations.computeIfAbsent(table, sources::evaluation);
  }

  /** Accuracy that the card of a network states. */
  public OptionalDouble statedAccuracy(String network, String state) {
    refuseMissing(network);
    return sources.statedAccuracy(network, state);
  }

  /** Does something that holds for all claims; what it threw is thrown again. */
  void once(String what, Runnable check) {
    if (!checked.containsKey(what)) {
      try {
        check.run();
        checked.put(what, Optional.empty());
      } catch (StaleFigureException e) {
        checked.put(what, Optional.of(e.getMessage()));
      }
    }
    checked
        .get(what)
        .ifPresent(
            why -> {
              throw new StaleFigureException(why);
            });
  }

  /** A processor that PRIME is compared with. */
  public Baseline baseline(String name) {
    return sources.baseline(name);
  }

  /** Components of another accelerator. */
  public ComponentTable components(String name) {
    return sources.components(name);
  }

  /** A network with images to classify. */
  public Sources.Examination examination(Design design, int images) {
    refuseMissing(design.network());
    return sources.examination(design, images);
  }

  private void refuseMissing(String network) {
    if (!sources.hasNetwork(network)) {
      throw new AbsentFigureException("network '" + network + "' is not bundled");
    }
  }
}
