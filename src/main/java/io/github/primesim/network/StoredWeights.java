package io.github.primesim.network;

import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Weights in a file of arrays, read one matrix at a time.
 *
 * <p>Arrays, all in C order and real numbers or, for weights alone, int8: {@code NAME.weight}
 * [outputs, inputs of a group, kernel height, kernel width] of a convolution, where the last two
 * may be left out if they are 1, [outputs, inputs] of a fully connected layer, [gates * units,
 * units] of a recurrence; {@code NAME.bias} [outputs]; {@code NAME.scale} with int8 weights, one
 * number or [outputs]; with batch normalisation {@code NAME.bn.gamma}, {@code .beta}, {@code .mean}
 * and {@code .variance} [outputs], which are folded into weights and bias.
 */
public final class StoredWeights implements Weights {
  private static final String[] BATCH_NORM = {"gamma", "beta", "mean", "variance"};

  private final Network network;
  private final ArrayFile file;
  private final Map<String, Form> forms;

  /**
   * How the weights of a layer are stored.
   *
   * @param bias whether there is a bias array
   * @param batchNormEpsilon where there is a batch normalisation to fold: what is added to its
   *     variance, so that its root is never zero
   */
  public record Form(boolean bias, OptionalDouble batchNormEpsilon) {}

  /**
   * Checks that the archive holds the arrays the network needs, in their shapes, and no others.
   *
   * @param forms of each layer with weights; a layer has a bias where one is stored or where a
   *     batch normalisation is folded
   * @throws InputProblem if it does not; values are checked when they are read
   */
  public StoredWeights(Network network, ArrayFile file, Map<String, Form> forms) {
    this.network = network;
    this.file = file;
    this.forms = Map.copyOf(forms);
    Map<String, String> expected = new LinkedHashMap<>();
    for (Layer layer : network.weightedLayers()) {
      Form form = forms.get(layer.name());
      if (form == null || layer.bias() != (form.bias() || form.batchNormEpsilon().isPresent())) {
        throw new IllegalArgumentException("form of layer '" + layer.name() + "' is " + form);
      }
      check(layer, form, expected);
    }
    for (String name : file.names()) {
      if (!expected.containsKey(name)) {
        throw new InputProblem(
            file.path()
                + ": unexpected array '"
                + file.label(name)
                + "', allowed: "
                + String.join(", ", expected.keySet().stream().map(file::label).toList()));
      }
    }
  }

  private void check(Layer layer, Form form, Map<String, String> expected) {
    String name = layer.name();
    List<Integer> perOutput = List.of(outputs(layer));
    check(layer, name + ".weight", weightShape(layer), expected);
    if (file.isInt8(name + ".weight")) {
      expected.put(name + ".scale", name);
      List<Integer> scale = file.shape(name + ".scale");
      if (!scale.isEmpty() && !scale.equals(List.of(1)) && !scale.equals(perOutput)) {
        throw misfit(layer, name + ".scale", "[] or " + perOutput);
      }
    }
    if (form.bias()) {
      check(layer, name + ".bias", perOutput, expected);
    }
    if (form.batchNormEpsilon().isPresent()) {
      for (String part : BATCH_NORM) {
        check(layer, name + ".bn." + part, perOutput, expected);
      }
    }
  }

  private void check(Layer layer, String array, List<Integer> shape, Map<String, String> expected) {
    expected.put(array, layer.name());
    List<Integer> found = file.shape(array);
    if (!found.equals(shape) && !bare(found).equals(bare(shape))) {
      throw misfit(layer, array, shape.toString());
    }
  }

  /** Of a kernel the extents above 1: a convolution along one axis is often stored with three. */
  private static List<Integer> bare(List<Integer> shape) {
    List<Integer> bare = new ArrayList<>(shape);
    for (int axis = shape.size() - 1; axis >= 2; axis--) {
      if (shape.get(axis) == 1) {
        bare.remove(axis);
      }
    }
    return bare;
  }

  private InputProblem misfit(Layer layer, String array, String allowed) {
    return new InputProblem(
        file.path()
            + ": array '"
            + file.label(array)
            + "' has the shape "
            + file.shape(array)
            + ", layer '"
            + layer.name()
            + "' needs "
            + allowed);
  }

  private List<Integer> weightShape(Layer layer) {
    List<Integer> shape = new ArrayList<>(List.of(outputs(layer)));
    if (layer instanceof Convolution c) {
      shape.add(network.inputShape(layer).channels() / c.groups());
      shape.add(c.kernelHeight());
      shape.add(c.kernelWidth());
    } else {
      shape.add(network.inputRows(layer));
    }
    return shape;
  }

