package io.github.primesim.training.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Two LSTMs over the same steps, one from the first step to the last, one back; the outputs of the
 * forward one come first: {@code [features, steps, 1]} becomes {@code [2 * units, steps, 1]}.
 *
 * <p>Each has weights for its input, {@code [4 * units, features, 1, 1]}, weights for its state,
 * {@code [4 * units, units]}, and one bias, with the former; gates in the order i, f, g, o.
 *
 * <p>Source: Hochreiter and Schmidhuber, Long Short-Term Memory (1997), with the forget gate of
 * Gers et al. (2000); Schuster and Paliwal, Bidirectional Recurrent Neural Networks (1997).
 */
public record BidirectionalLstm(String name, int units) implements Layer {
  private static final int GATES = 4;
  private static final String[] DIRECTIONS = {".forward", ".backward"};

  @Override
  public FeatureMap output(FeatureMap input) {
    return new FeatureMap(DIRECTIONS.length * units, input.height(), input.width());
  }

  @Override
  public Map<String, int[]> parameters(FeatureMap input) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (String direction : DIRECTIONS) {
      String own = name + direction;
      shapes.put(own + ".input.weight", new int[] {GATES * units, input.channels(), 1, 1});
      shapes.put(own + ".input.bias", new int[] {GATES * units});
      shapes.put(own + ".weight", new int[] {GATES * units, units});
    }
    return shapes;
  }

  @Override
  public NDArray forward(NDArray input, Map<String, NDArray> parameters, boolean training) {
    long batch = input.getShape().get(0);
    NDManager manager = input.getManager();
    NDArray atRest = manager.zeros(new Shape(DIRECTIONS.length, batch, units));
    // PyTorch knows a bias of the state too.
    NDArray none = manager.zeros(new Shape((long) GATES * units));
    NDList weights = new NDList();
    for (String direction : DIRECTIONS) {
      String own = name + direction;
      weights.add(parameters.get(own + ".input.weight").reshape((long) GATES * units, -1));
      weights.add(parameters.get(own + ".weight"));
      weights.add(parameters.get(own + ".input.bias"));
      weights.add(none);
    }
    NDArray steps = input.squeeze(3).transpose(0, 2, 1);
    NDArray output =
        steps
            .getNDArrayInternal()
            .lstm(steps, new NDList(atRest, atRest), weights, true, 1, 0, training, true, true)
            .get(0);
    return output.transpose(0, 2, 1).expandDims(3);
  }

  @Override
  public String yaml() {
    return String.format(
        Locale.ROOT, "{name: %s, type: lstm, units: %d, bidirectional: true}", name, units);
  }
}
