package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import io.github.primesim.training.storage.Tensor;
import java.util.List;
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

  /**
   * The output of a batch; the first dimension counts the images.
   *
   * @param training whether the network is being fitted: statistics then come from the batch
   */
  NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training);

  /**
   * The output of a batch in some arithmetic. A layer that has none but float32 is given, and hands
   * on, float32.
   */
  default NDArray forward(NDArray input, Map<String, NDArray> parameters, Pass pass) {
    NDArray values = pass == Pass.MIXED_TRAINING ? Bfloat16.float32(input) : input;
    return forward(values, parameters, pass.isTraining());
  }

  /** This layer as a crossbar computes it, with whatever only helps the training folded away. */
  default Layer folded() {
    return this;
  }

  /** The parameters of {@link #folded()} that compute what these compute once training is over. */
  default Map<String, Tensor> fold(Map<String, Tensor> parameters) {
    return parameters;
  }

  /**
   * The layer as a flow mapping of {@code network.yaml}; of what takes several layers there, the
   * last one.
   */
  String yaml();

  /**
   * All lines that the layer takes in {@code network.yaml}, the last one with its name.
   *
   * @param before name of the layer whose output it reads, and whose line is the one above
   */
  default List<String> lines(String before) {
    return List.of(yaml());
  }
}
