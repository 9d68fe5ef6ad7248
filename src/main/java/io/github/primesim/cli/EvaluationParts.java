package io.github.primesim.cli;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.EvaluationFile;
import io.github.primesim.config.NetworkCard;
import io.github.primesim.config.SharedDesigns;
import io.github.primesim.experiment.Designs;
import io.github.primesim.experiment.evaluation.Accuracies;
import io.github.primesim.experiment.evaluation.Clearing;
import io.github.primesim.experiment.evaluation.Compared;
import io.github.primesim.experiment.evaluation.Evaluation;
import io.github.primesim.experiment.evaluation.Filling;
import io.github.primesim.experiment.evaluation.Headline;
import io.github.primesim.experiment.evaluation.Headlines;
import io.github.primesim.experiment.evaluation.Ladder;
import io.github.primesim.experiment.evaluation.Parameter;
import io.github.primesim.experiment.evaluation.Sensitivity;
import io.github.primesim.experiment.evaluation.Subject;
import io.github.primesim.experiment.evaluation.Treatment;
import io.github.primesim.report.EvaluationCharts;
import io.github.primesim.report.EvaluationTables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Runs parts of the evaluation and puts what they find into tables, figures and pictures. */
final class EvaluationParts {
  private static final List<Double> SHARES = List.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6);
  private static final List<Double> SHOWN_SHARES = List.of(0.1, 0.2, 0.4, 0.6);
  private static final double SWING = 0.5;

  /** What nothing published decides, or decides without a step of ours. */
  private static final Set<String> UNCERTAIN = Set.of("assumed", "derived", "fitted");

  private final Terminal terminal;
  private final EvaluationFile file;
  private final String hardware;
  private final List<String> sets;
  private final List<Subject> subjects;
  private final List<String> schemes;
  private final int threads;
  private final EvaluationOutput output;
  private final Designs designs;

  EvaluationParts(
      Terminal terminal,
      EvaluationFile file,
      String hardware,
      List<String> sets,
      List<Subject> subjects,
      List<String> schemes,
      int threads,
      EvaluationOutput output) {
    this.terminal = terminal;
    this.file = file;
    this.hardware = hardware;
    this.sets = sets;
    this.subjects = subjects;
    this.schemes = schemes;
    this.threads = threads;
    this.output = output;
    SharedDesigns shared = new SharedDesigns(terminal.installation());
    designs =
        (network, mapping, crossbar, settings) ->
            shared.request(choices(hardware, network, mapping, crossbar, settings));
  }

  /** A design as an ordinary run has it. */
  static DesignFiles.Choices choices(
      String hardware, String network, String mapping, String crossbar, List<String> sets) {
    return new DesignFiles.Choices(
        network,
        hardware,
        mapping,
        Optional.of(crossbar).filter(size -> !size.isEmpty()),
        "pairs",
        "layer",
        "0",
        "1",
        sets);
  }

  /** Runs one part. */
  void run(EvaluationPart part) {
    String name = part.key();
    try (LineProgress progress = new LineProgress(terminal, name)) {
      Evaluation evaluation =
          new Evaluation(designs, sets, file.undivided(), threads, progress::step);
      switch (part) {
        case SIZES -> sizes(evaluation);
        case NETWORKS -> networks(evaluation);
        case GRID -> grid(evaluation);
        case GAP -> gap(evaluation);
        case CROSSBARS -> crossbars(evaluation);
        case UTILIZATION -> utilization(evaluation);
        case ACCURACY -> accuracy();
        case SENSITIVITY -> sensitivity(progress);
      }
      evaluation
          .refused()
          .forEach((design, why) -> output.line("not measured: " + design + ": " + why));
    }
  }

  /** Writes down in that file which networks and which memory all this is of. */
  void inputs(String name) {
    Evaluation evaluation =
        new Evaluation(designs, sets, file.undivided(), threads, (what, done, of) -> {});
    output.file(name, EvaluationTables.inputsCsv(evaluation.digests(subjects)));
  }

  private record Gain(String name, String key, ToDoubleFunction<Compared> of) {}

  private static final List<Gain> GAINS =
      List.of(
          new Gain("energy, times less than dense", "energy", Compared::energy),
          new Gain("throughput, times dense", "throughput", Compared::throughput),
          new Gain("latency, times shorter than dense", "latency", Compared::latency),
          new Gain("crossbars, times fewer than dense", "crossbars", Compared::crossbars));

  private List<Gain> overPrime() {
    String prime = " on " + file.undivided() + " x " + file.undivided();
    return List.of(
        new Gain("energy, times less than dense" + prime, "energy-prime", Compared::energyOfPrime),
        new Gain(
            "throughput, times dense" + prime, "throughput-prime", Compared::throughputOfPrime),
        new Gain(
            "latency, times shorter than dense" + prime,
            "latency-prime",
            Compared::latencyOfPrime));
  }

  /** Over dense on the same crossbars, and over PRIME's own. */
  private List<Gain> gains() {
    List<Gain> gains = new ArrayList<>(GAINS);
    gains.addAll(overPrime());
    return gains;
  }

  private void sizes(Evaluation evaluation) {
    output.section("sizes", "gains over sizes of the crossbars");
    List<Compared> found =
        evaluation.sizes(
            swept(),
            file.sparsities().stream().map(Treatment::sparsity).toList(),
            schemes,
            file.sizes());
    List<Gain> gains = gains();
    for (Gain gain : gains) {
      output.table(EvaluationTables.gains(gain.name(), found, gain.of()));
    }
    output.file("sizes.csv", EvaluationTables.csv(found));
    for (Subject subject : swept()) {
      List<Compared> own =
          found.stream().filter(each -> each.result().network().equals(subject.network())).toList();
      if (!own.isEmpty()) {
        for (Gain gain : gains) {
          output.picture(
              "sizes-" + subject.network() + "-" + gain.key(),
              EvaluationCharts.sizes(own, gain.name(), gain.of()));
        }
      }
    }
  }

  private List<Subject> swept() {
    return subjects.stream().filter(subject -> file.swept().contains(subject.title())).toList();
  }

  private void networks(Evaluation evaluation) {
    output.section("networks", "gains over networks");
    List<Compared> found =
        evaluation.networks(
            subjects,
            List.of(Treatment.NONE, Treatment.cleared(file.cleared()), Treatment.SEGMENTS),
            schemes,
            file.crossbar());
    List<Gain> gains = gains();
    for (Gain gain : gains) {
      output.table(EvaluationTables.means(gain.name(), found, gain.of()));
    }
    for (Gain gain : gains) {
      output.table(EvaluationTables.gains(gain.name(), found, gain.of()));
      output.picture(
          "networks-" + gain.key(), EvaluationCharts.networks(found, gain.name(), gain.of()));
    }
    output.table(EvaluationTables.pace(found, schemes.get(0)));
    output.file("networks.csv", EvaluationTables.csv(found));
  }

  private void grid(Evaluation evaluation) {
    String scheme = file.headlines().scheme();
    output.section("grid", "gains of every network on every size of crossbars, " + scheme);
    List<Compared> found = evaluation.grid(subjects, scheme, file.sizes());
    List<Gain> gains = gains();
    for (Gain gain : gains) {
      output.table(EvaluationTables.overSizes(gain.name(), found, gain.of()));
      output.picture("grid-" + gain.key(), EvaluationCharts.grid(found, gain.name(), gain.of()));
    }
    output.file("grid.csv", EvaluationTables.csv(found));
  }

  private void gap(Evaluation evaluation) {
    output.section("gap", "where gains go");
    List<Ladder> found = evaluation.ladders(subjects, schemes.get(0), file.crossbar());
    output
        .table(EvaluationTables.ladders(found))
        .file("gap.csv", EvaluationTables.laddersCsv(found))
        .picture("gap", EvaluationCharts.ladders(found));
  }

  private void crossbars(Evaluation evaluation) {
    output.section("crossbars", "crossbars saved against weights pruned");
    List<Clearing> found = evaluation.clearings(subjects, schemes, file.crossbar());
    output
        .table(EvaluationTables.clearings(found, SHOWN_SHARES))
        .file("crossbars.csv", EvaluationTables.clearingsCsv(found, SHARES))
        .picture("crossbars", EvaluationCharts.clearings(found));
  }

  private void utilization(Evaluation evaluation) {
    output.section("utilization", "utilisation");
    List<String> withDense = new ArrayList<>(List.of("dense"));
    withDense.addAll(schemes);
    List<Filling> found = evaluation.fillings(subjects, withDense, List.of(file.crossbar()));
    output
        .table(EvaluationTables.fillings(found))
        .file("utilization.csv", EvaluationTables.fillingsCsv(found))
        .picture("utilization", EvaluationCharts.fillings(found));
  }

  private void accuracy() {
    output.section("accuracy", "accuracy");
    List<Accuracies> found = new ArrayList<>();
    for (EvaluationFile.PublishedNetwork published : file.networks()) {
      List<Subject> own =
          subjects.stream().filter(each -> each.title().equals(published.title())).toList();
      if (own.isEmpty() || published.dense().isEmpty()) {
        continue;
      }
      found.add(
          new Accuracies(
              published.title(),
              "published, " + published.data(),
              optional(published.dense()),
              optional(published.pruned()),
              optional(published.crossbars()),
              OptionalDouble.empty()));
      own.forEach(subject -> accuracies(subject).ifPresent(found::add));
    }
    output
        .table(EvaluationTables.accuracies(found))
        .file("accuracy.csv", EvaluationTables.accuraciesCsv(found));
  }

  private Optional<Accuracies> accuracies(Subject subject) {
    Path home = terminal.installation();
    NetworkCard card = NetworkCard.of(home, subject.network());
    return card.pruned().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Accuracies(
                subject.title(),
                subject.network(),
                card.dense(),
                card.pruned(),
                NetworkCard.studied(home, subject.network(), "crossbars"),
                subject
                    .segments()
                    .map(name -> NetworkCard.of(home, name).pruned())
                    .orElse(OptionalDouble.empty())));
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private void sensitivity(LineProgress progress) {
    output.section("sensitivity", "sensitivity of the headlines");
    EvaluationFile.HeadlineKeys keys = file.headlines();
    String crossbar = file.crossbar() + "x" + file.crossbar();
    List<Headline> headlines =
        new ArrayList<>(
            List.of(
                Headlines.peakEfficiency(),
                Headlines.energy(keys.dense()),
                Headlines.throughput(keys.dense())));
    for (String sparse : keys.sparse()) {
      headlines.add(Headlines.energyGain(sparse, keys.scheme(), crossbar));
      headlines.add(Headlines.throughputGain(sparse, keys.scheme(), crossbar));
    }
    List<Parameter> parameters = new ArrayList<>();
    DesignFiles.hardware(terminal.installation(), choices(hardware, "", "dense", "", sets))
        .quantities()
        .forEach((key, quantity) -> parameters.add(new Parameter(key, quantity)));
    parameters.removeIf(parameter -> !UNCERTAIN.contains(parameter.basis()));
    Sensitivity found =
        Sensitivity.of(designs, sets, headlines, parameters, SWING, threads, progress::step);
    EvaluationTables.swings(found).forEach(output::table);
    output
        .file("sensitivity.csv", EvaluationTables.swingsCsv(found))
        .picture("sensitivity", EvaluationCharts.tornados(found));
  }
}
