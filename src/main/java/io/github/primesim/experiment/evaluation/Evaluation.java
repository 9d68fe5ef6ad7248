package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.Compiled;
import io.github.primesim.experiment.Designs;
import io.github.primesim.experiment.Run;
import io.github.primesim.experiment.RunRequest;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.experiment.Workers;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The paper's studies, each on all designs it is about. Nothing is kept between studies, and the
 * number of threads changes no figure.
 */
public final class Evaluation {
  private static final String ENDLESS_PATH = "timing.interBankBitsPerNs=1000000000";

  private final Designs designs;
  private final List<String> sets;
  private final int undivided;
  private final int threads;
  private final Progress progress;
  private final Map<String, String> refused = new TreeMap<>();

  /**
   * @param sets keys of the hardware to be set in every design
   * @param undivided wordlines and bitlines of the crossbars that PRIME has
   * @param threads designs that are measured at the same time
   */
  public Evaluation(
      Designs designs, List<String> sets, int undivided, int threads, Progress progress) {
    this.designs = designs;
    this.sets = List.copyOf(sets);
    this.undivided = undivided;
    this.threads = threads;
    this.progress = progress;
  }

  /** Designs that could not be measured, and why; in alphabetical order. */
  public Map<String, String> refused() {
    return refused;
  }

  /** Energy and speed over sizes of the crossbars and sparsities. */
  public List<Compared> sizes(
      List<Subject> subjects,
      List<Treatment> treatments,
      List<String> schemes,
      List<Integer> sizes) {
    List<Case> cases = new ArrayList<>();
    for (Subject subject : subjects) {
      for (Treatment treatment : treatments) {
        for (int size : sizes) {
          schemes.forEach(scheme -> cases.add(new Case(subject, treatment, scheme, size)));
        }
      }
    }
    return compare(cases);
  }

  /** Energy and speed of networks, however their weights are pruned. */
  public List<Compared> networks(
      List<Subject> subjects, List<Treatment> treatments, List<String> schemes, int size) {
    return sizes(subjects, treatments, schemes, List.of(size));
  }

  /**
   * Energy and speed of every network on every size of the crossbars: as it is, pruned by segments
   * where that can be had, and beside trained weights with random ones of the same densities.
   */
  public List<Compared> grid(List<Subject> subjects, String scheme, List<Integer> sizes) {
    TreatedNetworks networks = new TreatedNetworks(designs, sets);
    List<Case> cases = new ArrayList<>();
    for (Subject subject : subjects) {
      List<Treatment> treatments = new ArrayList<>(List.of(Treatment.NONE));
      if (!networks.isSynthetic(subject)) {
        treatments.add(Treatment.SYNTHETIC);
      }
      if (networks.canBeSegmented(subject)) {
        treatments.add(Treatment.SEGMENTS);
      }
      for (Treatment treatment : treatments) {
        sizes.forEach(size -> cases.add(new Case(subject, treatment, scheme, size)));
      }
    }
    return compare(cases);
  }

  /**
   * What is measured: sha-256 of structure and weights of each network, and of the memory on
   * crossbars of its own, by name.
   */
  public Map<String, String> digests(List<Subject> subjects) {
    Map<String, String> digests = new TreeMap<>();
    for (Subject subject : subjects) {
      Stream.concat(Stream.of(subject.network()), subject.segments().stream())
          .map(network -> designs.of(network, "dense", "", sets))
          .forEach(
              design -> {
                digests.put(design.hardware().name(), design.hardwareDigest());
                digests.put(design.network().name(), design.networkDigest());
              });
    }
    return digests;
  }

  private List<Compared> compare(List<Case> cases) {
    Set<Case> all = new LinkedHashSet<>();
    for (Case each : cases) {
      all.add(each.dense(undivided));
      all.add(each.dense(each.size()));
      all.add(each);
    }
    Map<Case, Measurement> measured = measure(List.copyOf(all), sets);
    List<Compared> compared = new ArrayList<>();
    for (Case each : cases) {
      Measurement result = measured.get(each);
      Measurement dense = measured.get(each.dense(each.size()));
      Measurement whole = measured.get(each.dense(undivided));
      if (result != null && dense != null && whole != null) {
        compared.add(new Compared(result, dense, whole));
      }
    }
    return compared;
  }

