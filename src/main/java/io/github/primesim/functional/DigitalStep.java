package io.github.primesim.functional;

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

/**
 * A layer without weights applied to its inputs, before its activation function, as the digital
 * units of the memory compute it.
 */
final class DigitalStep implements LayerVisitor<float[]> {
  private final Network network;
  private final float[][] inputs;

  /**
   * @param inputs values of each input of the layer, in its order
   */
  DigitalStep(Network network, float[][] inputs) {
    this.network = network;
    this.inputs = inputs;
  }

  @Override
  public float[] fullyConnected(FullyConnected layer) {
    throw hasWeights(layer);
  }

  @Override
  public float[] convolution(Convolution layer) {
    throw hasWeights(layer);
  }

  @Override
  public float[] recurrence(Recurrence layer) {
    throw hasWeights(layer);
  }

  private static IllegalArgumentException hasWeights(Layer layer) {
    return new IllegalArgumentException("has weights: " + layer);
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
