package io.github.primesim.report;

import io.github.primesim.claim.Judgement;
import io.github.primesim.validation.Fitted;
import io.github.primesim.validation.Validation;
import io.github.primesim.validation.Versus;
import java.util.List;
import java.util.stream.Collectors;

/** The tables of a validation as Markdown, for a page that quotes them. */
public final class ValidationMarkdown {
  private ValidationMarkdown() {}

  /** Fitted numbers, the claims by publication, the baselines; headings of the third level. */
  public static String of(Validation validation) {
    StringBuilder text = new StringBuilder();
    heading(text, "Fitted numbers");
    for (Fitted number : validation.fitted()) {
      text.append("* `")
          .append(number.key())
          .append("` = ")
          .append(ValidationRow.number(number.value()))
          .append(' ')
          .append(number.unit())
          .append(": ")
          .append(number.source())
          .append('\n');
    }
    if (validation.fitted().isEmpty()) {
      text.append("None.\n");
    }
    ValidationText.groups(validation)
        .forEach(
            (publication, judgements) -> {
              heading(text, publication);
              claims(text, validation, judgements);
              ValidationText.reasons(text, judgements, "**", "** deviates. ");
            });
    if (!validation.versus().isEmpty()) {
      heading(text, "PRIME over its baselines");
      versus(text, validation);
    }
    return text.toString();
  }

  private static void heading(StringBuilder text, String heading) {
    text.append(text.isEmpty() ? "" : "\n").append("### ").append(heading).append("\n\n");
  }

  private static void claims(
      StringBuilder text, Validation validation, List<Judgement> judgements) {
    row(
        text,
        "claim",
        "figure",
        "published",
        "ours",
        "unit",
        "off by",
        "allowed",
        "counts",
        "verdict");
    row(text, "---", "---", "---:", "---:", "---", "---:", "---", "---", "---");
    for (Judgement judgement : judgements) {
      for (ValidationRow row : ValidationRow.of(judgement)) {
        row(
            text,
            "[" + row.claim().id() + "](../validation/" + row.claim().id() + "/claim.yaml)",
            row.name(),
            row.published(),
            row.ours(),
            row.unit(),
            row.deviation(),
            row.tolerance(),
            ValidationText.counts(validation, judgement, row),
            ValidationText.word(row.verdict()));
      }
    }
  }

  private static void versus(StringBuilder text, Validation validation) {
    row(text, "baseline", "network", "speed-up", "ideal", "energy saving", "ideal");
    row(text, "---", "---", "---:", "---:", "---:", "---:");
    for (Versus each : validation.versus()) {
      row(
          text,
          each.baseline(),
          each.network(),
          Numbers.ratio(each.speedup()),
          Numbers.ratio(each.speedupIdeal()),
          Numbers.ratio(each.saving()),
          Numbers.ratio(each.savingIdeal()));
    }
  }

  private static void row(StringBuilder text, String... cells) {
    text.append(
        List.of(cells).stream()
            .map(cell -> cell.replace("|", "\\|"))
            .collect(Collectors.joining(" | ", "| ", " |\n")));
  }
}
