package io.github.primesim.functional;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Affine;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.HostStep;
import io.github.primesim.network.Layer;
import io.github.primesim.network.LayerVisitor;
import io.github.primesim.network.Lookup;
import io.github.primesim.network.Network;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Product;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.network.Softmax;
import io.github.primesim.network.View;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The flow of one input through the layers of a network. Products of weight matrices are left to
 * {@link LayerProduct}s; pooling, additions and activations are computed here, as the digital units
 * of the memory do.
 */
final class ForwardPass implements Inference {
  /** Values of all layers that are kept at the same time, where one input does not have more. */
  private static final long MOST_VALUES = 1 << 24;

  private final Network network;
  private final WeightedLayers weighted;
  private final int together;

  /**
   * Prepares a network.
   *
   * @param product gives the product of a weighted layer's matrix number so and so
   */
  ForwardPass(Network network, BiFunction<Layer, Integer, LayerProduct> product) {
    this.network = network;
    this.weighted = new WeightedLayers(network, product);
    long values =
        network.layers().stream()
            .mapToLong(layer -> network.outputShape(layer.name()).size())
            .sum();
    this.together = (int) Math.max(1, MOST_VALUES / values);
  }

  @Override
  public float[] run(float[] input) {
    return run(List.of(input)).get(0);
  }

