package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.primesim.training.storage.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** What PyTorch computes for small networks, whose parameters are drawn. */
final class Forward {
  private Forward() {}

  /**
   * Parameters drawn uniformly from -1 to 1; variances from above 0 on.
   *
   * @param smallestVariance variances go from here to 2
   */
  static Map<String, Tensor> drawn(
      Topology topology, SplittableRandom random, double smallestVariance) {
    Map<String, Tensor> parameters = new LinkedHashMap<>();
    topology
        .parameters()
        .forEach(
            (name, shape) -> {
              boolean variance = name.endsWith(".variance");
              float[] values =
                  floats(
                      random,
                      Tensor.elements(shape),
                      variance ? smallestVariance : -1,
                      variance ? 2 : 1);
              parameters.put(name, new Tensor(shape, values));
            });
    return parameters;
  }

  static float[] floats(SplittableRandom random, int count, double from, double to) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble(from, to);
    }
    return values;
  }

  /** The scores of images, which are given behind one another. */
  static float[] scores(Topology topology, Map<String, Tensor> parameters, float[] images) {
    FeatureMap input = topology.input();
    int count = images.length / (input.channels() * input.height() * input.width());
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NDArray batch =
          manager.create(images, new Shape(count, input.channels(), input.height(), input.width()));
      return topology.forward(batch, arrays(manager, parameters), false).toFloatArray();
    }
  }

  static Map<String, NDArray> arrays(NDManager manager, Map<String, Tensor> parameters) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    parameters.forEach(
        (name, tensor) -> {
          long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
          arrays.put(name, manager.create(tensor.values(), new Shape(shape)));
        });
    return arrays;
  }
}
