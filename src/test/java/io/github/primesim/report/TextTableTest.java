package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void numbersLineUpOnTheRightAndWordsOnTheLeft() {
    String text =
        new TextTable("layer", "cycles", "<bar")
            .row("conv1", "12,345", "###")
            .row("fc", "6", "")
            .text();
    assertThat(text)
        .isEqualTo(
            """
            layer  cycles  bar
            conv1  12,345  ###
            fc          6
            """);
  }

  @Test
  void widthCountsCharactersNotCodeUnits() {
    String text = new TextTable("<", "n").row("\u2588\u2588", "1").row("ab", "22").text();
    assertThat(text.lines()).containsExactly("     n", "\u2588\u2588   1", "ab  22");
  }

  @Test
  void refusesARowOfAnotherWidth() {
    assertThatThrownBy(() -> new TextTable("a", "b").row("1"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