  private Map<Case, Measurement> measure(List<Case> cases, List<String> settings) {
    TreatedNetworks networks = new TreatedNetworks(designs, settings);
    List<Optional<Measurement>> found =
        Workers.map(cases, threads, progress, each -> measure(networks, each));
    Map<Case, Measurement> measured = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      found.get(i).ifPresent(measurement -> measured.put(each, measurement));
    }
    return measured;
  }

  private Optional<Measurement> measure(TreatedNetworks networks, Case each) {
    try {
      RunResult result = Run.of(RunRequest.of(networks.design(each))).result();
      return Optional.of(Measurement.of(each, result));
    } catch (InputProblem problem) {
      refuse(each, problem);
      return Optional.empty();
    }
  }

  private synchronized void refuse(Case each, InputProblem problem) {
    refused.put(each + ", " + each.treatment().text(), problem.getMessage());
  }

  /** Where the gain of each network goes, from its weights to the speed of the chip. */
  public List<Ladder> ladders(List<Subject> subjects, String scheme, int size) {
    List<Case> cases = new ArrayList<>();
    for (Subject subject : subjects) {
      cases.add(new Case(subject, Treatment.NONE, scheme, size));
      if (subject.segments().isPresent()) {
        cases.add(new Case(subject, Treatment.SEGMENTS, scheme, size));
      }
    }
    List<Compared> compared = compare(cases);
    List<String> endless = new ArrayList<>(sets);
    endless.add(ENDLESS_PATH);
    List<Case> free = new ArrayList<>();
    for (Case each : cases) {
      free.add(each);
      free.add(each.dense(size));
    }
    Map<Case, Measurement> unlimited = measure(free, endless);
    TreatedNetworks networks = new TreatedNetworks(designs, sets);
    List<Ladder> ladders = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      Case each = cases.get(i);
      Compared own = compared.get(i);
      CompileRequest design = networks.design(each);
      Compiled pairs = Compiled.of(design, Progress.SILENT);
      Compiled oneSign = Compiled.of(design.withSigns(SignScheme.INDEPENDENT), Progress.SILENT);
      ladders.add(
          Ladder.of(
              own,
              pairs.network(),
              bound(oneSign),
              bound(pairs),
              unlimited.get(each).throughputPerSecond()
                  / unlimited.get(each.dense(size)).throughputPerSecond()));
    }
    return ladders;
  }

  private static double bound(Compiled compiled) {
    return (double) compiled.network().crossbars().dense()
        / compiled.network().crossbars().lowerBound();
  }

  /** What clearing crossbars costs in weights. */
  public List<Clearing> clearings(List<Subject> subjects, List<String> schemes, int size) {
    TreatedNetworks networks = new TreatedNetworks(designs, sets);
    return Workers.map(
        untreated(subjects, schemes, List.of(size)),
        threads,
        progress,
        each -> Clearing.of(each.subject().title(), networks.design(each)));
  }

  /** How full the crossbars are. */
  public List<Filling> fillings(List<Subject> subjects, List<String> schemes, List<Integer> sizes) {
    TreatedNetworks networks = new TreatedNetworks(designs, sets);
    return Workers.map(
        untreated(subjects, schemes, sizes),
        threads,
        progress,
        each -> {
          Compiled compiled = Compiled.of(networks.design(each), Progress.SILENT);
          return new Filling(
              each.subject().title(),
              compiled.network().network(),
              compiled.network().weights(),
              each.scheme(),
              each.size(),
              compiled.mapping().total().fill());
        });
  }

  private static List<Case> untreated(
      List<Subject> subjects, List<String> schemes, List<Integer> sizes) {
    List<Case> cases = new ArrayList<>();
    for (Subject subject : subjects) {
      for (int size : sizes) {
        schemes.forEach(scheme -> cases.add(new Case(subject, Treatment.NONE, scheme, size)));
      }
    }
    return cases;
  }
}
