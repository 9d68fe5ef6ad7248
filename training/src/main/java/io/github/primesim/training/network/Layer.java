package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/** One layer of a feed-forward network; its input is the output of the layer before it. */
public interface Layer {
  /** Unique in its network; its parameters are called {@code name.weight} and {@code name.bias}. */
  String name();

  /**
   * The size of the output for an input of that size.
   *
   * @throws IllegalArgumentException if the layer does not fit on that input
   */
  FeatureMap output(FeatureMap input);

  /** Shapes of the parameters in the order in which they are stored, by full name. */
  Map<String, int[]> parameters(FeatureMap input);

  /** The output of a batch; the first dimension counts the images. */
  NDArray forward(NDArray input, Map<String, NDArray> parameters);

  /** The layer as a flow mapping of {@code network.yaml}. */
  String yaml();
}
