package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import java.util.Locale;

/** What is applied to each output of a layer. */
public enum Activation {
  NONE,
  RELU;

  NDArray apply(NDArray values) {
    return this == RELU ? ai.djl.nn.Activation.relu(values) : values;
  }

  /** The word of {@code network.yaml}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
