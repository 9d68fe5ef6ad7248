package io.github.primesim.report;

import io.github.primesim.claim.Claim;
import io.github.primesim.claim.Judgement;
import io.github.primesim.validation.Validation;
import io.github.primesim.validation.Versus;

/** A validation as a JSON document, {@code primesim.validation/1}. */
public final class ValidationDocument {
  private ValidationDocument() {}

  /** The text. */
  public static String of(Validation validation) {
    return JsonDocument.object(
        json -> {
          json.put("schema", "primesim.validation/1")
              .put("hardware", validation.hardware())
              .put("accepted", validation.accepted())
              .put(
                  "fitted",
                  validation.fitted(),
                  number ->
                      json.put("key", number.key())
                          .put("value", number.value())
                          .put("unit", number.unit())
                          .put("source", number.source())
                          .put("claims", number.claims()));
          json.put(
                  "claims",
                  validation.judgements(),
                  judgement -> claim(json, validation, judgement))
              .put("versus", validation.versus(), each -> versus(json, each));
        });
  }

  private static void claim(JsonDocument json, Validation validation, Judgement judgement) {
    Claim claim = judgement.claim();
    json.put("id", claim.id())
        .put("title", claim.title())
        .put("publication", claim.publication())
        .put("reference", claim.reference())
        .put("grade", claim.grade().name())
        .put("strength", ValidationText.word(claim.strength()))
        .put("counts", validation.isFitted(claim) ? "fitted" : "predicted")
        .put("verdict", ValidationText.word(judgement.verdict()))
        .put("reasoning", claim.reasoning().strip());
    claim.deviation().ifPresent(known -> json.put("deviates", known.reason()));
    json.put("figures", judgement.figures(), figure -> figure(json, figure))
        .put(
            "orders",
            judgement.orders(),
            order ->
                json.put("rises", order.names())
                    .put("verdict", ValidationText.word(order.verdict())));
  }

  private static void versus(JsonDocument json, Versus each) {
    json.put("network", each.network())
        .put("baseline", each.baseline())
        .put("speedup", each.speedup())
        .put("speedupIdeal", each.speedupIdeal())
        .put("energySaving", each.saving())
        .put("energySavingIdeal", each.savingIdeal());
  }

  private static void figure(JsonDocument json, Judgement.JudgedFigure figure) {
    json.put("name", figure.published().name())
        .put("unit", figure.published().unit())
        .put("strength", ValidationText.word(figure.published().strength()))
        .put("tolerance", figure.published().tolerance().text());
    figure
        .published()
        .published()
        .ifPresent(range -> json.put("from", range.from()).put("to", range.to()));
    figure.ours().value().ifPresent(value -> json.put("ours", value));
    figure.ours().absence().ifPresent(why -> json.put("absence", why));
    json.put("verdict", ValidationText.word(figure.verdict()));
  }
}
