package io.github.primesim.functional;

import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.util.List;

/**
 * The network in exact integers: inputs and weights quantised as for the crossbars, products and
 * sums without loss. The difference to floating point is what quantisation costs; the difference to
 * {@link PrimeInference} is what the conversions cost.
 */
public final class IntegerInference implements Inference {
  private final ForwardPass pass;

  public IntegerInference(Network network, Weights weights, NetworkCalibration calibration) {
    Formats formats = calibration.formats();
    pass =
        new ForwardPass(
            network,
            (layer, group) -> {
              Calibration format = calibration.layer(layer.name());
              IntegerMatrix matrix =
                  weights.quantized(layer, group, formats.weightBits(), format.biasInput());
              return product(
                  matrix,
                  new QuantizedInput(format, formats, matrix.rows(), layer.bias()),
                  format.inputScale() * matrix.scale());
            });
  }

  @Override
  public float[] run(float[] input) {
    return pass.run(input);
  }

  @Override
  public List<float[]> run(List<float[]> inputs) {
    return pass.run(inputs);
  }

  private static LayerProduct product(IntegerMatrix matrix, QuantizedInput levels, double unit) {
    return (input, positions, output, at) -> {
      levels.fill(input, positions);
      long[] sums = multiply(matrix, levels);
      for (int i = 0; i < sums.length; i++) {
        output[at + i] = (float) (sums[i] * unit);
      }
    };
  }

  /** The exact products, column by column, a value for each position. */
  static long[] multiply(IntegerMatrix matrix, QuantizedInput levels) {
    int positions = levels.positions();
    long[] sums = new long[matrix.columns() * positions];
    int[] signed = levels.positive();
    if (levels.anyNegative()) {
      signed = signed.clone();
      for (int i = 0; i < signed.length; i++) {
        signed[i] -= levels.negative()[i];
      }
    }
    short[] weights = new short[matrix.columns()];
    for (int row = 0; row < matrix.rows(); row++) {
      matrix.copyRow(row, weights);
      for (int column = 0; column < weights.length; column++) {
        if (weights[column] != 0) {
          addRow(weights[column], signed, row * positions, sums, column * positions, positions);
        }
      }
    }
    return sums;
  }

  private static void addRow(
      int weight, int[] levels, int from, long[] sums, int to, int positions) {
    for (int position = 0; position < positions; position++) {
      sums[to + position] += (long) weight * levels[from + position];
    }
  }
}
