package io.github.primesim.config;

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
import io.github.primesim.network.NpzWriter;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Product;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.network.Softmax;
import io.github.primesim.network.View;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * The files of a network folder as {@link NetworkFiles} reads them, made from a network in memory.
 *
 * <p>Weights are written as the crossbars see them: a batch normalisation is folded into weights
 * and bias. Weights drawn from a random model become an ordinary file of weights, which counts as
 * imported; the description has to say where they came from.
 */
public final class NetworkFolder {
  private final Network network;

  /** The folder of that network. */
  public NetworkFolder(Network network) {
    this.network = network;
  }

  /**
   * The text of {@code network.yaml}.
   *
   * @param name name in place of the network's own
   * @param description description in place of the network's own
   */
  public String yaml(String name, String description) {
    StringBuilder text = new StringBuilder();
    Origin origin = network.origin() == Origin.SYNTHETIC ? Origin.IMPORTED : network.origin();
    line(text, "schema: primesim.network/1");
    line(text, "name: %s", name);
    line(text, "weights: %s", lower(origin));
    line(text, "description: %s", quoted(description));
    line(
        text,
        "input: {channels: %d, height: %d, width: %d, signed: %b}",
        network.input().channels(),
        network.input().height(),
        network.input().width(),
        network.signedInput());
    line(text, "layers:");
    for (Layer layer : network.layers()) {
      line(
          text,
          "  - {name: %s, %s}",
          quoted(layer.name()),
          layer.accept(new Keys(layer.inputs().stream().map(NetworkFolder::quoted).toList())));
    }
    return text.toString();
  }

  /** Writes {@code weights.npz}, float32; {@code out} is left open. */
  public void writeWeights(OutputStream out, Weights weights) throws IOException {
    try (NpzWriter npz = new NpzWriter(new Unclosed(out))) {
      for (Layer layer : network.weightedLayers()) {
        Outputs outputs = new Outputs(network, weights, layer);
        npz.floats(layer.name() + ".weight", shape(layer), outputs::inputs);
        if (layer.bias()) {
          npz.floats(layer.name() + ".bias", shape(layer).subList(0, 1), outputs::bias);
        }
      }
    }
  }

  /**
   * Writes {@code mask.npz}: uint8 arrays with names and shapes of the weights, 1 where a weight
   * stays; {@code out} is left open.
   *
   * @param mask 1 and 0 in the form of weights
   */
  public void writeMask(OutputStream out, Weights mask) throws IOException {
    try (NpzWriter npz = new NpzWriter(new Unclosed(out))) {
      for (Layer layer : network.weightedLayers()) {
        Outputs outputs = new Outputs(network, mask, layer);
        npz.unsignedBytes(layer.name() + ".weight", shape(layer), outputs::inputs);
        if (layer.bias()) {
          npz.unsignedBytes(layer.name() + ".bias", shape(layer).subList(0, 1), outputs::bias);
        }
      }
    }
  }

  private List<Integer> shape(Layer layer) {
    int outputs = network.columns(layer) * network.matrices(layer);
    if (layer instanceof Convolution convolution) {
      return List.of(
          outputs,
          network.inputShape(layer).channels() / convolution.groups(),
          convolution.kernelHeight(),
          convolution.kernelWidth());
    }
    return List.of(outputs, network.inputRows(layer));
  }

  /** The weights of a layer output by output, as files hold them. Keeps one matrix. */
  private static final class Outputs {
    private final Network network;
    private final Layer layer;
    private final IntFunction<WeightMatrix> source;
    private int group = -1;
    private WeightMatrix matrix;

    Outputs(Network network, Weights weights, Layer layer) {
      this.network = network;
      this.layer = layer;
      this.source = index -> weights.matrix(layer, index);
    }

    float[] inputs(int output) {
      float[] values = new float[network.inputRows(layer)];
      WeightMatrix weights = matrixOf(output);
      for (int row = 0; row < values.length; row++) {
        values[row] = weights.at(row, output % network.columns(layer));
      }
      return values;
    }

