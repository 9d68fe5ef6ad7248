package io.github.primesim.lowering;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import io.github.primesim.units.InputProblem;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is to be compiled, and how.
 *
 * @param network the layers
 * @param weights their weights
 * @param networkDigest sha-256 of structure and weights
 * @param activity activity of the inputs of each layer with weights, by layer name
 * @param hardware the memory
 * @param hardwareDigest sha-256 of the resolved specification
 * @param overrides keys of the specification that were set beside its file
 * @param mapping scheme that puts weights into crossbars
 * @param signs how signed weights are held
 * @param replication what is done with free mats
 * @param seed seed of whatever the mapping draws
 * @param batch images of a batch, 0 for an endless stream
 */
public record CompileRequest(
    Network network,
    Weights weights,
    String networkDigest,
    Map<String, Activity> activity,
    HardwareSpec hardware,
    String hardwareDigest,
    List<String> overrides,
    Mapping mapping,
    SignScheme signs,
    Replication replication,
    long seed,
    int batch) {
  public CompileRequest {
    activity = Map.copyOf(activity);
    overrides = List.copyOf(overrides);
  }

  /**
   * Refuses a mapping that needs what the memory does not have. Asked of the scheme and not of each
   * layer, so that it depends on no weight.
   *
   * @throws InputProblem naming mapping, key and hardware
   */
  public void refuseWhatIsMissing() {
    if (mapping.movesOutputs() && !hardware.organization().reorderBuffer()) {
      throw missing("moves outputs", "reorderBuffer");
    }
    if (mapping.movesInputs() && !hardware.organization().inputGather()) {
      throw missing("moves inputs", "inputGather");
    }
  }

  private InputProblem missing(String what, String part) {
    return new InputProblem(
        String.format(
            Locale.ROOT,
            "mapping '%s' %s, but organization.%s of hardware '%s' is false; allowed: true, or a"
                + " mapping that does not",
            mapping.name(),
            what,
            part,
            hardware.name()));
  }

  /** The same design with another mapping. */
  public CompileRequest withMapping(Mapping other) {
    return with(weights, other, signs);
  }

  /**
   * The same design with other weights of the same shapes.
   *
   * @param other weights whose inputs are taken to be as active as those of these weights
   */
  public CompileRequest withWeights(Weights other) {
    return with(other, mapping, signs);
  }

  /** The same design with signed weights held otherwise. */
  public CompileRequest withSigns(SignScheme other) {
    return with(weights, mapping, other);
  }

  private CompileRequest with(Weights newWeights, Mapping newMapping, SignScheme newSigns) {
    return new CompileRequest(
        network,
        newWeights,
        networkDigest,
        activity,
        hardware,
        hardwareDigest,
        overrides,
        newMapping,
        newSigns,
        replication,
        seed,
        batch);
  }
}
