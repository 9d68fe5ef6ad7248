package io.github.primesim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.primesim.claim.Claim;
import io.github.primesim.claim.Judgement;
import io.github.primesim.claim.PublishedFigure;
import io.github.primesim.claim.PublishedRange;
import io.github.primesim.validation.Validation;
import io.github.primesim.validation.Versus;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** A validation as a table for other programs: one line a figure, exact numbers. */
public final class ValidationCsv {
  private ValidationCsv() {}

  /** The text. */
  public static String of(Validation validation) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "claim",
          "publication",
          "grade",
          "strength",
          "figure",
          "from",
          "to",
          "ours",
          "unit",
          "tolerance",
          "counts",
          "verdict",
          "absence");
      for (Judgement judgement : validation.judgements()) {
        Claim claim = judgement.claim();
        for (Judgement.JudgedFigure figure : judgement.figures()) {
          PublishedFigure published = figure.published();
          OptionalDouble ours = figure.ours().value();
          csv.writeRecord(
              claim.id(),
              claim.publication(),
              claim.grade().name(),
              ValidationText.word(published.strength()),
              published.name(),
              end(published, PublishedRange::from),
              end(published, PublishedRange::to),
              ours.isPresent() ? JsonDocument.plain(ours.getAsDouble()) : "",
              published.unit(),
              published.tolerance().text(),
              validation.isFitted(claim) ? "fitted" : "predicted",
              ValidationText.word(figure.verdict()),
              figure.ours().absence().orElse(""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  /** PRIME beside its baselines, one line each. */
  public static String versus(Validation validation) {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      csv.writeRecord(
          "network", "baseline", "speedup", "speedupIdeal", "energySaving", "energySavingIdeal");
      for (Versus each : validation.versus()) {
        csv.writeRecord(
            each.network(),
            each.baseline(),
            JsonDocument.plain(each.speedup()),
            JsonDocument.plain(each.speedupIdeal()),
            JsonDocument.plain(each.saving()),
            JsonDocument.plain(each.savingIdeal()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory cannot be written", e);
    }
    return text.toString();
  }

  private static String end(PublishedFigure figure, ToDoubleFunction<PublishedRange> end) {
    return figure.published().map(range -> JsonDocument.plain(end.applyAsDouble(range))).orElse("");
  }
}
