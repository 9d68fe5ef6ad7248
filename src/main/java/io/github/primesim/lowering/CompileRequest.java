package io.github.primesim.lowering;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.util.List;
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
