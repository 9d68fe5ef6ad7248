package io.github.primesim.network;

import java.util.List;

/**
 * Pooling of each feature map. Maximum pooling ignores padding; mean pooling divides by the size of
 * the whole window, padding counted as zeros, since PRIME computes it with weights 1/n.
 *
 * <p>Source: PRIME, III-E.
 */
public record Pooling(
    String name,
    List<String> inputs,
    Kind kind,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth)
    implements Layer {
  /** What is taken of a window. */
  public enum Kind {
    MAX,
    MEAN
  }

  public Pooling {
    inputs = List.copyOf(inputs);
    Window.check("height", kernelHeight, strideHeight, paddingHeight);
    Window.check("width", kernelWidth, strideWidth, paddingWidth);
  }

  /** Pooling has no activation of its own. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.pooling(this);
  }
}
