package io.github.primesim.network.onnx;

import java.util.Arrays;

/**
 * The weights of a layer with what was folded into them: output o is {@code factor[o] * sum(weight
 * * input) + offset[o]}.
 */
final class Filters {
  /** A weight by output and input. */
  @FunctionalInterface
  interface Weight {
    double at(int output, int input);
  }

  private final Weight weight;
  private final double[] factors;
  private final double[] offsets;
  private final boolean bias;

  private Filters(Weight weight, double[] factors, double[] offsets, boolean bias) {
    this.weight = weight;
    this.factors = factors;
    this.offsets = offsets;
    this.bias = bias;
  }

  /** Weights without a bias. */
  static Filters of(int outputs, Weight weight) {
    double[] factors = new double[outputs];
    Arrays.fill(factors, 1);
    return new Filters(weight, factors, new double[outputs], false);
  }

  int outputs() {
    return factors.length;
  }

  boolean bias() {
    return bias;
  }

  /** Each output multiplied with a number. */
  Filters times(double[] more) {
    double[] newFactors = factors.clone();
    double[] newOffsets = offsets.clone();
    for (int i = 0; i < more.length; i++) {
      newFactors[i] *= more[i];
      newOffsets[i] *= more[i];
    }
    return new Filters(weight, newFactors, newOffsets, bias);
  }

  /** A number added to each output. */
  Filters plus(double[] more) {
    double[] newOffsets = offsets.clone();
    for (int i = 0; i < more.length; i++) {
      newOffsets[i] += more[i];
    }
    return new Filters(weight, factors, newOffsets, true);
  }

  double weight(int output, int input) {
    return factors[output] * weight.at(output, input);
  }

  double offset(int output) {
    return offsets[output];
  }
}
