package io.github.primesim.training.pruning;

import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * For each weight matrix which weights stay (1) and which are pruned (0).
 *
 * <p>As a file it is an npz of uint8 arrays with the names and shapes of the weights. A weight
 * matrix without a mask is not pruned.
 */
public final class Masks {
  private final Map<String, Tensor> masks;

  /**
   * @throws IllegalArgumentException if a value is neither 0 nor 1
   */
  public Masks(Map<String, Tensor> masks) {
    this.masks = new LinkedHashMap<>(masks);
    for (Map.Entry<String, Tensor> mask : masks.entrySet()) {
      for (float value : mask.getValue().values()) {
        if (value != 0f && value != 1f) {
          throw new IllegalArgumentException("mask " + mask.getKey() + " holds " + value);
        }
      }
    }
  }

  /** Nothing is pruned. */
  public static Masks none() {
    return new Masks(Map.of());
  }

  public Map<String, Tensor> byParameter() {
    return masks;
  }

  /** Sets every pruned weight to zero, in place. */
  public void apply(Map<String, Tensor> parameters) {
    masks.forEach(
        (parameter, mask) -> {
          float[] weights = parameters.get(parameter).values();
          for (int i = 0; i < weights.length; i++) {
            if (mask.values()[i] == 0f) {
              weights[i] = 0f;
            }
          }
        });
  }

  public void addTo(Npz npz, String prefix) {
    masks.forEach(
        (parameter, mask) -> {
          byte[] bytes = new byte[mask.size()];
          for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) mask.values()[i];
          }
          npz.putBytes(prefix + parameter, mask.shape(), bytes);
        });
  }

  /**
   * Takes the masks of a network out of an archive.
   *
   * @param source names the archive in messages
   * @throws UnusableInput if there is none, a shape does not fit, or a value is neither 0 nor 1
   */
  public static Masks from(Npz npz, String prefix, Topology topology, String source) {
    Map<String, Tensor> masks = new LinkedHashMap<>();
    topology
        .parameters()
        .forEach(
            (parameter, shape) -> {
              if (npz.names().contains(prefix + parameter)) {
                masks.put(parameter, mask(npz, prefix + parameter, shape, source));
              }
            });
    if (masks.isEmpty()) {
      throw new UnusableInput(source + ": holds no mask of " + topology.name());
    }
    return new Masks(masks);
  }

  private static Tensor mask(Npz npz, String name, int[] shape, String source) {
    if (!Arrays.equals(npz.shape(name), shape)) {
      throw new UnusableInput(
          source
              + ": mask "
              + name
              + " is "
              + Arrays.toString(npz.shape(name))
              + " instead of "
              + Arrays.toString(shape));
    }
    byte[] bytes = npz.bytes(name);
    Tensor mask = Tensor.zeros(shape);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0 && bytes[i] != 1) {
        throw new UnusableInput(
            source
                + ": mask "
                + name
                + " holds "
                + Byte.toUnsignedInt(bytes[i])
                + "; 0 and 1 are allowed");
      }
      mask.values()[i] = bytes[i];
    }
    return mask;
  }
}
