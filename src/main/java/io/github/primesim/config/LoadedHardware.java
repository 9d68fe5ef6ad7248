package io.github.primesim.config;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** A hardware description ready for use. */
public final class LoadedHardware {
  private final HardwareTree tree;
  private final HardwareSpec spec;
  private final String digest;
  private final List<String> overrides;

  LoadedHardware(HardwareTree tree, HardwareSpec spec, List<String> overrides) {
    this.tree = tree;
    this.spec = spec;
    this.digest = HardwareDigest.of(tree);
    this.overrides = List.copyOf(overrides);
  }

  /** The memory. */
  public HardwareSpec spec() {
    return spec;
  }

  /**
   * Sha-256 over every value and choice, hexadecimal; prose such as names, sources and notes does
   * not enter it.
   */
  public String digest() {
    return digest;
  }

  /** What was set, as {@code key=value}, in the order given. */
  public List<String> overrides() {
    return overrides;
  }

  /**
   * The complete description with all it extends and all that was set, itself a hardware file that
   * loads to the same digest.
   */
  public String resolvedYaml() {
    // Without a mapper, which would take longer to prepare than a run to write all its files.
    YAMLFactory format =
        YAMLFactory.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER, YAMLWriteFeature.SPLIT_LINES)
            .build();
    StringWriter text = new StringWriter();
    try (JsonParser from = tree.ordered().traverse(ObjectReadContext.empty());
        JsonGenerator to = format.createGenerator(ObjectWriteContext.empty(), text)) {
      from.nextToken();
      to.copyCurrentStructure(from);
    }
    return text.toString();
  }

  /**
   * Every number, by the key under which it can be set, in the order of the file. Elements of a
   * list have keys of their own.
   */
  public Map<String, Quantity> quantities() {
    return HardwareKey.quantities(spec);
  }

  /**
   * The value under a key, such as {@code timing.saBitNs} or {@code energy.conversionPj[5]}, as
   * plain text.
   *
   * @throws io.github.primesim.units.InputProblem if there is no such key
   */
  String value(String key) {
    JsonNode node = tree.root().at(HardwareFiles.resolve(tree, key, "hardware"));
    JsonNode value = node.isObject() ? node.get("value") : node;
    return ScalarText.of(value);
  }
}
