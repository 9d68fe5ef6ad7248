package io.github.primesim.lowering;

import io.github.primesim.functional.Calibration;
import io.github.primesim.functional.Formats;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference of measured activity: plain loops over images, positions, crossbars, segments,
 * passes, slices, bitlines and wordlines, with nothing summed up beforehand and nothing shared with
 * the product but quantised weights and mappings. Copies of layers are left out.
 */
final class CellByCell {
  private final Network network;
  private final NetworkCalibration calibration;
  private final CrossbarGeometry geometry;
  private final ConversionBits bits;
  private final Map<String, IntegerMatrix> weights = new LinkedHashMap<>();
  private final Map<String, LayerMapping> mappings = new LinkedHashMap<>();

  /** Sums over all images. */
  final Map<String, Map<Action, Long>> counts = new LinkedHashMap<>();

  final Map<String, Long> nonZeroCodes = new LinkedHashMap<>();
  final Map<String, Long> largestCodes = new LinkedHashMap<>();

  CellByCell(
      Network network,
      NetworkCalibration calibration,
      CrossbarGeometry geometry,
      ConversionBits bits) {
    this.network = network;
    this.calibration = calibration;
    this.geometry = geometry;
    this.bits = bits;
  }

  void mapped(Layer layer, int matrix, IntegerMatrix quantized, LayerMapping mapping) {
    weights.put(layer.name(), quantized);
    mappings.put(layer.name(), mapping);
  }

  /** A chain of layers, a matrix each. */
  float[] run(float[] image) {
    float[] values = image;
    for (Layer layer : network.layers()) {
      values = apply(layer, values);
    }
    return values;
  }

  private float[] apply(Layer layer, float[] values) {
    Shape in = network.inputShape(layer);
    Shape out = network.outputShape(layer.name());
    int positions = layer instanceof Convolution ? out.area() : 1;
    float[] result = new float[out.size()];
    for (int position = 0; position < positions; position++) {
      float[] vector = values;
      if (layer instanceof Convolution convolution) {
        vector = window(convolution, in, out, position, values);
      }
      double[] sums = multiply(layer, vector);
      for (int column = 0; column < sums.length; column++) {
        result[column * positions + position] = activate((float) sums[column], layer.activation());
      }
    }
    return result;
  }

  private static float activate(float value, Activation activation) {
    return activation == Activation.RELU ? Math.max(0, value) : (float) Math.tanh(value);
  }

