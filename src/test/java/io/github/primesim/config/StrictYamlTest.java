package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;

class StrictYamlTest {
  enum Shade {
    DARK,
    LIGHT_GREY
  }

  record Inner(double width) {
    Inner {
      if (!(width > 0)) {
        throw new IllegalArgumentException("width must be positive");
      }
    }
  }

  record Outer(
      int count,
      long big,
      double ratio,
      boolean on,
      String text,
      Shade shade,
      Inner inner,
      List<Inner> more,
      Map<String, Double> shares,
      Optional<String> note,
      OptionalInt limit) {}

  private static final String GOOD =
      """
      count: 3
      big: 5000000000
      ratio: 1.5
      on: true
      text: word
      shade: lightGrey
      inner: {width: 2}
      more:
        - {width: 1.25}
        - width: 1e3
      shares: {a: 0.5, b: 1}
      """;

  private static Outer read(String text) {
    return StrictYaml.parse("x.yaml", text).as(Outer.class);
  }

  private static String with(String key, String value) {
    return GOOD.replaceFirst("(?m)^" + key + ": .*$", key + ": " + value.replace("\\", "\\\\"));
  }

  @Test
  void aCompleteFileBecomesTheRecord() {
    assertThat(read(GOOD))
        .isEqualTo(
            new Outer(
                3,
                5_000_000_000L,
                1.5,
                true,
                "word",
                Shade.LIGHT_GREY,
                new Inner(2),
                List.of(new Inner(1.25), new Inner(1000)),
                Map.of("a", 0.5, "b", 1.0),
                Optional.empty(),
                OptionalInt.empty()));
  }

