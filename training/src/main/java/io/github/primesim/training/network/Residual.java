package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import io.github.primesim.training.storage.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A block of layers whose output is added to its input, before a ReLU. Where the two have different
 * sizes, the input goes through a convolution of its own first.
 *
 * <p>In {@code network.yaml} it is its layers, one after the other, the convolution beside them,
 * and an {@code add} with the name of the block.
 *
 * <p>Source: He et al., Deep Residual Learning for Image Recognition, 3.1 and 3.2.
 *
 * @param body at least one layer, each a layer of {@code network.yaml} with that name
 * @param beside what the input goes through, nothing where it is added as it is
 */
public record Residual(String name, List<Layer> body, Optional<Layer> beside) implements Layer {
  public Residual {
    body = List.copyOf(body);
  }

  @Override
  public FeatureMap output(FeatureMap input) {
    FeatureMap map = input;
    for (Layer layer : body) {
      map = layer.output(map);
    }
    FeatureMap other = beside.map(layer -> layer.output(input)).orElse(input);
    if (!map.equals(other)) {
      throw new IllegalArgumentException(name + ": " + map + " cannot be added to " + other);
    }
    return map;
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    FeatureMap map = input;
    for (Layer layer : body) {
      shapes.putAll(layer.parameters(map));
      map = layer.output(map);
    }
    beside.ifPresent(layer -> shapes.putAll(layer.parameters(input)));
    return shapes;
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    return forward(input, parameters, training ? Pass.TRAINING : Pass.EVALUATION);
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, Pass pass) {
    NDArray values = input;
    for (Layer layer : body) {
      values = layer.forward(values, parameters, pass);
    }
    NDArray other = input;
    if (beside.isPresent()) {
      other = beside.get().forward(input, parameters, pass);
    }
    return Activation.RELU.apply(values.add(other));
  }

  @Override
  public Layer folded() {
    return new Residual(name, body.stream().map(Layer::folded).toList(), beside.map(Layer::folded));
  }

  @Override
  public Map<String, Tensor> fold(Map<String, Tensor> parameters) {
    Map<String, Tensor> folded = new LinkedHashMap<>();
    List<Layer> layers = new ArrayList<>(body);
    beside.ifPresent(layers::add);
    for (Layer layer : layers) {
      Map<String, Tensor> own = new LinkedHashMap<>();
      parameters.forEach(
          (parameter, tensor) -> {
            if (parameter.startsWith(layer.name() + ".")) {
              own.put(parameter, tensor);
            }
          });
      folded.putAll(layer.fold(own));
    }
    return folded;
  }

  @Override
  public List<String> lines(String before) {
    List<String> lines = new ArrayList<>();
    String last = before;
    for (Layer layer : body) {
      lines.addAll(layer.lines(last));
      last = layer.name();
    }
    beside.ifPresent(
        layer -> layer.lines(before).forEach(line -> lines.add(reading(line, List.of(before)))));
    lines.add(reading(yaml(), List.of(last, beside.map(Layer::name).orElse(before))));
    return lines;
  }

  /** A line whose layer does not read the one above it. */
  private static String reading(String line, List<String> inputs) {
    return line.replaceFirst("\\}$", ", inputs: [" + String.join(", ", inputs) + "]}");
  }

  @Override
  public String yaml() {
    return String.format(Locale.ROOT, "{name: %s, type: add, activation: relu}", name);
  }
}
