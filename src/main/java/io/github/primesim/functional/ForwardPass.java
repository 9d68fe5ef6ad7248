package io.github.primesim.functional;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The flow of inputs through the layers of a network. Products of weight matrices are left to
 * {@link LayerProduct}s; pooling, additions and activations are computed here, as the digital units
 * of the memory do.
 *
 * <p>Several inputs go through the network side by side: a layer has handled all of them before the
 * next one begins, so that a product sees the positions of many inputs at once and its weights need
 * not stay.
 */
final class ForwardPass implements Inference {
  /** Values of all layers that are kept at the same time, where one input does not have more. */
  static final long MOST_VALUES = 1 << 24;

  /** Values of a product's inputs that are unrolled at once at most: 16 MB. */
  private static final int UNROLLED_VALUES = 4_000_000;

  /** Input vectors beyond which a product gains nothing from more of them. */
  private static final int ENOUGH_VECTORS = 1024;

  private final Network network;
  private final Products products;

  /** Where the products of weighted layers come from, and who sees what they read. */
  interface Products {
    /** The product of matrix {@code group} of a layer, asked for as often as it is needed. */
    LayerProduct of(Layer layer, int group);

    /**
     * Is shown what a layer reads, once for each input of the network and each step.
     *
     * @param step 0, or the position of the output that a recurrence computes from this state
     * @param values inputs of the layer; of a recurrence, its state before the step
     */
    default void reads(Layer layer, int step, float[] values) {}

    /**
     * Whether a layer is to be gone through once before it counts: its products are asked for, and
     * what they give is thrown away.
     */
    default boolean rehearses(Layer layer) {
      return false;
    }

    /** A layer has been rehearsed; the products asked for next count. */
    default void rehearsed(Layer layer) {}
  }

  /**
   * Prepares a network whose products all stay in memory.
   *
   * @param product gives the product of a weighted layer's matrix number so and so
   */
  ForwardPass(Network network, BiFunction<Layer, Integer, LayerProduct> product) {
    this(network, prepared(network, product));
  }

  private ForwardPass(Network network, Products products) {
    this.network = network;
    this.products = products;
  }

  /** Prepares a network whose products are made when their layer's turn comes. */
  static ForwardPass streamed(Network network, Products products) {
    return new ForwardPass(network, products);
  }

  private static Products prepared(
      Network network, BiFunction<Layer, Integer, LayerProduct> product) {
    Map<String, List<LayerProduct>> products = new LinkedHashMap<>();
    for (Layer layer : network.weightedLayers()) {
      List<LayerProduct> matrices = new ArrayList<>();
      for (int group = 0; group < network.matrices(layer); group++) {
        matrices.add(product.apply(layer, group));
      }
      products.put(layer.name(), matrices);
    }
    return (layer, group) -> products.get(layer.name()).get(group);
  }

  @Override
  public float[] run(float[] input) {
    return run(List.of(input)).get(0);
  }

