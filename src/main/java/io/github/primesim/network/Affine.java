package io.github.primesim.network;

import java.util.List;

/**
 * Each feature map multiplied with a constant, and another one added: a normalisation or a scale
 * that could not be folded into the weights before it.
 *
 * @param factors one for each channel
 * @param offsets one for each channel
 */
public record Affine(
    String name,
    List<String> inputs,
    List<Float> factors,
    List<Float> offsets,
    Activation activation)
    implements Layer {
  public Affine {
    inputs = List.copyOf(inputs);
    factors = FloatList.copyOf(factors);
    offsets = FloatList.copyOf(offsets);
    if (factors.size() != offsets.size()) {
      throw new IllegalArgumentException(
          factors.size() + " factors and " + offsets.size() + " offsets, they must be as many");
    }
    finite(factors);
    finite(offsets);
  }

  private static void finite(List<Float> values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("constant " + value + ", must be finite");
      }
    }
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.affine(this);
  }
}
