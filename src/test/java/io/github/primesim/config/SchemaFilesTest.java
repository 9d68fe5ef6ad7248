package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The schemas in {@code docs/}: as the reader has it, and of use for the files that there are. */
class SchemaFilesTest {
  private static final Path DOCS = Path.of("docs");
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  @TempDir private Path folder;

  /** {@code -Dschemas=write} writes the files again. */
  private static void assertUpToDate(String name, ObjectNode schema) throws IOException {
    Path file = DOCS.resolve(name);
    if ("write".equals(System.getProperty("schemas"))) {
      Files.writeString(file, FileSchemas.text(schema));
    }
    assertThat(file)
        .as("written again by: mvn test -Dtest=SchemaFilesTest -Dschemas=write")
        .hasContent(FileSchemas.text(schema));
  }

  @Test
  void theHardwareSchemaIsThatOfTheRecords() throws IOException {
    assertUpToDate("hardware.schema.json", FileSchemas.hardware());
  }

  @Test
  void theNetworkSchemaIsThatOfTheRecords() throws IOException {
    assertUpToDate("network.schema.json", FileSchemas.network());
    assertThatThrownBy(() -> NetworkYaml.of(network(LAYER.replace("fullyConnected", "none"))))
        .isInstanceOf(InputProblem.class)
        .hasMessageEndingWith("allowed: " + String.join(", ", FileSchemas.layerTypes()));
  }

  private static List<String> problems(String schema, JsonNode document) throws IOException {
    Schema read = REGISTRY.getSchema(Files.readString(DOCS.resolve(schema)));
    return read.validate(document).stream().map(each -> each.toString()).toList();
  }

  static List<Path> hardwareFiles() throws IOException {
    try (Stream<Path> own = Files.list(Path.of("hw-configs"));
        Stream<Path> tables = Files.list(Path.of("hw-configs/tables"))) {
      return Stream.concat(own, tables).filter(each -> each.toString().endsWith(".yaml")).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("hardwareFiles")
  void bundledHardware(Path file) throws IOException {
    assertThat(problems("hardware.schema.json", StrictYaml.read(file).root())).isEmpty();
  }

  static List<Path> networkFiles() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of("networks"))) {
      return folders.map(each -> each.resolve("network.yaml")).filter(Files::exists).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("networkFiles")
  void bundledNetworks(Path file) throws IOException {
    assertThat(problems("network.schema.json", StrictYaml.read(file).root())).isEmpty();
  }

  private static final String SETTING =
      "timing:\n  saBitNs: {value: 2, unit: ns, source: me, node: 45 nm, basis: assumed}\n";

  /** What the strict reader refuses in one file on its own, an editor marks by the schema. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "saBitNs: | saBitns:",
        "timing: | timings:",
        "value: 2 | value: -2",
        "value: 2 | value: 0",
        "value: 2 | value: two",
        "value: 2 | value: 2e9",
        "unit: ns | unit: us",
        "source: me | source: ''",
        "source: me, | ''",
        "basis: assumed | basis: guessed",
        "basis: assumed | basis: assumed, colour: red",
        "name: mine | name: my own",
        "extends: prime-45nm | extends: 7",
        "saBitNs: {value: 2, unit: ns, source: me, node: 45 nm, basis: assumed} | saBitNs: 2",
        "timing: | organization:\\n  banks: {value: 1.5, unit: count, source: me, node: any,"
            + " basis: assumed}\\ntiming:",
        "timing: | quantization: {senseAmplifierPolicy: best}\\ntiming:"
      })
  void hardwareThatIsRefused(String good, String bad) throws IOException {
    String text = "name: mine\ndescription: a test\nextends: prime-45nm\n" + SETTING;
    assertThat(problems("hardware.schema.json", StrictYaml.parse("good", text).root())).isEmpty();
    Path file = folder.resolve("good.yaml");
    Files.writeString(file, text);
    HardwareFiles.load(Path.of(""), file.toString(), List.of());
    String changed = text.replace(good, bad.replace("\\n", "\n"));
    assertThat(changed).isNotEqualTo(text);

    assertThat(problems("hardware.schema.json", StrictYaml.parse("bad", changed).root()))
        .isNotEmpty();
    Files.writeString(file, changed);
    assertThatThrownBy(() -> HardwareFiles.load(Path.of(""), file.toString(), List.of()))
        .isInstanceOf(InputProblem.class);
  }

  private static final String LAYER = "  - {name: fc, type: fullyConnected, outputs: 4}\n";

  private static YamlDocument network(String layers) {
    return StrictYaml.parse(
        "network.yaml",
        "schema: primesim.network/1\nname: n\nweights: synthetic\ndescription: d\n"
            + "input: {channels: 1, height: 2, width: 2, signed: false}\nlayers:\n"
            + layers
            + "synthetic: {seed: 1, model: log-normal, sigma: 1.0, densities: {fc: 0.5}}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outputs: 4 | outputs: four",
        "outputs: 4 | outputs: 4.5",
        "outputs: 4 | outputs: 4, padding: 1",
        ", outputs: 4 | ''",
        "fullyConnected | dense",
        "name: fc, | ''",
        "outputs: 4 | outputs: 4, activation: RELU",
        "outputs: 4 | outputs: 4, bias: 1",
        "outputs: 4 | outputs: 4, inputs: input",
        "type: fullyConnected, outputs: 4 | type: convolution, outputChannels: 4, kernel: [1]",
        "fc: 0.5 | fc: 1.5",
        "sigma: 1.0 | sigma: 3.0",
        "model: log-normal | model: normal",
        "channels: 1 | channels: 0",
        "signed: false | signed: 0",
        "weights: synthetic | weights: trained",
        "network/1 | network/2",
        "description: d | title: d"
      })
  void networksThatAreRefused(String good, String bad) throws IOException {
    String text = network(LAYER).root().toString();
    assertThat(problems("network.schema.json", network(LAYER).root())).isEmpty();
    NetworkYaml.of(network(LAYER));
    String yaml =
        "schema: primesim.network/1\nname: n\nweights: synthetic\ndescription: d\n"
            + "input: {channels: 1, height: 2, width: 2, signed: false}\nlayers:\n"
            + LAYER
            + "synthetic: {seed: 1, model: log-normal, sigma: 1.0, densities: {fc: 0.5}}\n";
    YamlDocument changed = StrictYaml.parse("network.yaml", yaml.replace(good, bad));
    assertThat(changed.root().toString()).isNotEqualTo(text);

    assertThat(problems("network.schema.json", changed.root())).isNotEmpty();
    assertThatThrownBy(() -> NetworkYaml.of(changed)).isInstanceOf(InputProblem.class);
  }
}