  @Override
  public List<float[]> run(List<float[]> inputs) {
    long values =
        network.layers().stream()
            .mapToLong(layer -> network.outputShape(layer.name()).size())
            .sum();
    int together = (int) Math.max(1, MOST_VALUES / Math.max(1, values));
    List<float[]> outputs = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += together) {
      outputs.addAll(layers(inputs.subList(from, Math.min(inputs.size(), from + together))));
    }
    return outputs;
  }

  /** Layer by layer, so that the matrices of a layer meet the values of all inputs. */
  private List<float[]> layers(List<float[]> inputs) {
    for (float[] input : inputs) {
      if (input.length != network.input().size()) {
        throw new IllegalArgumentException(
            input.length + " input values for a network that reads " + network.input());
      }
    }
    Map<String, List<float[]>> values = new HashMap<>();
    values.put(Network.INPUT, inputs);
    List<float[]> outputs = inputs;
    for (Layer layer : network.layers()) {
      List<List<float[]>> read = layer.inputs().stream().map(values::get).toList();
      if (network.matrices(layer) > 0 && products.rehearses(layer)) {
        apply(layer, read);
        products.rehearsed(layer);
      }
      outputs = apply(layer, read);
      outputs.forEach(output -> activate(output, layer.activation()));
      values.put(layer.name(), outputs);
    }
    return outputs;
  }

  private List<float[]> apply(Layer layer, List<List<float[]>> read) {
    if (layer instanceof Recurrence recurrence) {
      return recurrence(recurrence, read);
    }
    if (network.matrices(layer) > 0) {
      read.get(0).forEach(values -> products.reads(layer, 0, values));
      return product(layer, read.get(0));
    }
    List<float[]> outputs = new ArrayList<>();
    for (int i = 0; i < read.get(0).size(); i++) {
      int image = i;
      float[][] inputs = read.stream().map(each -> each.get(image)).toArray(float[][]::new);
      outputs.add(layer.accept(new DigitalStep(network, inputs)));
    }
    return outputs;
  }

  /** The activation function, in place. */
  static void activate(float[] values, Activation activation) {
    if (activation == Activation.NONE) {
      return;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = activate(values[i], activation);
    }
  }

  static float activate(float value, Activation activation) {
    return switch (activation) {
      case NONE -> value;
      case RELU -> Math.max(value, 0);
      case SIGMOID -> (float) (1 / (1 + Math.exp(-value)));
      case TANH -> (float) Math.tanh(value);
    };
  }

  /** A convolution, or a fully connected layer, which is one with a single position. */
  private List<float[]> product(Layer layer, List<float[]> inputs) {
    Shape out = network.outputShape(layer.name());
    int positions = layer instanceof Convolution ? out.area() : 1;
    int columns = network.columns(layer);
    int matrices = network.matrices(layer);
    List<float[]> outputs = new ArrayList<>();
    inputs.forEach(input -> outputs.add(new float[out.size()]));
    for (int group = 0; group < matrices; group++) {
      LayerProduct product = products.of(layer, group);
      int together = together(network.inputRows(layer), positions);
      for (int first = 0; first < inputs.size(); first += together) {
        List<float[]> some = inputs.subList(first, Math.min(first + together, inputs.size()));
        int vectors = some.size() * positions;
        float[] unrolled = new float[network.inputRows(layer) * vectors];
        for (int image = 0; image < some.size(); image++) {
          unroll(layer, group, some.get(image), unrolled, image * positions, vectors);
        }
        float[] output = new float[columns * vectors];
        product.multiply(unrolled, vectors, output, 0);
        for (int image = 0; image < some.size(); image++) {
          for (int column = 0; column < columns; column++) {
            System.arraycopy(
                output,
                column * vectors + image * positions,
                outputs.get(first + image),
                (group * columns + column) * positions,
                positions);
          }
        }
      }
    }
    return outputs;
  }

  /** How many images share a product. */
  private static int together(int rows, int positions) {
    int enough = (ENOUGH_VECTORS + positions - 1) / positions;
    long fit = UNROLLED_VALUES / ((long) rows * positions);
    return (int) Math.max(1, Math.min(enough, fit));
  }

  /** The inputs of all positions of an image, a row of vectors for each weight row. */
  private void unroll(
      Layer layer, int group, float[] input, float[] unrolled, int at, int vectors) {
    if (layer instanceof Convolution convolution) {
      unroll(convolution, group, input, unrolled, at, vectors);
      return;
    }
    for (int row = 0; row < input.length; row++) {
      unrolled[row * vectors + at] = input[row];
    }
  }

  /** In the order of the weight rows: channel, row, column. */
  private void unroll(
      Convolution layer, int group, float[] input, float[] unrolled, int at, int vectors) {
    Shape in = network.inputShape(layer);
    Shape out = network.outputShape(layer.name());
    int channels = in.channels() / layer.groups();
    int weightRow = 0;
    for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
      for (int kernelRow = 0; kernelRow < layer.kernelHeight(); kernelRow++) {
        for (int kernelColumn = 0; kernelColumn < layer.kernelWidth(); kernelColumn++) {
          int to = weightRow++ * vectors + at;
          for (int y = 0; y < out.height(); y++) {
            int row = y * layer.strideHeight() - layer.paddingHeight() + kernelRow;
            int line = (channel * in.height() + row) * in.width();
            boolean rowInside = row >= 0 && row < in.height();
            for (int x = 0; x < out.width(); x++) {
              int column = x * layer.strideWidth() - layer.paddingWidth() + kernelColumn;
              boolean inside = rowInside && column >= 0 && column < in.width();
              unrolled[to++] = inside ? input[line + column] : 0;
            }
          }
        }
      }
    }
  }

  private List<float[]> recurrence(Recurrence layer, List<List<float[]>> read) {
    int images = read.get(0).size();
    int units = network.units(layer);
    int steps = network.outputShape(layer.name()).area();
    LayerProduct product = products.of(layer, 0);
    List<RecurrentState> states = new ArrayList<>();
    List<float[]> outputs = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      states.add(
          new RecurrentState(
              layer.cell(),
              read.size() > 1 ? read.get(1).get(image).clone() : new float[units],
              read.size() > 2 ? read.get(2).get(image).clone() : new float[units]));
      outputs.add(new float[network.outputShape(layer.name()).size()]);
    }
    int gates = layer.cell().gates() * units;
    float[] before = new float[units * images];
    float[] after = new float[gates * images];
    float[] fromState = new float[gates];
    float[] fromInput = new float[gates];
    for (int i = 0; i < steps; i++) {
      int step = layer.reverse() ? steps - 1 - i : i;
      for (int image = 0; image < images; image++) {
        float[] state = states.get(image).state();
        products.reads(layer, step, state);
        for (int unit = 0; unit < units; unit++) {
          before[unit * images + image] = state[unit];
        }
      }
      product.multiply(before, images, after, 0);
      for (int image = 0; image < images; image++) {
        for (int gate = 0; gate < gates; gate++) {
          fromState[gate] = after[gate * images + image];
          fromInput[gate] = read.get(0).get(image)[gate * steps + step];
        }
        RecurrentState state = states.get(image);
        state.step(fromInput, fromState);
        for (int unit = 0; unit < units; unit++) {
          outputs.get(image)[unit * steps + step] = state.state()[unit];
          if (layer.cellStates()) {
            outputs.get(image)[(units + unit) * steps + step] = state.cell()[unit];
          }
        }
      }
    }
    return outputs;
  }
}
