package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import java.util.Locale;

/** What is applied to each output of a layer. */
public enum Activation {
  NONE,
  RELU,
  SIGMOID;

  NDArray apply(NDArray values) {
    return switch (this) {
      case NONE -> values;
      case RELU -> ai.djl.nn.Activation.relu(values);
      case SIGMOID -> ai.djl.nn.Activation.sigmoid(values);
    };
  }

  /** The word of {@code network.yaml}. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