  @Test
  void optionalKeysMayBeGiven() {
    Outer outer = read(GOOD + "note: hello\nlimit: 4\n");
    assertThat(outer.note()).contains("hello");
    assertThat(outer.limit()).hasValue(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'1'",
        "\"1\"",
        "1.7",
        "1.0",
        "010",
        "0x1F",
        "0o17",
        "1_000",
        "+5",
        "1e3",
        "true",
        "word",
        "[1]",
        "{a: 1}",
        "3000000000",
        "123456789012345678901234567890",
        "''",
        ".nan",
        ".inf",
        "~",
        "null",
        "Null",
        "",
        "2001-01-01",
        "12:30",
        "!!int 5",
        "!x 5"
      })
  void onlyAPlainIntegerIsAnInteger(String value) {
    assertThatThrownBy(() -> read(with("count", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:1: key 'count'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'1.5'", "\"1.5\"", "010", "0x1F", "1_000.5", ".5", "+1.5", ".nan", ".NaN", ".inf", "-.inf",
        ".Inf", "1e999", "true", "word", "[1.5]", "{a: 1}", "''", "~", "null", "", "1,5", "1.5ns"
      })
  void onlyAPlainFiniteNumberIsANumber(String value) {
    assertThatThrownBy(() -> read(with("ratio", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:3: key 'ratio'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "0", "'true'", "yes", "on", "True", "TRUE", "''", "~", "", "[true]"})
  void onlyTrueAndFalseAreTruthValues(String value) {
    assertThatThrownBy(() -> read(with("on", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:4: key 'on'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "1.5", "true", "[a]", "{a: b}", "~", "null", "NULL", ""})
  void onlyTextIsText(String value) {
    assertThatThrownBy(() -> read(with("text", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:5: key 'text'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIGHT_GREY", "lightgrey", "Dark", "1", "0", "''", "blue", "~"})
  void onlyTheNamesOfAnEnumAreAllowed(String value) {
    assertThatThrownBy(() -> read(with("shade", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:6: key 'shade'");
  }

  @Test
  void aRefusedEnumValueNamesTheAllowedOnes() {
    assertThatThrownBy(() -> read(with("shade", "blue")))
        .hasMessage("x.yaml:6: key 'shade' is \"blue\", allowed: dark, lightGrey");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "''", "word", "[1]", "[{width: 1}]"})
  void aMappingIsNotCoerced(String value) {
    assertThatThrownBy(() -> read(with("inner", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:7: key 'inner");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "''", "{width: 1}", "{}"})
  void aSingleValueIsNotAList(String value) {
    String text = GOOD.replaceFirst("(?s)more:.*shares", "more: " + value + "\nshares");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:8: key 'more'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{a: 'x'}", "{a: }", "{a: .nan}", "[1]", "''"})
  void mapValuesAreCheckedToo(String value) {
    assertThatThrownBy(() -> read(with("shares", value)))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("key 'shares");
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "big", "ratio", "on", "text", "shade", "inner", "shares"})
  void eachKeyThatIsNotOptionalMustBeThere(String key) {
    String text = GOOD.replaceFirst("(?m)^" + key + ": .*\n", "");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputProblem.class)
        .hasMessage("x.yaml:1: key '" + key + "' is missing");
  }

  @Test
  void aMissingNestedKeyIsReportedWhereItsParentStands() {
    assertThatThrownBy(() -> read(GOOD.replace("- {width: 1.25}", "- {}")))
        .hasMessage("x.yaml:9: key 'more[0].width' is missing");
  }

  @Test
  void anUnknownKeyNamesTheKnownOnes() {
    assertThatThrownBy(() -> read(GOOD.replace("- width: 1e3", "- width: 1e3\n    widht: 4")))
        .isInstanceOf(InputProblem.class)
        .hasMessage("x.yaml:11: unknown key 'more[1].widht', allowed here: width");
  }

  @ParameterizedTest
  @CsvSource({
    "'count: 4', '12: key ''count'' is given twice (first on line 1)'",
    "'inner: {width: 3}', '12: key ''inner'' is given twice (first on line 7)'"
  })
  void aDuplicateKeyIsRefused(String line, String message) {
    assertThatThrownBy(() -> read(GOOD + line + "\n"))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:" + message);
  }

  @Test
  void aNestedDuplicateKeyIsRefused() {
    assertThatThrownBy(() -> read(with("inner", "{width: 1, width: 1}")))
        .hasMessageStartingWith("x.yaml:7: key 'inner.width' is given twice");
  }

  @Test
  void whatIsRefusedWithinListsIsNamedByItsPlace() {
    assertThatThrownBy(
            () -> StrictYaml.parse("x.yaml", "a:\n  - {b: 1}\n  - b: [1,\n      1]\n    b: 2\n"))
        .hasMessage("x.yaml:5: key 'a[1].b' is given twice (first on line 3), once is allowed");
    assertThatThrownBy(() -> StrictYaml.parse("x.yaml", "a: [[1], [2, [3]],\n  [4, ~]]\n"))
        .hasMessage("x.yaml:2: key 'a[2][1]' is null, allowed: a value");
    assertThatThrownBy(
            () -> StrictYaml.parse("x.yaml", "a: {b: 1}\nc: [{d: {e: 1}}, {d: {}, e: }]"))
        .hasMessage("x.yaml:2: key 'c[1].e' is empty, allowed: a value");
  }

  @Test
  void whatARecordRefusesIsReportedAtItsKey() {
    assertThatThrownBy(() -> read(GOOD.replace("1e3", "-1")))
        .isInstanceOf(InputProblem.class)
        .hasMessage("x.yaml:10: key 'more[1]' width must be positive");
  }

  @ParameterizedTest
  @ValueSource(strings = {"---\ncount: 4\n", "--- 5\n", "---\n", "...\n---\na: 1\n"})
  void aSecondDocumentIsRefused(String tail) {
    assertThatThrownBy(() -> read(GOOD + tail))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("second document");
  }

  @Test
  void anAliasIsRefused() {
    String text = with("inner", "&i {width: 2}").replace("- {width: 1.25}", "- *i");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputProblem.class)
        .hasMessage("x.yaml:9: key 'more[0]' is the alias '*i', allowed: the value itself");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "5\n", "- a\n", "word\n", "--- \n", "~\n"})
  void theRootMustBeAMapping(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:1: a mapping of keys to values is expected");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a: [1\n", "a: 'x\n", "a: b: c\n", "\ta: 1\n", "? [a]\n: 1\n", "@a: 1\n"})
  void brokenYamlIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InputProblem.class)
        .hasMessageMatching("x\\.yaml:\\d+: is not YAML: .+");
  }

  @Test
  void endlessNestingIsRefused() {
    assertThatThrownBy(() -> read("a: " + "[".repeat(100_000)))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("x.yaml:");
  }

  @Test
  void aPartConvertsAndIsReportedAtItsPlace() {
    YamlDocument document = StrictYaml.parse("x.yaml", GOOD.replace("1e3", "'wide'"));
    assertThat(document.as(JsonPointer.compile("/more/0"), Inner.class)).isEqualTo(new Inner(1.25));
    assertThatThrownBy(() -> document.as(JsonPointer.compile("/more/1"), Inner.class))
        .hasMessage(
            "x.yaml:10: key 'more[1].width' is \"wide\", allowed: a decimal number such as 1.5");
    assertThat(document.problem(JsonPointer.compile("/count"), "must be even"))
        .hasMessage("x.yaml:1: key 'count' is 3, must be even");
  }

  @Test
  void unreadableFilesAreRefused(@TempDir Path folder) throws IOException {
    Path latin =
        Files.write(folder.resolve("l.yaml"), "a: \u00e9".getBytes(StandardCharsets.ISO_8859_1));
    Path large = Files.write(folder.resolve("big.yaml"), new byte[3_000_000]);
    assertThatThrownBy(() -> StrictYaml.read(folder.resolve("none.yaml")))
        .isInstanceOf(InputProblem.class)
        .hasMessageEndingWith("none.yaml: no such file");
    assertThatThrownBy(() -> StrictYaml.read(folder)).hasMessageContaining("is a directory");
    assertThatThrownBy(() -> StrictYaml.read(latin)).hasMessageContaining("l.yaml: is not UTF-8");
    assertThatThrownBy(() -> StrictYaml.read(large)).hasMessageContaining("at most 2000000");
  }
}
