package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.TestClassPath;
import io.github.primesim.network.ColumnGains;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The short way makes what Jackson makes, and nothing where Jackson refuses. */
class PlainRecordTest {
  enum Shade {
    DARK,
    LIGHT_GREY,
    AS_DARK_AS_IT_GETS,
    X1_2Y
  }

  record Inner(double width, Optional<Shade> shade) {
    Inner {
      if (!(width > 0)) {
        throw new IllegalArgumentException("width must be positive");
      }
    }
  }

  record Outer(
      int count,
      Integer boxedCount,
      long big,
      Long boxedBig,
      double ratio,
      Double boxedRatio,
      boolean on,
      Boolean boxedOn,
      String text,
      Shade shade,
      Inner inner,
      List<Inner> more,
      List<List<Integer>> table,
      Map<String, Double> shares,
      Map<String, Inner> named,
      JsonNode any,
      Optional<JsonNode> anyOrNone,
      Optional<String> note,
      Optional<List<String>> notes,
      Optional<Inner> other,
      Optional<Boolean> maybe,
      OptionalInt limit,
      OptionalLong bigLimit,
      OptionalDouble share,
      Optional<ColumnGains> gains,
      Loose loose,
      List<Double> ratios,
      Optional<Double> perhaps,
      Map<String, JsonNode> trees,
      Optional<Map<String, JsonNode>> moreTrees,
      Optional<List<List<String>>> words,
      Optional<TwoWays> twoWays) {}

  record Loose(OptionalInt limit, Optional<String> note) {}

  record TwoWays(int least, int most, Optional<String> note) {
    TwoWays(int least, int most) {
      this(least, most, Optional.empty());
    }
  }

  /** Types that the short way does not know; the binder makes them of numbers, not of text. */
  record Unusual(Float fraction, Short small) {}

  record Sorted(SortedMap<String, Integer> sorted) {}

  private static final String REQUIRED =
      """
      count: 3
      boxedCount: -3
      big: 5000000000
      boxedBig: 5
      ratio: 1.5
      boxedRatio: 2
      on: true
      boxedOn: false
      text: word
      shade: lightGrey
      inner: {width: 2}
      more: [{width: 1.25, shade: asDarkAsItGets}, {width: 1e3}]
      table: [[1, 2], [], [3]]
      shares: {a: 0.5, b: 1}
      named: {x: {width: 4, shade: x12y}}
      any: [1, {a: b}]
      loose: {}
      ratios: [0.5, 1]
      trees: {a: 1, b: {c: [d]}}
      """;

  private static final String ALL =
      REQUIRED
          + """
          anyOrNone: 3
          note: hello
          notes: [a, b]
          other: {width: 0.5}
          maybe: true
          limit: 4
          bigLimit: 4000000000
          share: 0.25
          gains: "100 120"
          perhaps: 2
          moreTrees: {a: [1]}
          words: [[a, b], [], [c]]
          twoWays: {least: 1, most: 2}
          """;

  private static final List<String> VALUES =
      List.of(
          "5",
          "-5",
          "0",
          "2147483648",
          "5000000000",
          "1.5",
          "2.0",
          "1e300",
          "true",
          "word",
          "'5'",
          "'1.5'",
          "'true'",
          "''",
          "dark",
          "lightGrey",
          "LIGHT_GREY",
          "'100 110'",
          "[]",
          "[1]",
          "[a]",
          "[[1]]",
          "{}",
          "{width: 1}",
          "{width: 0}",
          "{x: {width: 1}}",
          "{a: 1.5}");

  private static ObjectNode tree(String text) {
    return StrictYaml.parse("x.yaml", text).root();
  }

