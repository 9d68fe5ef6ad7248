package io.github.primesim.report;

import io.github.primesim.claim.Judgement;
import io.github.primesim.claim.Strength;
import io.github.primesim.claim.Verdict;
import io.github.primesim.validation.Fitted;
import io.github.primesim.validation.Validation;
import io.github.primesim.validation.Versus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A validation for the terminal: fitted numbers first, then the claims by publication. */
public final class ValidationText {
  /** The publication of what is simulated. */
  private static final String SUBJECT = "PRIME";

  private ValidationText() {}

  /** The text. */
  public static String of(Validation validation) {
    StringBuilder text = new StringBuilder();
    fitted(text, validation);
    groups(validation)
        .forEach(
            (publication, judgements) -> {
              text.append('\n').append(publication).append('\n');
              text.append(table(validation, judgements));
            });
    versus(text, validation);
    reasons(text, validation.judgements(), "", " deviates: ");
    summary(text, validation);
    return text.toString();
  }

  /** Claims by publication: PRIME's first, the others in the order in which they occur. */
  static Map<String, List<Judgement>> groups(Validation validation) {
    Map<String, List<Judgement>> groups = new LinkedHashMap<>();
    groups.put(SUBJECT, new ArrayList<>());
    for (Judgement judgement : validation.judgements()) {
      groups
          .computeIfAbsent(judgement.claim().publication(), each -> new ArrayList<>())
          .add(judgement);
    }
    groups.values().removeIf(List::isEmpty);
    return groups;
  }

  private static void fitted(StringBuilder text, Validation validation) {
    text.append("hardware ").append(validation.hardware()).append(", ");
    if (validation.fitted().isEmpty()) {
      text.append("no fitted numbers\n");
      return;
    }
    text.append(validation.fitted().size()).append(" fitted:\n");
    for (Fitted number : validation.fitted()) {
      text.append("  ")
          .append(number.key())
          .append(" = ")
          .append(ValidationRow.number(number.value()))
          .append(' ')
          .append(number.unit())
          .append(": ")
          .append(number.source())
          .append('\n');
    }
  }

  private static String table(Validation validation, List<Judgement> judgements) {
    TextTable table =
        new TextTable(
            "claim",
            "<figure",
            "published",
            "ours",
            "<unit",
            "deviation",
            "<allowed",
            "<counts",
            "<verdict");
    for (Judgement judgement : judgements) {
      String id = judgement.claim().id();
      for (ValidationRow row : ValidationRow.of(judgement)) {
        table.row(
            id,
            row.name(),
            row.published(),
            row.ours(),
            row.unit(),
            row.deviation(),
            row.tolerance(),
            counts(validation, judgement, row),
            mark(row.verdict()));
        id = "";
      }
    }
    return table.text();
  }

  /** What an asserted figure counts as. */
  static String counts(Validation validation, Judgement judgement, ValidationRow row) {
    if (row.tolerance().isEmpty()) {
      return "";
    }
    return validation.isFitted(judgement.claim()) ? "fitted" : "predicted";
  }

  private static String mark(Verdict verdict) {
    String word = word(verdict);
    return verdict.accepted() ? word : word.toUpperCase(Locale.ROOT);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void versus(StringBuilder text, Validation validation) {
    if (validation.versus().isEmpty()) {
      return;
    }
    text.append("\nPRIME over each baseline, tiled roofline (ideal roofline)\n");
    TextTable table =
        new TextTable("baseline", "<network", "speed-up", "(ideal)", "energy saving", "(ideal)");
    for (Versus each : validation.versus()) {
      table.row(
          each.baseline(),
          each.network(),
          Numbers.ratio(each.speedup()),
          "(" + Numbers.ratio(each.speedupIdeal()) + ")",
          Numbers.ratio(each.saving()),
          "(" + Numbers.ratio(each.savingIdeal()) + ")");
    }
    text.append(table.text());
  }

  /** Why claims deviate that are known to, each between what is put before and after its name. */
  static void reasons(StringBuilder text, List<Judgement> judgements, String before, String after) {
    for (Judgement judgement : judgements) {
      judgement
          .claim()
          .deviation()
          .ifPresent(
              known ->
                  text.append('\n')
                      .append(before)
                      .append(judgement.claim().id())
                      .append(after)
                      .append(known.reason())
                      .append('\n'));
    }
  }

  private static void summary(StringBuilder text, Validation validation) {
    Map<Verdict, Long> counts =
        validation.judgements().stream()
            .flatMap(Judgement::verdicts)
            .collect(Collectors.groupingBy(verdict -> verdict, Collectors.counting()));
    text.append('\n').append(validation.judgements().size()).append(" claims, ");
    long figures = counts.values().stream().mapToLong(Long::longValue).sum();
    text.append(figures).append(" figures: ");
    text.append(
        Arrays.stream(Verdict.values())
            .filter(counts::containsKey)
            .map(verdict -> counts.get(verdict) + " " + word(verdict))
            .collect(Collectors.joining(", ")));
    text.append('\n');
    Collection<Judgement> asserted =
        validation.judgements().stream()
            .filter(judgement -> judgement.claim().strength() != Strength.REPORT)
            .toList();
    long fitted =
        asserted.stream().filter(judgement -> validation.isFitted(judgement.claim())).count();
    text.append(
        String.format(
            Locale.ROOT,
            "of the %d claims that assert something %d are predicted, %d fitted%n",
            asserted.size(),
            asserted.size() - fitted,
            fitted));
  }
}
