package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarsTest {
  @Test
  void blocksShowEighths() {
    assertThat(Bars.BLOCKS.bar(0, 10)).isEmpty();
    assertThat(Bars.BLOCKS.bar(1, 10)).isEqualTo("\u2588".repeat(10));
    assertThat(Bars.BLOCKS.bar(0.25, 10)).isEqualTo("\u2588\u2588\u258c");
    assertThat(Bars.BLOCKS.bar(0.0125, 10)).isEqualTo("\u258f");
  }

  @Test
  void asciiRoundsToWholeCharacters() {
    assertThat(Bars.ASCII.bar(0.25, 10)).isEqualTo("###");
    assertThat(Bars.ASCII.bar(0.04, 10)).isEmpty();
    assertThat(Bars.ASCII.bar(1, 10)).isEqualTo("##########");
  }
}