  /** Empty if Jackson refuses. */
  private static <T> Optional<T> jackson(ObjectNode tree, Class<T> type) {
    try {
      return Optional.of(RecordBinder.bind(tree, JsonPointer.empty(), type, key -> "x.yaml"));
    } catch (InputProblem e) {
      return Optional.empty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {REQUIRED, ALL})
  void whatIsInOrderBecomesTheRecordThatJacksonMakes(String text) {
    ObjectNode tree = tree(text);
    assertThat(PlainRecord.of(tree, Outer.class)).isPresent().isEqualTo(jackson(tree, Outer.class));
  }

  @Test
  void eachConstantHasTheNameThatJacksonGivesIt() {
    for (String name : List.of("dark", "lightGrey", "asDarkAsItGets", "x12y", "x12Y", "DARK", "")) {
      ObjectNode tree = tree(REQUIRED).put("shade", name);
      assertThat(PlainRecord.of(tree, Outer.class)).as(name).isEqualTo(jackson(tree, Outer.class));
    }
  }

  @Test
  void whatItDoesNotKnowIsLeftToJackson() {
    ObjectNode tree = tree("fraction: 1.5\nsmall: 2\n");
    assertThat(PlainRecord.of(tree, Unusual.class)).isEmpty();
    assertThat(jackson(tree, Unusual.class)).contains(new Unusual(1.5f, (short) 2));
    assertThat(PlainRecord.of(tree("fraction: '1.5'\nsmall: '2'\n"), Unusual.class)).isEmpty();
    assertThat(PlainRecord.of(tree("sorted: {b: 1, a: 2}\n"), Sorted.class)).isEmpty();
    assertThat(PlainRecord.of(tree("a: 1\n"), Integer.class)).isEmpty();
  }

  @Test
  void ofEachComponentWithEachValueItMakesWhatJacksonMakes() {
    for (RecordComponent component : Outer.class.getRecordComponents()) {
      String key = component.getName();
      ObjectNode without = tree(ALL);
      without.remove(key);
      assertThat(PlainRecord.of(without, Outer.class))
          .as("without %s", key)
          .isEqualTo(jackson(without, Outer.class));
      for (String value : VALUES) {
        ObjectNode with = tree(ALL).set(key, node(value));
        assertThat(PlainRecord.of(with, Outer.class))
            .as("%s: %s", key, value)
            .isEqualTo(jackson(with, Outer.class));
      }
    }
  }

  /** More than a tenth of them are still in order, in one way or another. */
  @Test
  void ofRandomlyDamagedTreesItMakesWhatJacksonMakes() {
    long seed = 20_261;
    SplittableRandom random = new SplittableRandom(seed);
    int accepted = 0;
    int refused = 0;
    for (int trial = 0; trial < 6000; trial++) {
      ObjectNode tree = tree(random.nextBoolean() ? ALL : REQUIRED);
      for (int damages = 1 + random.nextInt(2); damages > 0; damages--) {
        damage(tree, random);
      }
      Optional<Outer> expected = jackson(tree, Outer.class);
      Optional<Outer> found = PlainRecord.of(tree, Outer.class);
      assertThat(found).as("seed %d, trial %d: %s", seed, trial, tree).isEqualTo(expected);
      accepted += expected.isPresent() ? 1 : 0;
      refused += expected.isPresent() ? 0 : 1;
    }
    assertThat(accepted).isGreaterThan(600);
    assertThat(refused).isGreaterThan(600);
  }

  /** Removes, adds or replaces something anywhere below {@code root}. */
  private static void damage(ObjectNode root, SplittableRandom random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode container = containers.get(random.nextInt(containers.size()));
    JsonNode value = value(random);
    if (container instanceof ArrayNode list) {
      if (list.isEmpty() || random.nextInt(3) == 0) {
        list.add(value);
      } else if (random.nextBoolean()) {
        list.remove(random.nextInt(list.size()));
      } else {
        list.set(random.nextInt(list.size()), value);
      }
      return;
    }
    ObjectNode object = (ObjectNode) container;
    List<String> names = new ArrayList<>(object.propertyNames());
    if (names.isEmpty() || random.nextInt(8) == 0) {
      object.set(random.nextBoolean() ? "unknown" : "shade", value);
    } else if (random.nextInt(3) == 0) {
      object.remove(names.get(random.nextInt(names.size())));
    } else {
      object.set(names.get(random.nextInt(names.size())), value);
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode value(SplittableRandom random) {
    return node(VALUES.get(random.nextInt(VALUES.size())));
  }

  private static JsonNode node(String value) {
    return tree("value: " + value).get("value");
  }

  @Test
  void aNumberOfMoreThan64BitsIsForJackson() {
    ObjectNode tree = tree(REQUIRED.replace("ratio: 1.5", "ratio: 123456789012345678901234567890"));
    assertThat(PlainRecord.of(tree, Outer.class)).isEmpty();
    assertThat(jackson(tree, Outer.class)).isPresent();
  }

  /** Where one does not, each run that reads it takes a fifth longer. */
  @Test
  void noBundledFileNeedsTheBinder() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xlog:class+load:stdout",
                "-cp",
                TestClassPath.get(),
                BundledFiles.class.getName())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(output)
        .contains(PlainRecord.class.getName() + " ")
        .containsPattern("\\d memories, [3-9]\\d networks, \\d+ calibrations");
    assertThat(output.lines().filter(line -> line.contains(RecordBinder.class.getName() + " ")))
        .isEmpty();
  }
}