  @Override
  public List<float[]> run(List<float[]> inputs) {
    List<float[]> outputs = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += together) {
      outputs.addAll(layers(inputs.subList(from, Math.min(inputs.size(), from + together))));
    }
    return outputs;
  }

  /** Layer by layer, so that the matrices of a layer meet the values of all inputs. */
  private List<float[]> layers(List<float[]> inputs) {
    List<Map<String, float[]>> values = new ArrayList<>();
    for (float[] input : inputs) {
      if (input.length != network.input().size()) {
        throw new IllegalArgumentException(
            input.length + " input values for a network that reads " + network.input());
      }
      values.add(new HashMap<>(Map.of(Network.INPUT, input)));
    }
    List<float[]> outputs = inputs;
    for (Layer layer : network.layers()) {
      List<float[][]> read = new ArrayList<>();
      for (Map<String, float[]> own : values) {
        read.add(layer.inputs().stream().map(own::get).toArray(float[][]::new));
      }
      outputs = layer.accept(new Step(read));
      for (int i = 0; i < outputs.size(); i++) {
        activate(outputs.get(i), layer.activation());
        values.get(i).put(layer.name(), outputs.get(i));
      }
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

  /** One layer applied to what it reads of each input of the network. */
  private final class Step implements LayerVisitor<List<float[]>> {
    private final List<float[][]> all;

    Step(List<float[][]> all) {
      this.all = all;
    }

    private List<float[]> each(Function<float[][], float[]> one) {
      return all.stream().map(one).toList();
    }

    private List<float[]> only() {
      return each(inputs -> inputs[0]);
    }

    @Override
    public List<float[]> fullyConnected(FullyConnected layer) {
      return weighted.multiply(layer, only());
    }

    @Override
    public List<float[]> convolution(Convolution layer) {
      return weighted.multiply(layer, only());
    }

    @Override
    public List<float[]> pooling(Pooling layer) {
      return each(inputs -> pooling(layer, inputs));
    }

    private float[] pooling(Pooling layer, float[][] inputs) {
      Shape in = network.inputShape(layer);
      Shape out = network.outputShape(layer.name());
      float[] output = new float[out.size()];
      int at = 0;
      for (int channel = 0; channel < out.channels(); channel++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            output[at++] = pool(layer, inputs[0], in, channel, y, x);
          }
        }
      }
      return output;
    }

    private float pool(Pooling layer, float[] input, Shape in, int channel, int y, int x) {
      int top = y * layer.strideHeight() - layer.paddingHeight();
      int left = x * layer.strideWidth() - layer.paddingWidth();
      int bottom = Math.min(top + layer.kernelHeight(), in.height());
      int right = Math.min(left + layer.kernelWidth(), in.width());
      float max = Float.NEGATIVE_INFINITY;
      float sum = 0;
      for (int row = Math.max(top, 0); row < bottom; row++) {
        for (int column = Math.max(left, 0); column < right; column++) {
          float value = input[(channel * in.height() + row) * in.width() + column];
          max = Math.max(max, value);
          sum += value;
        }
      }
      return layer.kind() == Pooling.Kind.MAX
          ? max
          : sum / (layer.kernelHeight() * layer.kernelWidth());
    }

    @Override
    public List<float[]> addition(Addition layer) {
      return each(inputs -> addition(layer, inputs));
    }

    private float[] addition(Addition layer, float[][] inputs) {
      float[] sum = inputs[0].clone();
      for (int i = 1; i < inputs.length; i++) {
        for (int j = 0; j < sum.length; j++) {
          sum[j] += inputs[i][j];
        }
      }
      return sum;
    }

    @Override
    public List<float[]> product(Product layer) {
      return each(inputs -> product(layer, inputs));
    }

    private float[] product(Product layer, float[][] inputs) {
      float[] product = inputs[0].clone();
      for (int i = 1; i < inputs.length; i++) {
        for (int j = 0; j < product.length; j++) {
          product[j] *= inputs[i][j];
        }
      }
      return product;
    }

    @Override
    public List<float[]> affine(Affine layer) {
      return each(inputs -> affine(layer, inputs));
    }

    private float[] affine(Affine layer, float[][] inputs) {
      float[] output = inputs[0].clone();
      int area = network.inputShape(layer).area();
      for (int channel = 0; channel < layer.factors().size(); channel++) {
        float factor = layer.factors().get(channel);
        float offset = layer.offsets().get(channel);
        for (int i = channel * area; i < (channel + 1) * area; i++) {
          output[i] = output[i] * factor + offset;
        }
      }
      return output;
    }

    @Override
    public List<float[]> lookup(Lookup layer) {
      return each(inputs -> lookup(layer, inputs));
    }

    private float[] lookup(Lookup layer, float[][] inputs) {
      float[] output = inputs[0].clone();
      for (int i = 0; i < output.length; i++) {
        output[i] = layer.function().apply(output[i]);
      }
      return output;
    }

    @Override
    public List<float[]> softmax(Softmax layer) {
      return each(inputs -> softmax(layer, inputs));
    }

    private float[] softmax(Softmax layer, float[][] inputs) {
      float[] output = inputs[0].clone();
      int area = network.inputShape(layer).area();
      for (int position = 0; position < area; position++) {
        float largest = Float.NEGATIVE_INFINITY;
        for (int i = position; i < output.length; i += area) {
          largest = Math.max(largest, output[i]);
        }
        double sum = 0;
        for (int i = position; i < output.length; i += area) {
          output[i] = (float) Math.exp(output[i] - largest);
          sum += output[i];
        }
        for (int i = position; i < output.length; i += area) {
          output[i] = (float) (output[i] / sum);
        }
      }
      return output;
    }

    @Override
    public List<float[]> recurrence(Recurrence layer) {
      return each(inputs -> recurrence(layer, inputs));
    }

    private float[] recurrence(Recurrence layer, float[][] inputs) {
      int units = network.units(layer);
      int steps = network.outputShape(layer.name()).area();
      LayerProduct product = weighted.product(layer);
      float[] state = inputs.length > 1 ? inputs[1].clone() : new float[units];
      float[] cell = inputs.length > 2 ? inputs[2].clone() : new float[units];
      float[] fromState = new float[layer.cell().gates() * units];
      float[] fromInput = new float[fromState.length];
      float[] output = new float[network.outputShape(layer.name()).size()];
      for (int i = 0; i < steps; i++) {
        int step = layer.reverse() ? steps - 1 - i : i;
        product.multiply(state, 1, fromState, 0);
        for (int gate = 0; gate < fromInput.length; gate++) {
          fromInput[gate] = inputs[0][gate * steps + step];
        }
        switch (layer.cell()) {
          case LSTM -> lstm(fromInput, fromState, cell, state);
          case GRU -> gru(fromInput, fromState, state);
          case RNN -> plain(fromInput, fromState, state);
        }
        for (int unit = 0; unit < units; unit++) {
          output[unit * steps + step] = state[unit];
          if (layer.cellStates()) {
            output[(units + unit) * steps + step] = cell[unit];
          }
        }
      }
      return output;
    }

    private void lstm(float[] fromInput, float[] fromState, float[] cell, float[] state) {
      int units = state.length;
      for (int unit = 0; unit < units; unit++) {
        float in = sigmoid(fromInput[unit] + fromState[unit]);
        float forget = sigmoid(fromInput[units + unit] + fromState[units + unit]);
        float fresh = tanh(fromInput[2 * units + unit] + fromState[2 * units + unit]);
        float out = sigmoid(fromInput[3 * units + unit] + fromState[3 * units + unit]);
        cell[unit] = forget * cell[unit] + in * fresh;
        state[unit] = out * tanh(cell[unit]);
      }
    }

    private void gru(float[] fromInput, float[] fromState, float[] state) {
      int units = state.length;
      for (int unit = 0; unit < units; unit++) {
        float reset = sigmoid(fromInput[unit] + fromState[unit]);
        float update = sigmoid(fromInput[units + unit] + fromState[units + unit]);
        float fresh = tanh(fromInput[2 * units + unit] + reset * fromState[2 * units + unit]);
        state[unit] = fresh + update * (state[unit] - fresh);
      }
    }

    private void plain(float[] fromInput, float[] fromState, float[] state) {
      for (int unit = 0; unit < state.length; unit++) {
        state[unit] = tanh(fromInput[unit] + fromState[unit]);
      }
    }

    private float sigmoid(float value) {
      return activate(value, Activation.SIGMOID);
    }

    private float tanh(float value) {
      return activate(value, Activation.TANH);
    }

    @Override
    public List<float[]> concatenation(Concatenation layer) {
      return each(inputs -> concatenation(layer, inputs));
    }

    private float[] concatenation(Concatenation layer, float[][] inputs) {
      float[] output = new float[network.outputShape(layer.name()).size()];
      int at = 0;
      for (float[] input : inputs) {
        System.arraycopy(input, 0, output, at, input.length);
        at += input.length;
      }
      return output;
    }

    @Override
    public List<float[]> view(View layer) {
      return each(inputs -> view(layer, inputs));
    }

    private float[] view(View layer, float[][] inputs) {
      int[] places = layer.places();
      float[] output = new float[places.length];
      for (int i = 0; i < output.length; i++) {
        output[i] = inputs[0][places[i]];
      }
      return output;
    }

    @Override
    public List<float[]> hostStep(HostStep layer) {
      throw new InputProblem(
          "layer '"
              + layer.name()
              + "' ("
              + layer.operator()
              + ") is left to the host, so the network has no outputs to compute; allowed: networks"
              + " without host steps");
    }
  }
}
