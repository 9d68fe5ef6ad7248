package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.Designs;
import io.github.primesim.experiment.FastForwarding;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.experiment.Simulated;
import io.github.primesim.experiment.Workers;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Compiler;
import io.github.primesim.lowering.Progress;
import io.github.primesim.lowering.SharedMappings;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * How far headlines move with each number of the hardware file, one number at a time.
 *
 * @param headlines what moves
 * @param base each headline as the file has it
 * @param share by how much a number is lowered and raised
 * @param swings one for each number
 */
public record Sensitivity(
    List<Headline> headlines, List<Double> base, double share, List<Swing> swings) {
  public Sensitivity {
    headlines = List.copyOf(headlines);
    base = List.copyOf(base);
    swings = List.copyOf(swings);
  }

  /**
   * Varies each number by {@code share} in both directions. What only prices read is priced again;
   * everything else is compiled and simulated again, since it may change copies and times.
   *
   * @param sets keys of the hardware that are set throughout
   * @param threads numbers that are varied at the same time
   */
  public static Sensitivity of(
      Designs designs,
      List<String> sets,
      List<Headline> headlines,
      List<Parameter> parameters,
      double share,
      int threads,
      Progress progress) {
    Study study = new Study(designs, sets, headlines);
    List<Double> base = study.base();
    List<Swing> swings =
        Workers.map(
            parameters,
            threads,
            progress,
            each -> new Swing(each, study.varied(each, 1 - share), study.varied(each, 1 + share)));
    return new Sensitivity(headlines, base, share, swings);
  }

  /** The numbers that move a headline most, the strongest first, none that does not move it. */
  public List<Swing> strongest(int headline, int most) {
    List<Swing> sorted = new ArrayList<>(swings);
    sorted.removeIf(swing -> !(swing.size(headline, base.get(headline)) > 0));
    // Equal ones stay in the order of the file.
    sorted.sort(
        Collections.reverseOrder(
            (a, b) ->
                Double.compare(
                    a.size(headline, base.get(headline)), b.size(headline, base.get(headline)))));
    return sorted.subList(0, Math.min(most, sorted.size()));
  }

  /** The designs behind the headlines, simulated once. */
  private static final class Study {
    private final Designs designs;
    private final List<String> sets;
    private final List<Headline> headlines;
    private final Map<Headline.Design, Simulated> simulated = new LinkedHashMap<>();

    /** Times do not change where weights are: what numbers leave as it is, is mapped once. */
    private final SharedMappings mappings = new SharedMappings();

    Study(Designs designs, List<String> sets, List<Headline> headlines) {
      this.designs = designs;
      this.sets = sets;
      this.headlines = headlines;
      Set<Headline.Design> all = new LinkedHashSet<>();
      headlines.forEach(headline -> all.addAll(headline.runs()));
      for (Headline.Design design : all) {
        simulated.put(design, simulate(design, sets));
      }
    }

    List<Double> base() {
      return figures(new Memories(sets), simulated).stream()
          .map(OptionalDouble::orElseThrow)
          .toList();
    }

    /** Every headline with {@code parameter} times {@code factor}. */
    List<OptionalDouble> varied(Parameter parameter, double factor) {
      Optional<String> setting = parameter.times(factor);
      if (setting.isEmpty()) {
        return Collections.nCopies(headlines.size(), OptionalDouble.empty());
      }
      List<String> with = new ArrayList<>(sets);
      with.add(setting.get());
      Memories memories = new Memories(with);
      Map<Headline.Design, Simulated> runs = new LinkedHashMap<>();
      try {
        for (Headline.Design design : simulated.keySet()) {
          memories.of(design);
        }
      } catch (InputProblem refused) {
        return Collections.nCopies(headlines.size(), OptionalDouble.empty());
      }
      for (Headline.Design design : simulated.keySet()) {
        try {
          runs.put(design, parameter.onlyPriced() ? simulated.get(design) : simulate(design, with));
        } catch (InputProblem refused) {
          // The headlines of this design have no value then.
        }
      }
      return figures(memories, runs);
    }

    private List<OptionalDouble> figures(Memories memories, Map<Headline.Design, Simulated> runs) {
      Map<Headline.Design, RunResult> results = new LinkedHashMap<>();
      runs.forEach((design, run) -> results.put(design, run.priced(memories.of(design))));
      HardwareSpec own = memories.of(simulated.keySet().iterator().next());
      List<OptionalDouble> figures = new ArrayList<>();
      for (Headline headline : headlines) {
        figures.add(
            results.keySet().containsAll(headline.runs())
                ? OptionalDouble.of(
                    headline
                        .figure()
                        .apply(own, headline.runs().stream().map(results::get).toList()))
                : OptionalDouble.empty());
      }
      return figures;
    }

    /** Memories with the same settings, by the size of their crossbars: each is read once. */
    private final class Memories {
      private final List<String> settings;
      private final Map<String, HardwareSpec> byCrossbar = new LinkedHashMap<>();

      Memories(List<String> settings) {
        this.settings = settings;
      }

      HardwareSpec of(Headline.Design design) {
        return byCrossbar.computeIfAbsent(
            design.crossbar(), size -> request(design, settings).hardware());
      }
    }

    private Simulated simulate(Headline.Design design, List<String> with) {
      CompileRequest request = request(design, with);
      return Simulated.of(
          Compiler.compile(request, Progress.SILENT, mappings).trace(),
          request.hardware(),
          FastForwarding.ON);
    }

    private CompileRequest request(Headline.Design design, List<String> with) {
      return designs.of(design.network(), design.mapping(), design.crossbar(), with);
    }
  }
}
