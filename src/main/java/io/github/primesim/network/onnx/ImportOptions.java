package io.github.primesim.network.onnx;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the file leaves open.
 *
 * @param shapes shape of an input, by its name, where the file has none or another one is wanted
 * @param values value of an input that is a constant of the simulated network, by its name
 * @param skipUnsupported whether nodes that cannot be imported are left to the host
 */
public record ImportOptions(
    Map<String, List<Integer>> shapes, Map<String, Double> values, boolean skipUnsupported) {
  /** Nothing beside the file; whatever is not supported is refused. */
  public static final ImportOptions NONE = new ImportOptions(Map.of(), Map.of(), false);

  public ImportOptions {
    shapes = new LinkedHashMap<>(shapes);
    values = new LinkedHashMap<>(values);
  }
}
