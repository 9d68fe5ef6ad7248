package io.github.primesim.report;

import io.github.primesim.claim.Claim;
import io.github.primesim.claim.Judgement;
import io.github.primesim.claim.PublishedFigure;
import io.github.primesim.claim.PublishedRange;
import io.github.primesim.claim.Strength;
import io.github.primesim.claim.Tolerance;
import io.github.primesim.claim.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One line of a table of claims: a figure, or an order of figures, in words.
 *
 * @param claim the claim it belongs to
 * @param name name of the figure, or the order
 * @param published what was published
 * @param ours what we have, or why there is nothing
 * @param unit unit of both
 * @param deviation how far ours is off
 * @param tolerance what was allowed
 * @param verdict what becomes of it
 */
record ValidationRow(
    Claim claim,
    String name,
    String published,
    String ours,
    String unit,
    String deviation,
    String tolerance,
    Verdict verdict) {

  /** The lines of a claim. */
  static List<ValidationRow> of(Judgement judgement) {
    List<ValidationRow> rows = new ArrayList<>();
    judgement.figures().forEach(figure -> rows.add(of(judgement.claim(), figure)));
    judgement.orders().forEach(order -> rows.add(of(judgement.claim(), order)));
    return rows;
  }

  private static ValidationRow of(Claim claim, Judgement.JudgedFigure judged) {
    PublishedFigure figure = judged.published();
    OptionalDouble ours = judged.ours().value();
    return new ValidationRow(
        claim,
        figure.name(),
        figure.published().map(ValidationRow::range).orElse(""),
        ours.isPresent() ? number(ours.getAsDouble()) : judged.ours().absence().orElse(""),
        figure.unit(),
        figure.published().isPresent() && ours.isPresent()
            ? deviation(figure, figure.published().get(), ours.getAsDouble())
            : "",
        figure.strength() == Strength.EXACT || figure.strength() == Strength.BAND
            ? figure.tolerance().text()
            : "",
        judged.verdict());
  }

  private static ValidationRow of(Claim claim, Judgement.JudgedOrder order) {
    return new ValidationRow(
        claim, String.join(" < ", order.names()), "", "", "", "", "order", order.verdict());
  }

  private static String range(PublishedRange range) {
    return range.single()
        ? number(range.from())
        : number(range.from()) + " to " + number(range.to());
  }

  /**
   * A ratio where both are amounts, a difference where they are shares, small or exact; empty where
   * there is none.
   */
  static String deviation(PublishedFigure figure, PublishedRange published, double ours) {
    double nearest = Math.min(Math.max(ours, published.from()), published.to());
    boolean judgedAsAmount =
        figure.tolerance() instanceof Tolerance.Factor
            || figure.strength() == Strength.REPORT
            || figure.strength() == Strength.SHAPE;
    boolean share = figure.unit().equals("%") || figure.unit().equals("points");
    if (!judgedAsAmount || share || nearest <= 0 || ours <= 0) {
      double difference = ours - nearest;
      return Math.abs(difference) <= 1e-9 * Math.abs(nearest)
          ? "0"
          : (difference > 0 ? "+" : "-") + number(Math.abs(difference));
    }
    double ratio = ours / nearest;
    return String.format(Locale.ROOT, ratio < 0.0995 ? "%.2gx" : "%.2fx", ratio)
        .replace("e-0", "e-");
  }

  /** Whole numbers as they are, others in four digits. */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e12) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    double size = Math.abs(value);
    return size >= 1e-3 ? Numbers.fixed(value) : String.format(Locale.ROOT, "%.3g", value);
  }
}
