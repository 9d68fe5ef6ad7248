package io.github.primesim.report;

import io.github.primesim.experiment.evaluation.Accuracies;
import io.github.primesim.experiment.evaluation.Clearing;
import io.github.primesim.experiment.evaluation.Compared;
import io.github.primesim.experiment.evaluation.Filling;
import io.github.primesim.experiment.evaluation.Ladder;
import io.github.primesim.experiment.evaluation.Measurement;
import io.github.primesim.experiment.evaluation.Sensitivity;
import io.github.primesim.experiment.evaluation.Swing;
import io.github.primesim.experiment.evaluation.Treatment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/** The evaluation of the sparse paper as tables. */
public final class EvaluationTables {
  private static final int MOST_SWINGS = 12;

  private EvaluationTables() {}

  /**
   * A table in its forms.
   *
   * @param title what it shows
   * @param text for a terminal
   * @param markdown for a document
   */
  public record Table(String title, String text, String markdown) {
    private static Table of(String title, Sheet<?> sheet) {
      return new Table(title, sheet.text(), sheet.markdown());
    }
  }

  // ---------------------------------------------------------------- gains

  /** A line of a table with a column for each scheme, or each size of the crossbars. */
  private record Line(Compared any, Map<Object, Double> gains) {}

  /**
   * A gain of every scheme, a line for each network, treatment and size.
   *
   * @param what what the gain is of
   */
  public static Table gains(String what, List<Compared> compared, ToDoubleFunction<Compared> gain) {
    Sheet<Line> sheet =
        gains(compared, each -> each.result().size(), each -> each.result().scheme(), gain)
            .words("crossbar", "crossbar", line -> crossbar(line.any().result().size()));
    for (String scheme : compared.stream().map(c -> c.result().scheme()).distinct().toList()) {
      sheet.number(scheme, scheme, EvaluationTables::times, line -> gain(line, scheme));
    }
    return Table.of(what, sheet);
  }

  /** A line of geometric means, by scheme. */
  private record Mean(Treatment treatment, String weights, Map<String, Double> gains) {}

  /**
   * Geometric means of a gain over networks, by treatment, of trained and of synthetic weights and
   * of all.
   *
   * @param what what the gain is of
   */
  public static Table means(String what, List<Compared> compared, ToDoubleFunction<Compared> gain) {
    List<String> schemes = compared.stream().map(c -> c.result().scheme()).distinct().toList();
    List<String> origins = compared.stream().map(c -> weights(c.result())).distinct().toList();
    List<Mean> lines = new ArrayList<>();
    for (Treatment treatment :
        compared.stream().map(c -> c.result().treatment()).distinct().toList()) {
      List<Compared> treated =
          compared.stream().filter(c -> c.result().treatment().equals(treatment)).toList();
      for (String origin : origins) {
        lines.add(
            mean(
                treatment,
                origin,
                schemes,
                treated.stream().filter(c -> weights(c.result()).equals(origin)).toList(),
                gain));
      }
      if (origins.size() > 1) {
        lines.add(mean(treatment, "all", schemes, treated, gain));
      }
    }
    Sheet<Mean> sheet =
        new Sheet<>(lines)
            .words("treatment", "treatment", line -> line.treatment().text())
            .words("<weights", "weights", Mean::weights);
    for (String scheme : schemes) {
      sheet.number(scheme, scheme, EvaluationTables::times, line -> line.gains().get(scheme));
    }
    return Table.of(what + ", geometric means over networks", sheet);
  }

