package io.github.primesim.config;

import io.github.primesim.baseline.Baseline;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.units.InputProblem;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Processors that PRIME is compared with, in {@code hw-configs/baselines/}. A number is written as
 * in the files of memories.
 */
public final class BaselineFiles {
  private static final String FOLDER = "hw-configs/baselines";
  private static final String SCHEMA = "primesim.baseline/1";
  private static final JsonPointer ROOT = JsonPointer.empty();

  private BaselineFiles() {}

  /**
   * Reads one processor.
   *
   * @param installation folder that holds {@code hw-configs/}
   * @throws InputProblem naming file, line, key, value and what is allowed
   */
  public static Baseline load(Path installation, String name) {
    YamlDocument yaml = StrictYaml.read(installation.resolve(FOLDER).resolve(name + ".yaml"));
    ObjectNode tree = yaml.root().deepCopy();
    if (!SCHEMA.equals(tree.path("schema").asString(""))) {
      throw yaml.problem(ROOT.appendProperty("schema"), "allowed: " + SCHEMA);
    }
    tree.remove("schema");
    for (String key : quantities()) {
      JsonPointer at = ROOT.appendProperty(key);
      if (tree.get(key) instanceof ObjectNode quantity) {
        checkBeside(yaml, at, quantity);
        checkNumber(yaml, at, key, StrictYaml.convert(tree, at, Quantity.class, yaml));
      }
    }
    Baseline baseline = StrictYaml.convert(tree, Baseline.class, yaml);
    if (!baseline.name().equals(name)) {
      throw yaml.problem(ROOT.appendProperty("name"), "allowed: the name of the file, " + name);
    }
    return baseline;
  }

  /** Alternatives are checked like any number and then left out. */
  private static void checkBeside(YamlDocument yaml, JsonPointer at, ObjectNode quantity) {
    JsonNode alternatives = quantity.path("alternatives");
    if (!alternatives.isMissingNode() && !alternatives.isArray()) {
      throw yaml.problem(at.appendProperty("alternatives"), "allowed: a list of numbers");
    }
    for (int i = 0; i < alternatives.size(); i++) {
      JsonPointer each = at.appendProperty("alternatives").appendIndex(i);
      checkNumber(yaml, each, at.last().getMatchingProperty(), yaml.as(each, Quantity.class));
    }
    quantity.remove(List.of("alternatives", "note"));
  }

  private static void checkNumber(YamlDocument yaml, JsonPointer at, String key, Quantity number) {
    String unit = HardwareKey.unit(key);
    if (!number.unit().equals(unit)) {
      throw yaml.problem(at.appendProperty("unit"), "allowed: " + unit);
    }
    if (!(number.value() > 0)) {
      throw yaml.problem(at.appendProperty("value"), "allowed: above 0");
    }
    if (unit.equals("count") && number.value() != Math.rint(number.value())) {
      throw yaml.problem(at.appendProperty("value"), "allowed: a whole number");
    }
  }

  private static List<String> quantities() {
    List<String> keys = new ArrayList<>();
    for (RecordComponent each : Baseline.class.getRecordComponents()) {
      if (each.getType() == Quantity.class) {
        keys.add(each.getName());
      }
    }
    return keys;
  }
}
