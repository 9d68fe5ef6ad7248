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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The flow of one input through the layers of a network. Products of weight matrices are left to
 * {@link LayerProduct}s; pooling, additions and activations are computed here, as the digital units
 * of the memory do.
 */
final class ForwardPass implements Inference {
  private final Network network;
  private final Map<String, List<LayerProduct>> products = new LinkedHashMap<>();

  /**
   * Prepares a network.
   *
   * @param product gives the product of a weighted layer's matrix number so and so
   */
  ForwardPass(Network network, BiFunction<Layer, Integer, LayerProduct> product) {
    this.network = network;
    for (Layer layer : network.weightedLayers()) {
      List<LayerProduct> matrices = new ArrayList<>();
      for (int group = 0; group < network.matrices(layer); group++) {
        matrices.add(product.apply(layer, group));
      }
      products.put(layer.name(), matrices);
    }
  }

  @Override
  public float[] run(float[] input) {
    if (input.length != network.input().size()) {
      throw new IllegalArgumentException(
          input.length + " input values for a network that reads " + network.input());
    }
    Map<String, float[]> values = new HashMap<>();
    values.put(Network.INPUT, input);
    float[] output = input;
    for (Layer layer : network.layers()) {
      output =
          layer.accept(new Step(layer.inputs().stream().map(values::get).toArray(float[][]::new)));
      activate(output, layer.activation());
      values.put(layer.name(), output);
    }
    return output;
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

  /** One layer applied to its inputs. */
  private final class Step implements LayerVisitor<float[]> {
    private final float[][] inputs;

    Step(float[][] inputs) {
      this.inputs = inputs;
    }

    @Override
    public float[] fullyConnected(FullyConnected layer) {
      float[] output = new float[layer.outputs()];
      products.get(layer.name()).get(0).multiply(inputs[0], 1, output, 0);
      return output;
    }

    @Override
    public float[] convolution(Convolution layer) {
      Shape in = network.inputShape(layer);
      Shape out = network.outputShape(layer.name());
      int channels = in.channels() / layer.groups();
      float[] unrolled = new float[network.inputRows(layer) * out.area()];
      float[] output = new float[out.size()];
      for (int group = 0; group < layer.groups(); group++) {
        unroll(layer, in, out, group * channels, channels, unrolled);
        products
            .get(layer.name())
            .get(group)
            .multiply(unrolled, out.area(), output, group * network.columns(layer) * out.area());
      }
      return output;
    }

    /** The inputs of all positions in the order of the weight rows: channel, row, column. */
    private void unroll(
        Convolution layer, Shape in, Shape out, int firstChannel, int channels, float[] unrolled) {
      int at = 0;
      for (int channel = firstChannel; channel < firstChannel + channels; channel++) {
        for (int kernelRow = 0; kernelRow < layer.kernelHeight(); kernelRow++) {
          for (int kernelColumn = 0; kernelColumn < layer.kernelWidth(); kernelColumn++) {
            for (int y = 0; y < out.height(); y++) {
              int row = y * layer.strideHeight() - layer.paddingHeight() + kernelRow;
              int line = (channel * in.height() + row) * in.width();
              boolean rowInside = row >= 0 && row < in.height();
              for (int x = 0; x < out.width(); x++) {
                int column = x * layer.strideWidth() - layer.paddingWidth() + kernelColumn;
                boolean inside = rowInside && column >= 0 && column < in.width();
                unrolled[at++] = inside ? inputs[0][line + column] : 0;
              }
            }
          }
        }
      }
    }

    @Override
    public float[] pooling(Pooling layer) {
      Shape in = network.inputShape(layer);
      Shape out = network.outputShape(layer.name());
      float[] output = new float[out.size()];
      int at = 0;
      for (int channel = 0; channel < out.channels(); channel++) {
        for (int y = 0; y < out.height(); y++) {
          for (int x = 0; x < out.width(); x++) {
            output[at++] = pool(layer, in, channel, y, x);
          }
        }
      }
      return output;
    }

    private float pool(Pooling layer, Shape in, int channel, int y, int x) {
      int top = y * layer.strideHeight() - layer.paddingHeight();
      int left = x * layer.strideWidth() - layer.paddingWidth();
      int bottom = Math.min(top + layer.kernelHeight(), in.height());
      int right = Math.min(left + layer.kernelWidth(), in.width());
      float max = Float.NEGATIVE_INFINITY;
      float sum = 0;
      for (int row = Math.max(top, 0); row < bottom; row++) {
        for (int column = Math.max(left, 0); column < right; column++) {
          float value = inputs[0][(channel * in.height() + row) * in.width() + column];
          max = Math.max(max, value);
          sum += value;
        }
      }
      return layer.kind() == Pooling.Kind.MAX
          ? max
          : sum / (layer.kernelHeight() * layer.kernelWidth());
    }

    @Override
    public float[] addition(Addition layer) {
      float[] sum = inputs[0].clone();
      for (int i = 1; i < inputs.length; i++) {
        for (int j = 0; j < sum.length; j++) {
          sum[j] += inputs[i][j];
        }
      }
      return sum;
    }

    @Override
    public float[] product(Product layer) {
      float[] product = inputs[0].clone();
      for (int i = 1; i < inputs.length; i++) {
        for (int j = 0; j < product.length; j++) {
          product[j] *= inputs[i][j];
        }
      }
      return product;
    }

    @Override
    public float[] affine(Affine layer) {
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
    public float[] lookup(Lookup layer) {
      float[] output = inputs[0].clone();
      for (int i = 0; i < output.length; i++) {
        output[i] = layer.function().apply(output[i]);
      }
      return output;
    }

    @Override
    public float[] softmax(Softmax layer) {
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
    public float[] recurrence(Recurrence layer) {
      int units = network.units(layer);
      int steps = network.outputShape(layer.name()).area();
      LayerProduct product = products.get(layer.name()).get(0);
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
    public float[] concatenation(Concatenation layer) {
      float[] output = new float[network.outputShape(layer.name()).size()];
      int at = 0;
      for (float[] input : inputs) {
        System.arraycopy(input, 0, output, at, input.length);
        at += input.length;
      }
      return output;
    }

    @Override
    public float[] view(View layer) {
      int[] places = layer.places();
      float[] output = new float[places.length];
      for (int i = 0; i < output.length; i++) {
        output[i] = inputs[0][places[i]];
      }
      return output;
    }

    @Override
    public float[] hostStep(HostStep layer) {
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
