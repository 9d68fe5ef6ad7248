package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.JsonPointer;

class KeyLinesTest {
  /** Equal values and keys in many places, each on a line of its own where a line can end. */
  private static final YamlDocument DOCUMENT =
      StrictYaml.parse(
          "x.yaml",
          """
          # a comment
          a: true
          b:
            a: true
            b: {a: 1, b: 1}
            c:
              - 1
              - 1
              - a: 1
                b: [1,
                    1]
              - 1
          c: 1
          "1":
            "0": text
            "1": >
              many
              lines
            "2": 1
          """);

  @ParameterizedTest
  @CsvSource({
    "'', 2",
    "/a, 2",
    "/b, 3",
    "/b/a, 4",
    "/b/b, 5",
    "/b/b/a, 5",
    "/b/b/b, 5",
    "/b/c, 6",
    "/b/c/0, 7",
    "/b/c/1, 8",
    "/b/c/2, 9",
    "/b/c/2/a, 9",
    "/b/c/2/b, 10",
    "/b/c/2/b/0, 10",
    "/b/c/2/b/1, 11",
    "/b/c/3, 12",
    "/c, 13",
    "/1, 14",
    "/1/0, 15",
    "/1/1, 16",
    "/1/2, 19"
  })
  void eachKeyIsOnItsLine(String key, int line) {
    assertThat(DOCUMENT.locate(JsonPointer.compile(key))).isEqualTo("x.yaml:" + line);
  }

  @ParameterizedTest
  @CsvSource({"/d, 2", "/a/a, 2", "/b/c/4, 6", "/b/c/a, 6", "/b/c/2/c/0, 9", "/1/3, 14", "/0, 2"})
  void whatIsNotThereIsWhereItsParentIs(String key, int line) {
    assertThat(DOCUMENT.locate(JsonPointer.compile(key))).isEqualTo("x.yaml:" + line);
  }

  @Test
  void aLongDocumentHasALineForEachKey() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      text.append("k").append(i).append(": {a: 1}\n");
    }
    YamlDocument document = StrictYaml.parse("x.yaml", text.toString());
    for (int i = 0; i < 2000; i += 37) {
      assertThat(document.locate(JsonPointer.compile("/k" + i + "/a")))
          .isEqualTo("x.yaml:" + (i + 1));
    }
  }
}
