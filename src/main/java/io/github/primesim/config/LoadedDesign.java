package io.github.primesim.config;

import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;

/**
 * A design ready to be compiled.
 *
 * @param request what to compile, and how
 * @param hardwareYaml the resolved hardware file
 * @param networkFolder where the network was found
 */
public record LoadedDesign(CompileRequest request, String hardwareYaml, Path networkFolder) {

  /**
   * The same design with another mapping.
   *
   * @param option option that names the mapping, for the refusal
   */
  public LoadedDesign withMapping(String option, String mapping) {
    checkMapping(option, mapping);
    return new LoadedDesign(
        new CompileRequest(
            request.network(),
            request.weights(),
            request.networkDigest(),
            request.activity(),
            request.hardware(),
            request.hardwareDigest(),
            request.overrides(),
            Mappings.named(mapping),
            request.signs(),
            request.replication(),
            request.seed(),
            request.batch()),
        hardwareYaml,
        networkFolder);
  }

  /** Name of the mapping. */
  public String mapping() {
    return request.mapping().name();
  }

  static void checkMapping(String option, String mapping) {
    if (!Mappings.names().contains(mapping)) {
      throw new InputProblem(
          option
              + " '"
              + mapping
              + "' is unknown, allowed: "
              + String.join(", ", Mappings.names()));
    }
  }
}
