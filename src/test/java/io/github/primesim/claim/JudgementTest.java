package io.github.primesim.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {
  private static final Tolerance TWO = new Tolerance.Factor(2);

  private static PublishedFigure figure(
      String name, Double published, Strength strength, Tolerance tolerance) {
    return new PublishedFigure(
        name,
        Optional.ofNullable(published).map(PublishedRange::of),
        "x",
        Optional.of("any"),
        Map.of(),
        strength,
        tolerance);
  }

  private static Claim claim(
      Strength strength,
      List<PublishedFigure> figures,
      List<List<String>> rises,
      Map<String, Double> frozen) {
    return new Claim(
        "id",
        "title",
        "publication",
        "reference",
        Grade.B,
        strength,
        figures,
        rises,
        "reasoning",
        frozen.isEmpty() ? Optional.empty() : Optional.of(new Deviation("because", frozen)));
  }

  private static Verdict verdict(PublishedFigure figure, Map<String, Double> frozen, double ours) {
    Claim claim = claim(figure.strength(), List.of(figure), List.of(), frozen);
    return Judgement.of(claim, Map.of(figure.name(), Ours.of(ours))).verdict();
  }

  @ParameterizedTest
  @CsvSource({
    "1, FAILS",
    "1.99, FAILS",
    "2, HOLDS",
    "4, HOLDS",
    "8, HOLDS",
    "8.01, FAILS",
  })
  void aFactorReachesBothWays(double ours, Verdict expected) {
    assertThat(verdict(figure("a", 4.0, Strength.BAND, TWO), Map.of(), ours)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"6.9, FAILS", "7, HOLDS", "13, HOLDS", "13.1, FAILS"})
  void aDifferenceReachesBothWays(double ours, Verdict expected) {
    Tolerance three = new Tolerance.Absolute(3);
    assertThat(verdict(figure("a", 10.0, Strength.BAND, three), Map.of(), ours))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"329.4, FAILS", "329.5, HOLDS", "330.49, HOLDS", "330.5, FAILS"})
  void decimalsAreThoseOfOursRounded(double ours, Verdict expected) {
    Tolerance printed = new Tolerance.Decimals(0);
    assertThat(verdict(figure("a", 330.0, Strength.EXACT, printed), Map.of(), ours))
        .isEqualTo(expected);
  }

  @Test
  void equalMeansEqual() {
    PublishedFigure figure = figure("a", 0.98, Strength.EXACT, new Tolerance.Equal());
    assertThat(verdict(figure, Map.of(), 0.98)).isEqualTo(Verdict.HOLDS);
    assertThat(verdict(figure, Map.of(), 0.1 * 9.8)).isEqualTo(Verdict.HOLDS);
    assertThat(verdict(figure, Map.of(), 0.9800001)).isEqualTo(Verdict.FAILS);
    PublishedFigure zero = figure("a", 0.0, Strength.EXACT, new Tolerance.Equal());
    assertThat(verdict(zero, Map.of(), 1e-300)).isEqualTo(Verdict.FAILS);
  }

  @Test
  void atMostHasNoLowerEnd() {
    PublishedFigure figure = figure("a", 0.5, Strength.BAND, new Tolerance.AtMost());
    assertThat(verdict(figure, Map.of(), -3)).isEqualTo(Verdict.HOLDS);
    assertThat(verdict(figure, Map.of(), 0.51)).isEqualTo(Verdict.FAILS);
  }

  @Test
  void aRangeIsWidenedAtItsEnds() {
    assertThat(TWO.accepts(new PublishedRange(3, 5), 1.5)).isTrue();
    assertThat(TWO.accepts(new PublishedRange(3, 5), 10)).isTrue();
    assertThat(TWO.accepts(new PublishedRange(3, 5), 10.1)).isFalse();
  }

  @Test
  void aKnownDeviationIsAcceptedUntilItChanges() {
    PublishedFigure figure = figure("a", 1.88, Strength.BAND, TWO);
    Map<String, Double> frozen = Map.of("a", 0.906543);
    assertThat(verdict(figure, frozen, 0.90654321)).isEqualTo(Verdict.DEVIATES);
    assertThat(verdict(figure, frozen, 0.906544)).isEqualTo(Verdict.CHANGED);
    // One that has become right is a change too: the reason is out of date.
    assertThat(verdict(figure, frozen, 1.88)).isEqualTo(Verdict.CHANGED);
    assertThat(Verdict.CHANGED.accepted()).isFalse();
    assertThat(Verdict.DEVIATES.accepted()).isTrue();
  }

  @Test
  void anOrderHoldsOnlyWhereEveryStepRises() {
    assertThat(order(Map.of(), 1, 2, 3)).isEqualTo(Verdict.HOLDS);
    assertThat(order(Map.of(), 1, 3, 2)).isEqualTo(Verdict.FAILS);
    assertThat(order(Map.of(), 1, 1, 2)).isEqualTo(Verdict.FAILS);
    assertThat(order(Map.of("a", 1.0, "b", 3.0, "c", 2.0), 1, 3, 2)).isEqualTo(Verdict.DEVIATES);
    assertThat(order(Map.of("a", 1.0, "b", 3.0), 1, 3, 2)).isEqualTo(Verdict.FAILS);
    assertThat(order(Map.of("a", 1.0, "b", 3.0, "c", 2.0), 1, 4, 2)).isEqualTo(Verdict.CHANGED);
  }

  private static Verdict order(Map<String, Double> frozen, double a, double b, double c) {
    List<PublishedFigure> figures =
        List.of(
            figure("a", null, Strength.SHAPE, TWO),
            figure("b", null, Strength.SHAPE, TWO),
            figure("c", null, Strength.SHAPE, TWO));
    Map<String, Ours> ours = new LinkedHashMap<>();
    ours.put("a", Ours.of(a));
    ours.put("b", Ours.of(b));
    ours.put("c", Ours.of(c));
    Claim claim = claim(Strength.SHAPE, figures, List.of(List.of("a", "b", "c")), frozen);
    return Judgement.of(claim, ours).verdict();
  }

  @Test
  void whatIsMissingIsAbsentAndWhatIsShownHolds() {
    PublishedFigure figure = figure("a", 1.0, Strength.BAND, TWO);
    Claim claim = claim(Strength.BAND, List.of(figure), List.of(), Map.of());
    assertThat(Judgement.of(claim, Map.of("a", Ours.absent("why"))).verdict())
        .isEqualTo(Verdict.ABSENT);
    assertThat(verdict(figure("a", 1.0, Strength.REPORT, TWO), Map.of(), 99))
        .isEqualTo(Verdict.SHOWN);
  }

  @Test
  void aClaimThatContradictsItselfIsRefused() {
    PublishedFigure figure = figure("a", 1.0, Strength.BAND, TWO);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claim(Strength.BAND, List.of(figure, figure), List.of(), Map.of()))
        .withMessageContaining("'a' is given twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claim(Strength.SHAPE, List.of(figure), List.of(), Map.of()))
        .withMessageContaining("needs 'rises'");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> claim(Strength.SHAPE, List.of(figure), List.of(List.of("a", "z")), Map.of()))
        .withMessageContaining("'z'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> claim(Strength.BAND, List.of(figure), List.of(), Map.of("z", 1.0)))
        .withMessageContaining("'z'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> figure("a", null, Strength.BAND, TWO))
        .withMessageContaining("'expected'");
  }
}