  private int outputs(Layer layer) {
    return network.columns(layer) * network.matrices(layer);
  }

  @Override
  public WeightMatrix matrix(Layer layer, int group) {
    if (group < 0 || group >= network.matrices(layer)) {
      throw new IllegalArgumentException(
          "layer '" + layer.name() + "' has no weight matrix " + group);
    }
    Affine affine = affine(layer);
    int rows = network.inputRows(layer);
    int columns = network.columns(layer);
    String array = layer.name() + ".weight";
    float[] values = new float[network.rows(layer) * columns];
    try (ArrayFile.Elements elements = file.read(array)) {
      float[] held = new float[rows];
      for (int output = 0; output < group * columns; output++) {
        elements.next(held, rows);
      }
      List<Integer> shape = weightShape(layer);
      for (int column = 0; column < columns; column++) {
        int output = group * columns + column;
        elements.next(held, rows);
        scale(held, affine.factor()[output], array, (long) output * rows, shape);
        spread(held, values, column, columns);
      }
      elements.finish();
    }
    if (layer.bias()) {
      System.arraycopy(affine.offset(), group * columns, values, rows * columns, columns);
    }
    return new WeightMatrix(network.rows(layer), columns, values);
  }

  // A loop of its own, like those below: the virtual machine compiles a small method sooner and
  // faster than a loop in the middle of a large one.
  private static void spread(float[] output, float[] values, int start, int step) {
    int at = start;
    for (float weight : output) {
      values[at] = weight;
      at += step;
    }
  }

  private void scale(float[] weights, float factor, String array, long start, List<Integer> shape) {
    multiply(weights, factor);
    int odd = firstNotFinite(weights);
    if (odd >= 0) {
      throw notFinite(array, start + odd, shape, weights[odd]);
    }
  }

  private static void multiply(float[] weights, float factor) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] *= factor;
    }
  }

  private static int firstNotFinite(float[] weights) {
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        return i;
      }
    }
    return -1;
  }

  /** What each output of the layer is multiplied with, and what is added to it. */
  private Affine affine(Layer layer) {
    Form form = forms.get(layer.name());
    int outputs = outputs(layer);
    float[] factor = new float[outputs];
    Arrays.fill(factor, 1);
    float[] offset = form.bias() ? vector(layer.name() + ".bias") : new float[outputs];
    if (form.batchNormEpsilon().isPresent()) {
      String prefix = layer.name() + ".bn.";
      float[] gamma = vector(prefix + "gamma");
      float[] beta = vector(prefix + "beta");
      float[] mean = vector(prefix + "mean");
      float[] variance = vector(prefix + "variance");
      for (int i = 0; i < outputs; i++) {
        if (variance[i] < 0) {
          throw new InputProblem(
              file.path()
                  + ": array '"
                  + file.label(prefix + "variance")
                  + "' element ["
                  + i
                  + "] is "
                  + variance[i]
                  + ", allowed: 0 and above");
        }
        double ratio = gamma[i] / Math.sqrt(variance[i] + form.batchNormEpsilon().getAsDouble());
        factor[i] = (float) ratio;
        offset[i] = (float) ((offset[i] - mean[i]) * ratio + beta[i]);
      }
    }
    if (file.isInt8(layer.name() + ".weight")) {
      float[] scale = vector(layer.name() + ".scale");
      for (int i = 0; i < outputs; i++) {
        factor[i] *= scale[scale.length == 1 ? 0 : i];
      }
    }
    return new Affine(factor, offset);
  }

  private float[] vector(String array) {
    float[] values = file.floats(array);
    int odd = firstNotFinite(values);
    if (odd >= 0) {
      throw notFinite(array, odd, file.shape(array), values[odd]);
    }
    return values;
  }

  private InputProblem notFinite(String array, long position, List<Integer> shape, float value) {
    List<Long> index = new ArrayList<>();
    long rest = position;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      index.add(0, rest % shape.get(axis));
      rest /= shape.get(axis);
    }
    return new InputProblem(
        file.path()
            + ": array '"
            + file.label(array)
            + "' element "
            + index
            + " is "
            + value
            + ", allowed: finite numbers");
  }

  @SuppressWarnings("ArrayRecordComponent") // private and never compared
  private record Affine(float[] factor, float[] offset) {}
}
