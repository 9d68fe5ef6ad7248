package io.github.primesim.validation;

import io.github.primesim.experiment.RunResult;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gains of designs that were measured by {@code primesim evaluate} and stored.
 *
 * <p>A stored figure counts if the network and the memory still have the digests they had, and if
 * one small design of the same table, simulated again, has the energy and the throughput that are
 * stored, on dense and on sparse crossbars. Otherwise it is stale, and the evaluation has to be run
 * again.
 */
final class StoredFigures {
  private static final String CHECKED_NETWORK = "lenet5-mnist";
  private static final String CHECKED_SIZE = "32";
  private static final String CHECKED_SCHEME = "block-compact";
  private static final String MAGNITUDE = "pruned by magnitude";

  /** Digits that are stored do not all survive a division. */
  private static final double CLOSE = 1e-9;

  private StoredFigures() {}

  static Map<String, Figure> all() {
    return Map.of("evaluated-gain", StoredFigures::gain);
  }

  private static double gain(Question question) {
    Bench bench = question.bench();
    if (!bench.substitution().equals(Substitution.NONE)) {
      throw new AbsentFigureException("stored for the design that the claim names");
    }
    String table = question.oneOf("table", "sizes", "networks", "grid");
    String network = question.text("network");
    StoredEvaluation stored =
        bench
            .evaluation(table)
            .orElseThrow(() -> new AbsentFigureException("no evaluation is stored"));
    refuseOther(stored, question);
    bench.once("evaluation " + table, () -> refuseOtherCode(stored, question));
    Map<String, String> row =
        find(
                stored,
                network,
                question.text("treatment"),
                question.text("mapping"),
                question.text("size"))
            .orElseThrow(() -> new AbsentFigureException("was not measured"));
    String over = question.oneOf("over", "same", "prime").equals("same") ? "Dense" : "Undivided";
    return switch (question.oneOf("gain", "energy", "throughput", "latency")) {
      case "energy" -> number(row, "energyPj" + over) / number(row, "energyPj");
      case "latency" -> number(row, "latencyNs" + over) / number(row, "latencyNs");
      default -> number(row, "throughputPerSecond") / number(row, "throughputPerSecond" + over);
    };
  }

  private static Optional<Map<String, String>> find(
      StoredEvaluation stored, String network, String treatment, String scheme, String size) {
    return stored.rows().stream()
        .filter(row -> row.get("network").equals(network))
        .filter(row -> row.get("treatment").equals(treatment))
        .filter(row -> row.get("scheme").equals(scheme))
        .filter(row -> row.get("crossbarSize").equals(size))
        .findFirst();
  }

  private static double number(Map<String, String> row, String column) {
    String text = row.get(column);
    try {
      return Double.parseDouble(text);
    } catch (NullPointerException | NumberFormatException e) {
      throw new InputProblem(
          "docs/evaluation: column '" + column + "' is '" + text + "', allowed: a number", e);
    }
  }

  private static void refuseOther(StoredEvaluation stored, Question question) {
    // Digests are those of the memory with crossbars of its own, whatever the size that is asked
    // for.
    Design design = question.design(question.text("network"), List.of()).undivided();
    CompileRequest request = question.bench().request(design);
    Map<String, String> digests = stored.digests();
    if (!request.networkDigest().equals(digests.get(design.network()))
        || !request.hardwareDigest().equals(digests.get(design.hardware()))) {
      throw new StaleFigureException(
          "stored for another state of "
              + design.network()
              + " or "
              + design.hardware()
              + "; primesim evaluate --out docs/evaluation measures again");
    }
  }

  /** Simulates the small design again. */
  private static void refuseOtherCode(StoredEvaluation stored, Question question) {
    Optional<Map<String, String>> row =
        find(stored, CHECKED_NETWORK, MAGNITUDE, CHECKED_SCHEME, CHECKED_SIZE);
    if (row.isEmpty()) {
      return;
    }
    Question small =
        question.with(
            Map.of("network", CHECKED_NETWORK, "crossbar", CHECKED_SIZE + "x" + CHECKED_SIZE));
    check(row.get(), "", small.with(Map.of("mapping", CHECKED_SCHEME)).run());
    check(row.get(), "Dense", small.with(Map.of("mapping", "dense")).run());
  }

  private static void check(Map<String, String> row, String suffix, RunResult run) {
    if (differ(number(row, "energyPj" + suffix), run.energyPj().total())
        || differ(number(row, "throughputPerSecond" + suffix), run.throughputPerSecond())) {
      throw new StaleFigureException(
          "stored by another simulator: "
              + CHECKED_NETWORK
              + " comes to other figures now; primesim evaluate --out docs/evaluation measures"
              + " again");
    }
  }

  private static boolean differ(double stored, double now) {
    return !(Math.abs(stored - now) <= CLOSE * Math.abs(now));
  }
}
