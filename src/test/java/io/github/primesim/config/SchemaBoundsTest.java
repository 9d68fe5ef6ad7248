package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every key of both files with values in and out of its range: what the schema refuses the reader
 * refuses, and what the reader alone refuses is a matter of several values.
 */
class SchemaBoundsTest {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Schema NETWORK = REGISTRY.getSchema(FileSchemas.text(FileSchemas.network()));
  private static final Schema HARDWARE =
      REGISTRY.getSchema(FileSchemas.text(FileSchemas.hardware()));

  private static final List<String> VALUES =
      List.of(
          "true",
          "-5",
          "-1",
          "0",
          "1",
          "2",
          "3",
          "1.5",
          "-0.5",
          "2147483647",
          "2147483648",
          "715827882",
          "715827883",
          "536870911",
          "536870912",
          "1.0e39",
          "9223372036854775808",
          "''",
          "a",
          "a/b",
          "a b",
          ".a",
          "input",
          "'1'",
          "[]",
          "[0]",
          "[-1]",
          "[1]",
          "[1, 1]",
          "[0, 1]",
          "[1, 0]",
          "[-1, 0]",
          "[1, 1, 1]",
          "[1, 0, 1]",
          "[1, 1, 1, 1]",
          "[input]",
          "[a/b]",
          "['']",
          "[input, input]",
          "[input, input, input]",
          "[1.0e39]",
          "[frob 3]",
          "[add]",
          "[add 3]",
          "[add x]",
          "[add 1f]",
          "[add Infinity]",
          "[add 1 2]",
          "[clip 0 6]",
          "[clip -Infinity 6]",
          "[' relu ']",
          "[relu 1]",
          "[tanh, exp]",
          "{}",
          "{a: 0}",
          "{fc: 0.0}",
          "{fc: 1.0}",
          "{fc: 1.5}",
          "{a/b: 0.5}");

  /** More than a {@code float} holds; the validator has no verdict on it as an integer. */
  private static final String HUGE = "1.0e39";

  private static final List<String> DECIMALS = List.of("factors", "offsets", "epsilon", "sigma");

  /** What several values of the file must be together, as the reader says it. */
  private static final Pattern TOGETHER =
      Pattern.compile(
          "[' ][1-9]\\d* (in|out)put channels cannot be divided into [1-9]\\d* (groups|gates)"
              + "|of the window: kernel [1-9]\\d* (exceeds|and stride [1-9]\\d* .* padding \\d+ from)"
              + "|: reads '|the name is given twice|[1-9]\\d* factors (and [1-9]|for)"
              + "|sizes and \\d+ strides|do not make the|reads the places"
              + "|more than 2\\^31-1 values|at most 2\\^31-9 are allowed|only an LSTM has"
              + "|reads [1-3] layers, 1 or|reads an initial state|joins the shapes"
              + "|the layers with weights|'synthetic.densities.fc' is missing"
              + "|shapes .* must be equal");

  private static Optional<String> refusal(ObjectNode root) {
    try {
      NetworkYaml.of(StrictYaml.parse("network.yaml", root.toString()));
      return Optional.empty();
    } catch (InputProblem e) {
      return Optional.of(e.getMessage());
    }
  }

  private static ObjectNode document(String layer, boolean synthetic) {
    return StrictYaml.parse(
            "network.yaml",
            "schema: primesim.network/1\nname: n\ndescription: d\n"
                + (synthetic
                    ? "weights: synthetic\nsynthetic: {seed: 1, model: log-normal, sigma: 1.0,"
                        + " densities: {fc: 0.5}}\n"
                    : "weights: imported\n")
                + "input: {channels: 12, height: 1, width: 1, signed: false}\nlayers:\n  - "
                + layer
                + "\n")
        .root();
  }

  private static JsonNode value(String yaml) {
    return StrictYaml.parse("value", "value: " + yaml).root().get("value");
  }

