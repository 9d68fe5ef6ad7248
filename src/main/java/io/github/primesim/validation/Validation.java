package io.github.primesim.validation;

import io.github.primesim.claim.Claim;
import io.github.primesim.claim.Judgement;
import io.github.primesim.claim.Ours;
import io.github.primesim.claim.PublishedFigure;
import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.Progress;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * All published claims with our figures beside them.
 *
 * @param hardware name of the memory
 * @param fitted numbers of that memory that were fitted
 * @param judgements the claims, in their order
 * @param versus PRIME beside the processors it is compared with; empty where only some claims were
 *     asked for
 */
public record Validation(
    String hardware, List<Fitted> fitted, List<Judgement> judgements, List<Versus> versus) {
  public Validation {
    fitted = List.copyOf(fitted);
    judgements = List.copyOf(judgements);
    versus = List.copyOf(versus);
  }

  /**
   * Computes every figure that the claims name and judges it.
   *
   * @param substitution what takes the place of what claims name
   * @param compared whether PRIME is put beside the processors of its comparison too
   * @param progress told of each claim
   * @throws InputProblem naming the claim, the value, and what is wrong with its inputs
   */
  public static Validation of(
      List<Claim> claims,
      Sources sources,
      Substitution substitution,
      boolean compared,
      Progress progress) {
    Bench bench = new Bench(sources, substitution);
    List<Judgement> judgements = new ArrayList<>();
    for (Claim claim : claims) {
      progress.mapped(claim.id(), judgements.size(), claims.size());
      // What is frozen are figures of the design that the claim names, not of a substitute.
      Claim judged = substitution.equals(Substitution.NONE) ? claim : claim.withoutDeviation();
      judgements.add(Judgement.of(judged, figures(claim, bench)));
    }
    HardwareSpec spec = new Question(Map.of(), bench).hardware();
    return new Validation(
        spec.name(), fitted(spec, claims), judgements, compared ? Versus.all(bench) : List.of());
  }

  private static Map<String, Ours> figures(Claim claim, Bench bench) {
    Map<String, Ours> figures = new LinkedHashMap<>();
    Set<String> unread = new TreeSet<>();
    Set<String> read = new TreeSet<>();
    for (PublishedFigure figure : claim.figures()) {
      Question question = new Question(figure.inputs(), bench);
      Ours ours = ours(claim, figure, question);
      figures.put(figure.name(), ours);
      read.addAll(ours.value().isPresent() ? question.read() : question.given());
      unread.addAll(question.given());
    }
    unread.removeAll(read);
    if (!unread.isEmpty()) {
      throw new InputProblem(
          place(claim) + ": no figure reads the inputs " + unread + ", allowed: " + read);
    }
    return figures;
  }

  private static Ours ours(Claim claim, PublishedFigure figure, Question question) {
    if (figure.figure().isEmpty()) {
      return Ours.absent("not modelled");
    }
    String name = figure.figure().get();
    Figure own =
        Figures.named(name)
            .orElseThrow(
                () ->
                    new InputProblem(
                        place(claim)
                            + ": value '"
                            + figure.name()
                            + "': figure '"
                            + name
                            + "' is unknown, allowed: "
                            + String.join(", ", Figures.names())));
    try {
      return Ours.of(own.of(question));
    } catch (AbsentFigureException e) {
      return Ours.absent(e.getMessage());
    } catch (StaleFigureException e) {
      return Ours.stale(e.getMessage());
    } catch (InputProblem e) {
      throw new InputProblem(
          place(claim) + ": value '" + figure.name() + "': " + e.getMessage(), e);
    }
  }

  private static String place(Claim claim) {
    return "validation/" + claim.id() + "/claim.yaml";
  }

  private static List<Fitted> fitted(HardwareSpec spec, List<Claim> claims) {
    List<Fitted> fitted = new ArrayList<>();
    HardwareNumbers.of(spec)
        .forEach(
            (key, number) -> {
              if (number.basis() == Basis.FITTED) {
                List<String> words = List.of(number.source().split("[^A-Za-z0-9-]+"));
                fitted.add(
                    new Fitted(
                        key,
                        number.value(),
                        number.unit(),
                        number.source(),
                        claims.stream().map(Claim::id).filter(words::contains).toList()));
              }
            });
    return fitted;
  }

  /** Whether a number of the memory was fitted to this claim. */
  public boolean isFitted(Claim claim) {
    return fitted.stream().anyMatch(number -> number.claims().contains(claim.id()));
  }

  /** Whether every claim holds, or deviates as it is known to. */
  public boolean accepted() {
    return judgements.stream().allMatch(Judgement::accepted);
  }
}
