package io.github.primesim.claim;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A claim with our figures beside it.
 *
 * @param claim what was published
 * @param figures each figure of the claim, in order
 * @param orders each order of the claim
 */
public record Judgement(Claim claim, List<JudgedFigure> figures, List<JudgedOrder> orders) {
  /**
   * One figure.
   *
   * @param published what was published
   * @param ours what we have
   * @param verdict what becomes of it
   */
  public record JudgedFigure(PublishedFigure published, Ours ours, Verdict verdict) {}

  /**
   * One order of figures.
   *
   * @param names of the figures, the smallest first
   * @param verdict what becomes of it
   */
  public record JudgedOrder(List<String> names, Verdict verdict) {
    public JudgedOrder {
      names = List.copyOf(names);
    }
  }

  public Judgement {
    figures = List.copyOf(figures);
    orders = List.copyOf(orders);
  }

  /**
   * Judges a claim.
   *
   * @param ours our figures by name, one for each of the claim
   */
  public static Judgement of(Claim claim, Map<String, Ours> ours) {
    Map<String, JudgedFigure> figures = new LinkedHashMap<>();
    for (PublishedFigure figure : claim.figures()) {
      Ours own = ours.get(figure.name());
      if (own == null) {
        throw new IllegalArgumentException("nothing is said of '" + figure.name() + "'");
      }
      figures.put(figure.name(), new JudgedFigure(figure, own, verdict(claim, figure, own)));
    }
    List<JudgedOrder> orders = new ArrayList<>();
    for (List<String> names : claim.rises()) {
      orders.add(new JudgedOrder(names, verdict(names.stream().map(figures::get).toList())));
    }
    return new Judgement(claim, new ArrayList<>(figures.values()), orders);
  }

  private static Verdict verdict(Claim claim, PublishedFigure figure, Ours ours) {
    if (ours.value().isEmpty()) {
      return ours.stale() ? Verdict.CHANGED : Verdict.ABSENT;
    }
    double value = ours.value().getAsDouble();
    if (claim.deviation().filter(known -> known.frozen().containsKey(figure.name())).isPresent()) {
      return claim.deviation().get().same(figure.name(), value)
          ? Verdict.DEVIATES
          : Verdict.CHANGED;
    }
    return switch (figure.strength()) {
      case EXACT, BAND ->
          figure.tolerance().accepts(figure.published().orElseThrow(), value)
              ? Verdict.HOLDS
              : Verdict.FAILS;
      case SHAPE, REPORT -> Verdict.SHOWN;
    };
  }

  /** An order whose figures are all frozen is known to deviate, and judged with them. */
  private static Verdict verdict(List<JudgedFigure> figures) {
    if (figures.stream().anyMatch(each -> each.ours().value().isEmpty())) {
      return Verdict.ABSENT;
    }
    for (int i = 1; i < figures.size(); i++) {
      if (!(value(figures.get(i)) > value(figures.get(i - 1)))) {
        return figures.stream().allMatch(each -> each.verdict() == Verdict.DEVIATES)
            ? Verdict.DEVIATES
            : Verdict.FAILS;
      }
    }
    return Verdict.HOLDS;
  }

  private static double value(JudgedFigure figure) {
    return figure.ours().value().orElseThrow();
  }

  /** Every verdict of the claim. */
  public Stream<Verdict> verdicts() {
    return Stream.concat(
        figures.stream().map(JudgedFigure::verdict), orders.stream().map(JudgedOrder::verdict));
  }

  /** The verdict of the claim: the worst of its own. */
  public Verdict verdict() {
    for (Verdict worst :
        new Verdict[] {
          Verdict.CHANGED, Verdict.FAILS, Verdict.DEVIATES, Verdict.HOLDS, Verdict.SHOWN
        }) {
      if (verdicts().anyMatch(each -> each == worst)) {
        return worst;
      }
    }
    return Verdict.ABSENT;
  }

  /** Whether a validation with this claim passes. */
  public boolean accepted() {
    return verdicts().allMatch(Verdict::accepted);
  }
}
