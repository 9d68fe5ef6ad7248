package io.github.primesim.network;

import java.util.List;

/**
 * A two-dimensional convolution (cross-correlation), zero padded.
 *
 * <p>With groups, output channel k reads only the input channels of its group; each group is a
 * weight matrix of its own.
 *
 * @param outputChannels feature maps it produces, a multiple of {@code groups}
 * @param paddingHeight rows of zeros added above and below
 * @param paddingWidth columns of zeros added left and right
 * @param bias whether a constant is added to each output channel
 */
public record Convolution(
    String name,
    List<String> inputs,
    int outputChannels,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int paddingHeight,
    int paddingWidth,
    int groups,
    boolean bias,
    Activation activation)
    implements Layer {
  public Convolution {
    inputs = List.copyOf(inputs);
    Window.check("height", kernelHeight, strideHeight, paddingHeight);
    Window.check("width", kernelWidth, strideWidth, paddingWidth);
    if (outputChannels < 1 || groups < 1 || outputChannels % groups != 0) {
      throw new IllegalArgumentException(
          outputChannels + " output channels cannot be divided into " + groups + " groups");
    }
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.convolution(this);
  }
}
