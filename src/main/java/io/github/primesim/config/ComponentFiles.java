package io.github.primesim.config;

import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.ComponentTable;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JsonPointer;

/** Components of other accelerators in {@code hw-configs/components/}. */
public final class ComponentFiles {
  private static final String FOLDER = "hw-configs/components";
  private static final String SCHEMA = "primesim.components/1";

  private ComponentFiles() {}

  /**
   * Reads the components of one accelerator.
   *
   * @param installation folder that holds {@code hw-configs/}
   * @throws InputProblem naming file, line, key, value and what is allowed
   */
  public static ComponentTable load(Path installation, String name) {
    YamlDocument yaml = StrictYaml.read(installation.resolve(FOLDER).resolve(name + ".yaml"));
    Document file = yaml.as(Document.class);
    if (!file.schema().equals(SCHEMA)) {
      throw yaml.problem(JsonPointer.empty().appendProperty("schema"), "allowed: " + SCHEMA);
    }
    try {
      return new ComponentTable(
          file.name(),
          file.description(),
          file.source(),
          file.node(),
          file.basis(),
          file.unitsPerTile(),
          file.tilesPerChip(),
          file.arraysPerUnit(),
          file.operationsPerArray(),
          file.periodNs(),
          file.parts());
    } catch (IllegalArgumentException e) {
      throw new InputProblem(yaml.file() + ": " + e.getMessage(), e);
    }
  }

  /** The keys of the file. */
  private record Document(
      String schema,
      String name,
      String description,
      String source,
      String node,
      Basis basis,
      int unitsPerTile,
      int tilesPerChip,
      int arraysPerUnit,
      int operationsPerArray,
      double periodNs,
      List<ComponentTable.Row> parts) {}
}