  private static Mean mean(
      Treatment treatment,
      String origin,
      List<String> schemes,
      List<Compared> compared,
      ToDoubleFunction<Compared> gain) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (String scheme : schemes) {
      means.put(
          scheme,
          StatUtils.geometricMean(
              compared.stream()
                  .filter(c -> c.result().scheme().equals(scheme))
                  .mapToDouble(gain)
                  .toArray()));
    }
    return new Mean(treatment, origin, means);
  }

  /**
   * A gain on every size of the crossbars, a line for each network and treatment.
   *
   * @param what what the gain is of
   * @param compared designs of one scheme
   */
  public static Table overSizes(
      String what, List<Compared> compared, ToDoubleFunction<Compared> gain) {
    Sheet<Line> sheet =
        gains(compared, each -> each.result().scheme(), each -> each.result().size(), gain);
    for (int size : compared.stream().mapToInt(c -> c.result().size()).distinct().toArray()) {
      sheet.number(
          crossbar(size), crossbar(size), EvaluationTables::times, line -> gain(line, size));
    }
    return Table.of(what, sheet);
  }

  private static double gain(Line line, Object column) {
    return line.gains().getOrDefault(column, Double.NaN);
  }

  /** Lines of everything that is equal but for {@code column}, with what they have in common. */
  private static Sheet<Line> gains(
      List<Compared> compared,
      Function<Compared, Object> line,
      Function<Compared, Object> column,
      ToDoubleFunction<Compared> gain) {
    Map<List<Object>, Line> lines = new LinkedHashMap<>();
    for (Compared each : compared) {
      lines
          .computeIfAbsent(
              List.of(
                  each.dense().network(),
                  each.result().network(),
                  each.result().treatment(),
                  line.apply(each)),
              key -> new Line(each, new LinkedHashMap<>()))
          .gains()
          .put(column.apply(each), gain.applyAsDouble(each));
    }
    return new Sheet<>(List.copyOf(lines.values()))
        .words("network", "title", each -> each.any().result().title())
        .words("<ours", "network", each -> each.any().result().network())
        .words("<weights", "weights", each -> weights(each.any().result()))
        .words("<treatment", "treatment", each -> each.any().result().treatment().text());
  }

  /** Where weights come from; drawn ones replace those of the network. */
  private static String weights(Measurement measured) {
    return measured.treatment().equals(Treatment.SYNTHETIC) ? "synthetic" : measured.weights();
  }

  /** Everything measured of every design, a line each. */
  public static String csv(List<Compared> compared) {
    return new Sheet<>(compared)
        .words("", "title", each -> each.result().title())
        .words("", "network", each -> each.result().network())
        .words("", "weights", each -> weights(each.result()))
        .words("", "treatment", each -> each.result().treatment().text())
        .hidden("sparsity", each -> each.result().sparsity())
        .words("", "scheme", each -> each.result().scheme())
        .count("", "crossbarSize", each -> each.result().size())
        .count("", "crossbars", each -> each.result().crossbars())
        .count("", "crossbarsDense", each -> each.dense().crossbars())
        .count("", "arrayOperations", each -> each.result().arrayOperations())
        .count("", "arrayOperationsDense", each -> each.dense().arrayOperations())
        .hidden("energyPj", each -> each.result().energyPj())
        .hidden("energyPjDense", each -> each.dense().energyPj())
        .hidden("energyPjUndivided", each -> each.undivided().energyPj())
        .hidden("movedColumnsPj", each -> each.result().movedPj())
        .hidden("latencyNs", each -> each.result().latencyNs())
        .hidden("latencyNsDense", each -> each.dense().latencyNs())
        .hidden("latencyNsUndivided", each -> each.undivided().latencyNs())
        .hidden("throughputPerSecond", each -> each.result().throughputPerSecond())
        .hidden("throughputPerSecondDense", each -> each.dense().throughputPerSecond())
        .hidden("throughputPerSecondUndivided", each -> each.undivided().throughputPerSecond())
        .words("", "slowestLayer", each -> each.result().slowest())
        .hidden("slowestLayerShare", each -> each.result().slowestShare())
        .words("", "waitsFor", each -> each.result().waitsFor())
        .csv();
  }

  /** What sets the pace of each network, dense and mapped by {@code scheme}. */
  public static Table pace(List<Compared> compared, String scheme) {
    return Table.of(
        "what sets the pace, " + scheme,
        new Sheet<>(
                compared.stream().filter(each -> each.result().scheme().equals(scheme)).toList())
            .words("network", "title", each -> each.result().title())
            .words("<ours", "network", each -> each.result().network())
            .words("<treatment", "treatment", each -> each.result().treatment().text())
            .words("<slowest layer, dense", "slowestDense", each -> each.dense().slowest())
            .number(
                "its time of the interval",
                "shareDense",
                Numbers::percent,
                each -> each.dense().slowestShare())
            .words("<waits for", "waitDense", each -> each.dense().waitsFor())
            .words("<slowest layer, mapped", "slowest", each -> each.result().slowest())
            .number(
                "its time of the interval",
                "share",
                Numbers::percent,
                each -> each.result().slowestShare())
            .words("<waits for", "wait", each -> each.result().waitsFor()));
  }

  private static String crossbar(int size) {
    return size + " x " + size;
  }

  private static String times(double gain) {
    return String.format(Locale.ROOT, "%.2f", gain);
  }

  // ---------------------------------------------------------------- where a gain goes

  /** A rung of all ladders. */
  private record Rungs(String name, List<Double> gains) {}

  /** The rungs of each network side by side. */
  public static Table ladders(List<Ladder> ladders) {
    List<Rungs> lines = new ArrayList<>();
    int rungs = ladders.isEmpty() ? 0 : ladders.get(0).rungs().size();
    for (int rung = 0; rung < rungs; rung++) {
      int index = rung;
      lines.add(
          new Rungs(
              ladders.get(0).rungs().get(rung).name(),
              ladders.stream().map(ladder -> ladder.rungs().get(index).gain()).toList()));
    }
    Sheet<Rungs> sheet = new Sheet<>(lines).words("gain over dense", "rung", Rungs::name);
    for (int i = 0; i < ladders.size(); i++) {
      int index = i;
      sheet.number(
          ladders.get(i).network(),
          ladders.get(i).network(),
          EvaluationTables::times,
          line -> line.gains().get(index));
    }
    return Table.of("where the gain goes", sheet);
  }

  /** A line for each rung of each network. */
  public static String laddersCsv(List<Ladder> ladders) {
    record Step(Ladder ladder, Ladder.Rung rung) {}
    List<Step> steps = new ArrayList<>();
    ladders.forEach(ladder -> ladder.rungs().forEach(rung -> steps.add(new Step(ladder, rung))));
    return new Sheet<>(steps)
        .words("", "title", step -> step.ladder().title())
        .words("", "network", step -> step.ladder().network())
        .words("", "weights", step -> step.ladder().weights())
        .words("", "scheme", step -> step.ladder().scheme())
        .count("", "crossbarSize", step -> step.ladder().size())
        .hidden("sparsity", step -> step.ladder().sparsity())
        .words("", "rung", step -> step.rung().name())
        .hidden("gain", step -> step.rung().gain())
        .csv();
  }

  // ---------------------------------------------------------------- crossbars

  /**
   * Crossbars cleared against weights that go with them.
   *
   * @param shares shares of the crossbars
   */
  public static Table clearings(List<Clearing> clearings, List<Double> shares) {
    Sheet<Clearing> sheet = clearing(clearings);
    for (double share : shares) {
      sheet.number(
          String.format(Locale.ROOT, "weights at %.0f %%", 100 * share),
          "",
          Numbers::percent,
          clearing -> clearing.weights(share));
    }
    for (double share : shares) {
      sheet.number(
          String.format(Locale.ROOT, "ratio at %.0f %%", 100 * share),
          "",
          EvaluationTables::times,
          clearing -> clearing.leverage(share));
    }
    return Table.of("weights that go with cleared crossbars", sheet);
  }

  private static Sheet<Clearing> clearing(List<Clearing> clearings) {
    return new Sheet<>(clearings)
        .words("network", "title", Clearing::title)
        .words("<ours", "network", Clearing::network)
        .words("<scheme", "scheme", Clearing::scheme)
        .words("crossbar", "crossbar", clearing -> crossbar(clearing.size()))
        .count("crossbars", "crossbars", clearing -> clearing.held().size());
  }

  /** The same for programs, a line for each network, scheme and share. */
  public static String clearingsCsv(List<Clearing> clearings, List<Double> shares) {
    record Step(Clearing clearing, double share) {}
    List<Step> steps = new ArrayList<>();
    clearings.forEach(each -> shares.forEach(share -> steps.add(new Step(each, share))));
    return new Sheet<>(steps)
        .words("", "title", step -> step.clearing().title())
        .words("", "network", step -> step.clearing().network())
        .words("", "scheme", step -> step.clearing().scheme())
        .count("", "crossbarSize", step -> step.clearing().size())
        .count("", "crossbars", step -> step.clearing().held().size())
        .hidden("crossbarsCleared", Step::share)
        .hidden("weightsGone", step -> step.clearing().weights(step.share()))
        .hidden("ratio", step -> step.clearing().leverage(step.share()))
        .csv();
  }

  /** How full crossbars are, and both readings of "under 20 %". */
  public static Table fillings(List<Filling> fillings) {
    return Table.of("how full the crossbars are", filling(fillings));
  }

  /** The same for programs. */
  public static String fillingsCsv(List<Filling> fillings) {
    return filling(fillings).csv();
  }

  private static Sheet<Filling> filling(List<Filling> fillings) {
    return new Sheet<>(fillings)
        .words("network", "title", Filling::title)
        .words("<ours", "network", Filling::network)
        .words("<weights", "weights", Filling::weights)
        .words("<scheme", "scheme", Filling::scheme)
        .words("crossbar", "crossbar", filling -> crossbar(filling.size()))
        .count("crossbars", "crossbars", filling -> filling.fill().crossbars())
        .number("mean", "meanUtilization", Numbers::percent, filling -> filling.fill().mean())
        .number("under 20 %", "under20Percent", Numbers::percent, filling -> filling.fill().low())
        .number(
            "under 20 % of the mean",
            "under20PercentOfMean", Numbers::percent, filling -> filling.fill().lowOfMean());
  }

  // ---------------------------------------------------------------- accuracy

  /** Accuracies, ours and the publication's. */
  public static Table accuracies(List<Accuracies> accuracies) {
    return Table.of("accuracy", accuracy(accuracies));
  }

  /** The same for programs. */
  public static String accuraciesCsv(List<Accuracies> accuracies) {
    return accuracy(accuracies).csv();
  }

  private static Sheet<Accuracies> accuracy(List<Accuracies> accuracies) {
    return new Sheet<>(accuracies)
        .words("network", "title", Accuracies::title)
        .words("<whose", "network", Accuracies::network)
        .number("dense", "dense", EvaluationTables::accuracy, each -> value(each.dense()))
        .number("pruned", "pruned", EvaluationTables::accuracy, each -> value(each.pruned()))
        .number(
            "crossbars pruned",
            "crossbarsPruned",
            EvaluationTables::accuracy,
            each -> value(each.crossbars()))
        .number(
            "segments pruned",
            "segmentsPruned",
            EvaluationTables::accuracy,
            each -> value(each.segments()));
  }

  private static double value(OptionalDouble value) {
    return value.orElse(Double.NaN);
  }

  private static String accuracy(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  // ---------------------------------------------------------------- inputs

  /** What was measured, a line for each network and memory. */
  public static String inputsCsv(Map<String, String> digests) {
    return new Sheet<>(List.copyOf(digests.keySet()))
        .words("", "name", name -> name)
        .words("", "sha256", digests::get)
        .csv();
  }

  // ---------------------------------------------------------------- sensitivity

  /** What moves each headline most, a table for each. */
  public static List<Table> swings(Sensitivity sensitivity) {
    List<Table> tables = new ArrayList<>();
    for (int i = 0; i < sensitivity.headlines().size(); i++) {
      int headline = i;
      double base = sensitivity.base().get(i);
      tables.add(
          Table.of(
              String.format(
                  Locale.ROOT,
                  "%s: %s %s",
                  sensitivity.headlines().get(i).name(),
                  Numbers.fixed(base),
                  sensitivity.headlines().get(i).unit()),
              new Sheet<>(sensitivity.strongest(i, MOST_SWINGS))
                  .words("number", "key", swing -> swing.parameter().key())
                  .words("<basis", "basis", EvaluationTables::basis)
                  .number("value", "value", JsonDocument::plain, swing -> swing.parameter().value())
                  .words("<unit", "unit", swing -> swing.parameter().unit())
                  .number(
                      "lowered",
                      "low",
                      EvaluationTables::change,
                      swing -> value(swing.low().get(headline)) / base - 1)
                  .number(
                      "raised",
                      "high",
                      EvaluationTables::change,
                      swing -> value(swing.high().get(headline)) / base - 1)));
    }
    return tables;
  }

  /** Every number and every headline, a line each; empty where the model refuses the number. */
  public static String swingsCsv(Sensitivity sensitivity) {
    record Step(Swing swing, int headline) {}
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < sensitivity.headlines().size(); i++) {
      for (Swing swing : sensitivity.swings()) {
        steps.add(new Step(swing, i));
      }
    }
    return new Sheet<>(steps)
        .words("", "headline", step -> sensitivity.headlines().get(step.headline()).name())
        .words("", "unit", step -> sensitivity.headlines().get(step.headline()).unit())
        .hidden("base", step -> sensitivity.base().get(step.headline()))
        .words("", "key", step -> step.swing().parameter().key())
        .words("", "basis", step -> basis(step.swing()))
        .hidden("value", step -> step.swing().parameter().value())
        .hidden("lowered", step -> value(step.swing().low().get(step.headline())))
        .hidden("raised", step -> value(step.swing().high().get(step.headline())))
        .csv();
  }

  private static String basis(Swing swing) {
    return swing.parameter().basis();
  }

  private static String change(double share) {
    return String.format(Locale.ROOT, "%+.1f %%", 100 * share);
  }
}
