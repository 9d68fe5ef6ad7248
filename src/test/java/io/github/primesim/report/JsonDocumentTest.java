package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonDocumentTest {
  @Test
  void bytesAreFixed() {
    String text =
        JsonDocument.object(
            json ->
                json.put("a", "x\"y")
                    .put("b", 1L)
                    .put("c", inner -> inner.put("d", 0.5))
                    .put("e", List.of("f"))
                    .put("g", List.of(1L, 2L), n -> json.put("n", n)));
    assertThat(text)
        .isEqualTo(
            """
            {
              "a" : "x\\"y",
              "b" : 1,
              "c" : {
                "d" : 0.5
              },
              "e" : [
                "f"
              ],
              "g" : [
                {
                  "n" : 1
                },
                {
                  "n" : 2
                }
              ]
            }
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0",
    "1, 1.0",
    "0.002, 0.002",
    "1e21, 1000000000000000000000.0",
    "1.5e-9, 0.0000000015",
    "2e23, 200000000000000000000000.0",
  })
  void numbersArePlainAndShortest(double value, String text) {
    assertThat(JsonDocument.plain(value)).isEqualTo(text);
  }

  @Test
  void numbersReadBackExactly() {
    long seed = 20160618;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 10_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        assertThat(Double.parseDouble(JsonDocument.plain(value)))
            .as("seed %d", seed)
            .isEqualTo(value);
      }
    }
  }

  @Test
  void refusesWhatJsonHasNoNumberFor() {
    assertThatThrownBy(() -> JsonDocument.plain(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