    float[] bias(int output) {
      return new float[] {
        matrixOf(output).at(network.inputRows(layer), output % network.columns(layer))
      };
    }

    private WeightMatrix matrixOf(int output) {
      int needed = output / network.columns(layer);
      if (needed != group) {
        matrix = source.apply(needed);
        group = needed;
      }
      return matrix;
    }
  }

  /** The keys of a layer beside its name. */
  private record Keys(List<String> inputs) implements LayerVisitor<String> {
    @Override
    public String convolution(Convolution layer) {
      return format(
          "type: convolution, inputs: %s, outputChannels: %d, kernel: [%d, %d], stride: [%d, %d],"
              + " padding: [%d, %d], groups: %d, bias: %b, activation: %s",
          inputs,
          layer.outputChannels(),
          layer.kernelHeight(),
          layer.kernelWidth(),
          layer.strideHeight(),
          layer.strideWidth(),
          layer.paddingHeight(),
          layer.paddingWidth(),
          layer.groups(),
          layer.bias(),
          lower(layer.activation()));
    }

    @Override
    public String fullyConnected(FullyConnected layer) {
      return format(
          "type: fullyConnected, inputs: %s, outputs: %d, bias: %b, activation: %s",
          inputs, layer.outputs(), layer.bias(), lower(layer.activation()));
    }

    @Override
    public String pooling(Pooling layer) {
      return format(
          "type: %s, inputs: %s, kernel: [%d, %d], stride: [%d, %d], padding: [%d, %d]",
          layer.kind() == Pooling.Kind.MAX ? "maxPool" : "meanPool",
          inputs,
          layer.kernelHeight(),
          layer.kernelWidth(),
          layer.strideHeight(),
          layer.strideWidth(),
          layer.paddingHeight(),
          layer.paddingWidth());
    }

    @Override
    public String addition(Addition layer) {
      return format("type: add, inputs: %s, activation: %s", inputs, lower(layer.activation()));
    }

    @Override
    public String product(Product layer) {
      return format(
          "type: multiply, inputs: %s, activation: %s", inputs, lower(layer.activation()));
    }

    @Override
    public String affine(Affine layer) {
      return format(
          "type: affine, inputs: %s, factors: %s, offsets: %s, activation: %s",
          inputs, layer.factors(), layer.offsets(), lower(layer.activation()));
    }

    @Override
    public String lookup(Lookup layer) {
      return format(
          "type: lookup, inputs: %s, function: %s",
          inputs, layer.function().steps().stream().map(step -> quoted(step.text())).toList());
    }

    @Override
    public String softmax(Softmax layer) {
      return format("type: softmax, inputs: %s", inputs);
    }

    @Override
    public String recurrence(Recurrence layer) {
      return format(
          "type: recurrence, inputs: %s, cell: %s, reverse: %b, bias: %b, cellStates: %b",
          inputs, lower(layer.cell()), layer.reverse(), layer.bias(), layer.cellStates());
    }

    @Override
    public String concatenation(Concatenation layer) {
      return format("type: concatenate, inputs: %s", inputs);
    }

    @Override
    public String view(View layer) {
      return format(
          "type: view, inputs: %s, shape: %s, offset: %d, sizes: %s, strides: %s",
          inputs, shape(layer.shape()), layer.offset(), layer.sizes(), layer.strides());
    }

    @Override
    public String hostStep(HostStep layer) {
      return format(
          "type: host, inputs: %s, operator: %s, shape: %s, signed: %b",
          inputs, quoted(layer.operator()), shape(layer.shape()), layer.signed());
    }

    private static List<Integer> shape(Shape shape) {
      return List.of(shape.channels(), shape.height(), shape.width());
    }
  }

  /** The archive ends before the stream it stands in does. */
  private static final class Unclosed extends FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(format(format, values)).append('\n');
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String lower(Enum<?> constant) {
    return PlainRecord.lowerCamel(constant.name());
  }
}