  /** Both verdicts on the document with each value under each of the keys of {@code at}. */
  private static int agree(ObjectNode document, String at, List<String> wrong) {
    assertThat(refusal(document)).isEmpty();
    assertThat(NETWORK.validate(document)).isEmpty();
    int refused = 0;
    for (String key : List.copyOf(document.at(at).propertyNames())) {
      for (String value : VALUES) {
        if (value.contains(HUGE) && !DECIMALS.contains(key)) {
          continue;
        }
        ObjectNode changed = document.deepCopy();
        ((ObjectNode) changed.at(at)).set(key, value(value));
        boolean bySchema = !NETWORK.validate(changed).isEmpty();
        Optional<String> byReader = refusal(changed);
        boolean together = byReader.filter(each -> TOGETHER.matcher(each).find()).isPresent();
        if (bySchema) {
          refused++;
        }
        if (bySchema ? byReader.isEmpty() : byReader.isPresent() && !together) {
          wrong.add(at + "/" + key + " " + value + ": schema " + bySchema + ", reader " + byReader);
        }
      }
    }
    return refused;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{name: l, type: convolution, inputs: [input], outputChannels: 4, kernel: 1, stride: 1,"
            + " padding: 0, groups: 2, bias: true, activation: none, batchNorm: true,"
            + " epsilon: 0.5}",
        "{name: l, type: fullyConnected, inputs: [input], outputs: 4, bias: true,"
            + " activation: none, batchNorm: module, epsilon: 0.5}",
        "{name: l, type: lstm, inputs: [input], units: 4, bidirectional: true}",
        "{name: l, type: gru, inputs: [input], units: 4, bidirectional: false}",
        "{name: l, type: rnn, inputs: [input], units: 4, bidirectional: false}",
        "{name: l, type: recurrence, inputs: [input], cell: lstm, reverse: false, bias: false,"
            + " cellStates: true}",
        "{name: l, type: recurrence, inputs: [input], cell: rnn, reverse: false, bias: false,"
            + " cellStates: false}",
        "{name: l, type: maxPool, inputs: [input], kernel: 1, stride: 1, padding: 0}",
        "{name: l, type: meanPool, inputs: [input], kernel: [1, 1], stride: 1, padding: [0, 0]}",
        "{name: l, type: add, inputs: [input, input], activation: none}",
        "{name: l, type: multiply, inputs: [input, input], activation: none}",
        "{name: l, type: affine, inputs: [input], factors: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],"
            + " offsets: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], activation: none}",
        "{name: l, type: lookup, inputs: [input], function: [add 3, clip 0 Infinity]}",
        "{name: l, type: softmax, inputs: [input]}",
        "{name: l, type: concatenate, inputs: [input, input]}",
        "{name: l, type: view, inputs: [input], shape: [1, 1, 1], offset: 0, sizes: [1],"
            + " strides: [1]}",
        "{name: l, type: host, inputs: [input], operator: Sort, shape: [1, 1, 1], signed: true}"
      })
  void valuesOfALayer(String layer) {
    List<String> wrong = new ArrayList<>();
    ObjectNode document = document(layer, false);
    JsonNode keys = document.at("/layers/0");
    for (JsonNode kind : FileSchemas.network().at("/properties/layers/items/anyOf")) {
      if (kind.at("/properties/type/const").equals(keys.get("type"))) {
        assertThat(keys.propertyNames())
            .as("every key is walked")
            .containsExactlyInAnyOrderElementsOf(kind.get("properties").propertyNames());
      }
    }
    assertThat(agree(document, "/layers/0", wrong)).isPositive();
    for (String key : keys.propertyNames()) {
      ObjectNode without = document.deepCopy();
      ((ObjectNode) without.at("/layers/0")).remove(key);
      boolean bySchema = !NETWORK.validate(without).isEmpty();
      Optional<String> byReader = refusal(without);
      if (bySchema != byReader.isPresent()) {
        wrong.add("without " + key + ": schema " + bySchema + ", reader " + byReader);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void valuesBesideTheLayers() {
    List<String> wrong = new ArrayList<>();
    String layer = "{name: fc, type: fullyConnected, outputs: 4, batchNorm: false}";
    ObjectNode document = document(layer, true);
    for (String at : List.of("", "/input", "/synthetic", "/layers/0")) {
      assertThat(agree(document, at, wrong)).isPositive();
    }
    assertThat(wrong).isEmpty();
  }

  /** The quantities of a memory, each by itself. */
  @Test
  void valuesOfAMemory() {
    HardwareTree tree =
        HardwareTree.read(
            Path.of("hw-configs/prime-45nm.yaml"),
            name -> Path.of("hw-configs").resolve(name + ".yaml"));
    List<String> wrong = new ArrayList<>();
    int refused = 0;
    for (HardwareKey key : HardwareKey.all()) {
      if (key.kind() == HardwareKey.Kind.CHOICE) {
        continue;
      }
      HardwareRanges.Range range = HardwareRanges.Range.of(key);
      double step = range.even() ? 2 : range.whole() ? 1 : range.least() / 2 + 1e-9;
      double[] values = {
        -1,
        0,
        0.5,
        1,
        2,
        3,
        range.least(),
        range.least() - step,
        range.most(),
        range.most() + step,
        range.most() * 2,
        1.5
      };
      for (double value : values) {
        HardwareTree changed = tree.copy();
        JsonPointer at =
            key.kind() == HardwareKey.Kind.QUANTITY ? key.pointer() : key.pointer().appendIndex(0);
        ((ObjectNode) changed.root().at(at)).put("value", value);
        ObjectNode file = changed.root().objectNode();
        file.putObject(key.section()).set(key.name(), changed.root().at(key.pointer()));
        boolean bySchema = !HARDWARE.validate(file).isEmpty();
        // How large a crossbar may be is told by its array, which the schema cannot know.
        boolean agree =
            key.path().startsWith("organization.crossbar")
                ? !bySchema || !loads(key.path() + "=" + value)
                : bySchema != passes(changed);
        if (!agree) {
          wrong.add(key.path() + " " + value + ": schema refuses " + bySchema);
        }
        refused += bySchema ? 1 : 0;
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(refused).isGreaterThan(HardwareKey.all().size());
  }

  @Test
  void lengthsOfAListOfAMemory() {
    HardwareTree tree =
        HardwareTree.read(
            Path.of("hw-configs/prime-45nm.yaml"),
            name -> Path.of("hw-configs").resolve(name + ".yaml"));
    JsonNode list = tree.root().at("/energy/conversionPj");
    for (int entries : new int[] {HardwareRanges.LONGEST_LIST, HardwareRanges.LONGEST_LIST + 1}) {
      HardwareTree changed = tree.copy();
      ObjectNode file = changed.root().objectNode();
      var longer = file.putObject("energy").putArray("conversionPj");
      for (int i = 0; i < entries; i++) {
        longer.add(list.get(0));
      }
      ((ObjectNode) changed.root().get("energy")).set("conversionPj", longer);
      assertThat(HARDWARE.validate(file).isEmpty())
          .isEqualTo(passes(changed))
          .isEqualTo(entries == HardwareRanges.LONGEST_LIST);
    }
  }

  private static boolean loads(String setting) {
    try {
      HardwareFiles.load(Path.of(""), "prime-45nm", List.of(setting));
      return true;
    } catch (InputProblem e) {
      return false;
    }
  }

  private static boolean passes(HardwareTree tree) {
    try {
      new HardwareRanges(tree).checkEach();
      return true;
    } catch (InputProblem e) {
      return false;
    }
  }
}