  private static float[] window(
      Convolution layer, Shape in, Shape out, int position, float[] values) {
    float[] vector = new float[in.channels() * layer.kernelHeight() * layer.kernelWidth()];
    for (int row = 0; row < vector.length; row++) {
      int kernel = layer.kernelHeight() * layer.kernelWidth();
      int channel = row / kernel;
      int y =
          position / out.width() * layer.strideHeight()
              + row % kernel / layer.kernelWidth()
              - layer.paddingHeight();
      int x =
          position % out.width() * layer.strideWidth()
              + row % layer.kernelWidth()
              - layer.paddingWidth();
      if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
        vector[row] = values[(channel * in.height() + y) * in.width() + x];
      }
    }
    return vector;
  }

  private double[] multiply(Layer layer, float[] vector) {
    Calibration format = calibration.layer(layer.name());
    Formats formats = calibration.formats();
    double lsb = format.window(geometry.signs(), geometry.rows()).orElseThrow().lsb();
    IntegerMatrix matrix = weights.get(layer.name());
    double codeUnit = lsb / (format.inputScale() * matrix.scale());
    double[] sums = new double[matrix.columns()];
    int[] previous = null;
    int inGroup = 0;
    for (Crossbar crossbar : mappings.get(layer.name()).crossbars()) {
      int[] rows =
          crossbar.segments().stream().flatMapToInt(s -> Arrays.stream(s.rows())).toArray();
      boolean sharesWordlines =
          previous != null && inGroup < geometry.slotsPerGroup() && Arrays.equals(previous, rows);
      inGroup = sharesWordlines ? inGroup + 1 : 1;
      previous = rows;
      for (Segment segment : crossbar.segments()) {
        for (int pass = 0; pass < (format.signedInput() ? 2 : 1); pass++) {
          for (int slice = 0; slice < formats.inputSlices(); slice++) {
            int[] driven = new int[segment.rows().length];
            boolean used = bits.parts().get(slice).stream().anyMatch(each -> each > 0);
            for (int wordline = 0; wordline < driven.length; wordline++) {
              boolean bias = layer.bias() && segment.rows()[wordline] == vector.length;
              int level;
              if (bias) {
                level = pass == 0 ? format.biasLevel() : 0;
              } else {
                float value = vector[segment.rows()[wordline]] * (pass == 0 ? 1 : -1);
                level =
                    (int) Math.min(63, Math.floor(Math.max(0, value) / format.inputScale() + 0.5));
              }
              driven[wordline] = formats.inputSlice(level, slice);
              // The wordline of a bias is driven constantly, whatever its level in the slice.
              if (used && !sharesWordlines && (bias ? pass == 0 : driven[wordline] > 0)) {
                count(layer, Action.WORDLINE_DRIVES, 1);
              }
            }
            for (int column : segment.columns()) {
              for (int part = 0; part < formats.weightSlices(); part++) {
                int resolution = bits.bits(slice, part);
                if (resolution > 0) {
                  int current =
                      bitline(layer, crossbar.sign(), segment.rows(), column, part, driven);
                  double exact =
                      Math.abs(current)
                          * Math.scalb(1.0, formats.inputShift(slice) + formats.weightShift(part))
                          / codeUnit;
                  double code = Math.min((1 << resolution) - 1, Math.floor(exact + 0.5));
                  nonZeroCodes.merge(layer.name(), code > 0 ? 1L : 0, Long::sum);
                  largestCodes.merge(
                      layer.name(), code == (1 << resolution) - 1 ? 1L : 0, Long::sum);
                  boolean subtracted = (crossbar.sign() == Sign.NEGATIVE) != (pass == 1);
                  sums[column] += lsb * code * Math.signum(current) * (subtracted ? -1 : 1);
                }
              }
            }
          }
        }
      }
    }
    return sums;
  }

  /** One conversion: what the cells of a bitline, or of a pair, do meanwhile. */
  private int bitline(Layer layer, Sign sign, int[] rows, int column, int part, int[] driven) {
    IntegerMatrix matrix = weights.get(layer.name());
    Formats formats = calibration.formats();
    int current = 0;
    for (int wordline = 0; wordline < rows.length; wordline++) {
      int weight = matrix.at(rows[wordline], column);
      int square = driven[wordline] * driven[wordline];
      int positive = formats.cell(Math.max(weight, 0), part);
      int negative = formats.cell(Math.max(-weight, 0), part);
      if (sign != Sign.NEGATIVE) {
        cell(layer, square, positive);
        current += driven[wordline] * positive;
      }
      if (sign != Sign.POSITIVE) {
        cell(layer, square, negative);
        current += driven[wordline] * negative * (geometry.signs() == SignScheme.PAIRS ? -1 : 1);
      }
    }
    return current;
  }

  private void cell(Layer layer, int square, int level) {
    count(layer, Action.CELL_INPUT_SQUARES, square);
    count(layer, Action.CELL_INPUT_SQUARE_LEVELS, (long) square * level);
  }

  private void count(Layer layer, Action action, long amount) {
    counts
        .computeIfAbsent(layer.name(), name -> new EnumMap<>(Action.class))
        .merge(action, amount, Long::sum);
  }

  List<Action> actions() {
    return List.of(
        Action.WORDLINE_DRIVES, Action.CELL_INPUT_SQUARES, Action.CELL_INPUT_SQUARE_LEVELS);
  }
}
