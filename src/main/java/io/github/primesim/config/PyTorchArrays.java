package io.github.primesim.config;

import io.github.primesim.network.ArrayFile;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of arrays under the names that a state dictionary of PyTorch gives them, seen under those
 * of {@link io.github.primesim.network.StoredWeights}.
 *
 * <p>Weights and biases of convolutions and fully connected layers have the same names in both. A
 * batch normalisation is a module of its own there ({@code bn1.running_mean}). A recurrent layer
 * {@code NAME} has {@code NAME.weight_ih_l0}, {@code weight_hh_l0}, {@code bias_ih_l0} and {@code
 * bias_hh_l0}, in one direction with {@code _reverse}; of stacked ones, {@code NAME.l1} is the
 * second. The order of the gates is the same; of an LSTM or RNN the two biases are added. Counters
 * of batches are left out.
 */
final class PyTorchArrays implements ArrayFile {
  private static final String COUNTER = ".num_batches_tracked";
  private static final Pattern STACKED = Pattern.compile("(.+)\\.l([0-9]+)");

  private final ArrayFile file;

  /** For a name of ours those of the file whose sum it is. */
  private final Map<String, List<String>> sources = new LinkedHashMap<>();

  private final Set<String> names = new LinkedHashSet<>();

  /**
   * @param normalisations by layer the module that normalises it
   * @param recurrences LSTM, GRU and RNN layers as the description has them
   */
  PyTorchArrays(
      ArrayFile file, Map<String, String> normalisations, List<NetworkYaml.Recurrent> recurrences) {
    this.file = file;
    normalisations.forEach(
        (layer, module) -> {
          sources.put(layer + ".bn.gamma", List.of(module + ".weight"));
          sources.put(layer + ".bn.beta", List.of(module + ".bias"));
          sources.put(layer + ".bn.mean", List.of(module + ".running_mean"));
          sources.put(layer + ".bn.variance", List.of(module + ".running_var"));
        });
    recurrences.forEach(this::add);
    Map<String, String> ours = new LinkedHashMap<>();
    sources.forEach((name, all) -> all.forEach(each -> ours.put(each, name)));
    for (String name : file.names()) {
      if (!name.endsWith(COUNTER)) {
        names.add(ours.getOrDefault(name, name));
      }
    }
  }

  private void add(NetworkYaml.Recurrent layer) {
    Matcher stacked = STACKED.matcher(layer.name());
    String module = layer.name();
    String index = "0";
    if (stacked.matches()) {
      module = stacked.group(1);
      index = stacked.group(2);
    }
    for (NetworkYaml.Direction direction : layer.directions()) {
      String end = "_l" + index + (direction.reverse() ? "_reverse" : "");
      if (!file.names().contains(module + ".weight_ih" + end)) {
        continue;
      }
      String fromInput = module + ".bias_ih" + end;
      String fromState = module + ".bias_hh" + end;
      String name = direction.name();
      sources.put(name + ".input.weight", List.of(module + ".weight_ih" + end));
      sources.put(name + ".weight", List.of(module + ".weight_hh" + end));
      if (layer.stateBias()) {
        sources.put(name + ".input.bias", List.of(fromInput));
        sources.put(name + ".bias", List.of(fromState));
      } else {
        sources.put(name + ".input.bias", List.of(fromInput, fromState));
      }
    }
  }

  private List<String> sources(String name) {
    return sources.getOrDefault(name, List.of(name));
  }

  @Override
  public Path path() {
    return file.path();
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public List<Integer> shape(String name) {
    List<String> all = sources(name);
    List<Integer> shape = file.shape(all.get(0));
    for (String other : all.subList(1, all.size())) {
      if (!file.shape(other).equals(shape)) {
        throw new InputProblem(
            path()
                + ": arrays '"
                + label(name)
                + "' have the shapes "
                + shape
                + " and "
                + file.shape(other)
                + ", they are added and must be equal");
      }
    }
    return shape;
  }

  @Override
  public boolean isInt8(String name) {
    return file.isInt8(sources(name).get(0));
  }

  @Override
  public float[] floats(String name) {
    float[] sum = null;
    for (String source : sources(name)) {
      float[] values = file.floats(source);
      for (int i = 0; sum != null && i < sum.length; i++) {
        values[i] += sum[i];
      }
      sum = values;
    }
    return sum;
  }

  @Override
  public Elements read(String name) {
    return file.read(sources(name).get(0));
  }

  @Override
  public String label(String name) {
    return String.join("' and '", sources(name));
  }
}
