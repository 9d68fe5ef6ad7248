package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A chain of layers that classifies images; the last layer has one output a class. */
public record Topology(String name, String description, FeatureMap input, List<Layer> layers) {
  private static final String WEIGHT = ".weight";

  public Topology {
    layers = List.copyOf(layers);
  }

  public int classes() {
    FeatureMap map = input;
    for (Layer layer : layers) {
      map = layer.output(map);
    }
    return map.size();
  }

  /** Shapes of all parameters by name, in the order in which they are stored. */
  public Map<String, int[]> parameters() {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    FeatureMap map = input;
    for (Layer layer : layers) {
      shapes.putAll(layer.parameters(map));
      map = layer.output(map);
    }
    return shapes;
  }

  /** Whether a parameter is a weight matrix, which crossbars hold and pruning thins, not a bias. */
  public static boolean isWeight(String parameter) {
    return parameter.endsWith(WEIGHT);
  }

  /** The name of the array that scales a weight matrix, where that is stored in whole numbers. */
  public static String scaleOf(String weight) {
    return weight.substring(0, weight.length() - WEIGHT.length()) + ".scale";
  }

  /** Whether a parameter follows the gradient; the statistics of a normalisation do not. */
  public static boolean isLearned(String parameter) {
    return !parameter.endsWith(BatchNormalizedConvolution.MEAN)
        && !parameter.endsWith(BatchNormalizedConvolution.VARIANCE);
  }

  /**
   * Random parameters to start from: weights normal with variance 2 / fan-in, biases zero, and
   * normalisations that change nothing yet.
   *
   * <p>Source: He et al., Delving Deep into Rectifiers, 2.2.
   */
  public Map<String, Tensor> initialise(SplittableRandom random) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters()
        .forEach(
            (parameter, shape) -> {
              Tensor tensor = Tensor.zeros(shape);
              if (isWeight(parameter)) {
                double deviation = Math.sqrt(2.0 * shape[0] / tensor.size());
                for (int i = 0; i < tensor.size(); i++) {
                  tensor.values()[i] = (float) (deviation * random.nextGaussian());
                }
              } else if (parameter.endsWith(BatchNormalizedConvolution.SCALE)
                  || parameter.endsWith(BatchNormalizedConvolution.VARIANCE)) {
                Arrays.fill(tensor.values(), 1f);
              }
              tensors.put(parameter, tensor);
            });
    return tensors;
  }

  /**
   * The scores of a batch of images, {@code [images, classes]}, before any softmax.
   *
   * @param training whether the network is being fitted, see {@link Layer#forward}
   */
  public NDArray forward(NDArray images, Map<String, NDArray> parameters, boolean training) {
    return forward(images, parameters, training ? Pass.TRAINING : Pass.EVALUATION);
  }

  /** The scores of a batch of images in the arithmetic of a pass, always float32 in the end. */
  public NDArray forward(NDArray images, Map<String, NDArray> parameters, Pass pass) {
    NDArray values = images;
    for (Layer layer : layers) {
      values = layer.forward(values, parameters, pass);
    }
    return values;
  }

  /** The network as crossbars compute it: batch normalisation is part of weights and biases. */
  public Topology folded() {
    return new Topology(name, description, input, layers.stream().map(Layer::folded).toList());
  }

  /** The parameters of {@link #folded()}, in its order, made from those of the training. */
  public Map<String, Tensor> fold(Map<String, Tensor> parameters) {
    Map<String, Tensor> folded = new LinkedHashMap<>();
    FeatureMap map = input;
    for (Layer layer : layers) {
      Map<String, Tensor> own = new LinkedHashMap<>();
      layer.parameters(map).keySet().forEach(key -> own.put(key, parameters.get(key)));
      folded.putAll(layer.fold(own));
      map = layer.output(map);
    }
    return folded;
  }

  /**
   * Takes this network's parameters out of an archive, weights in float32 or in int8.
   *
   * @param source names the archive in messages
   * @throws UnusableInput if one is missing, of another shape, or not finite
   */
  public Map<String, Tensor> select(Npz npz, String source) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    parameters()
        .forEach(
            (parameter, shape) -> {
              if (!npz.names().contains(parameter)) {
                throw new UnusableInput(source + ": array " + parameter + " is missing");
              }
              if (!Arrays.equals(npz.shape(parameter), shape)) {
                throw new UnusableInput(
                    source
                        + ": array "
                        + parameter
                        + " is "
                        + Arrays.toString(npz.shape(parameter))
                        + " instead of "
                        + Arrays.toString(shape));
              }
              Tensor tensor =
                  isWeight(parameter) && npz.isInt8(parameter)
                      ? npz.int8(parameter, scaleOf(parameter)).floats()
                      : npz.tensor(parameter);
              for (float value : tensor.values()) {
                if (!Float.isFinite(value)) {
                  throw new UnusableInput(source + ": array " + parameter + " holds " + value);
                }
              }
              tensors.put(parameter, tensor);
            });
    return tensors;
  }

  /** The content of {@code network.yaml}, schema primesim.network/1. */
  public String yaml(String weights) {
    StringBuilder text = new StringBuilder();
    text.append("schema: primesim.network/1\n");
    text.append("name: ").append(name).append('\n');
    text.append("weights: ").append(weights).append('\n');
    text.append("description: \"").append(description.replace("\"", "\\\"")).append("\"\n");
    text.append("input: {channels: ").append(input.channels());
    text.append(", height: ").append(input.height());
    text.append(", width: ").append(input.width()).append(", signed: false}\n");
    text.append("layers:\n");
    String before = "input";
    for (Layer layer : layers) {
      layer.lines(before).forEach(line -> text.append("  - ").append(line).append('\n'));
      before = layer.name();
    }
    return text.toString();
  }
}
