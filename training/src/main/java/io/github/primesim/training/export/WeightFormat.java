package io.github.primesim.training.export;

import io.github.primesim.training.network.Topology;
import io.github.primesim.training.storage.Int8Tensor;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/** The numbers in which the {@code weights.npz} of a network's folder holds its weights. */
public enum WeightFormat {
  FLOAT32 {
    @Override
    Map<String, Tensor> stored(Map<String, Tensor> parameters) {
      return parameters;
    }

    @Override
    Npz archive(Map<String, Tensor> parameters) {
      Npz npz = new Npz();
      parameters.forEach(npz::put);
      return npz;
    }
  },

  /** Int8 with a scale for each output, for large networks; biases stay float32. */
  INT8 {
    @Override
    Map<String, Tensor> stored(Map<String, Tensor> parameters) {
      Map<String, Tensor> stored = new LinkedHashMap<>();
      parameters.forEach(
          (name, tensor) ->
              stored.put(name, Topology.isWeight(name) ? Int8Tensor.of(tensor).floats() : tensor));
      return stored;
    }

    @Override
    Npz archive(Map<String, Tensor> parameters) {
      Npz npz = new Npz();
      parameters.forEach(
          (name, tensor) -> {
            if (Topology.isWeight(name)) {
              npz.putInt8(name, Topology.scaleOf(name), Int8Tensor.of(tensor));
            } else {
              npz.put(name, tensor);
            }
          });
      return npz;
    }
  };

  /** The parameters as whoever reads the archive sees them. */
  abstract Map<String, Tensor> stored(Map<String, Tensor> parameters);

  abstract Npz archive(Map<String, Tensor> parameters);
}
