package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.Composition.ints;
import static io.github.primesim.network.onnx.Composition.shared;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Masks of minus infinity, as attention has them, and the softmax behind them. Where a value does
 * not count, the softmax reads one that is not above those that do; its share is taken away, and
 * what is left is brought to a sum of 1 again.
 */
final class MaskedOperators {
  private final Composition composition;

  MaskedOperators(Composition composition) {
    this.composition = composition;
  }

  /** The results of a node; empty where it has no mask. */
  Optional<List<Value>> apply(Node node) {
    Optional<Value> result =
        switch (node.operator()) {
          case "Add" -> sum(node, 0, 1).or(() -> sum(node, 1, 0));
          case "Where" -> choice(node, 1, 2).or(() -> choice(node, 2, 1));
          case "Softmax" -> softmax(node);
          default -> Optional.empty();
        };
    return result.map(List::of);
  }

  private static boolean isLowest(double value) {
    return value == Double.NEGATIVE_INFINITY;
  }

  private static boolean hasLowest(Tensor tensor) {
    int size = Dims.size(tensor.dims());
    for (int i = 0; i < size; i++) {
      if (isLowest(tensor.at(i))) {
        return true;
      }
    }
    return false;
  }

  /** Values plus a mask. */
  private Optional<Value> sum(Node node, int values, int mask) {
    if (!(node.input(values) instanceof Signal signal)
        || !(node.input(mask) instanceof Tensor added)
        || !hasLowest(added)) {
      return Optional.empty();
    }
    Tensor finite = added.map(false, x -> isLowest(x) ? 0 : x);
    Value sum = composition.compute(node, "Add", List.of(signal.readOnce(false), finite));
    return Optional.of(masked(sum, added.map(false, x -> isLowest(x) ? 0 : 1)));
  }

  /** Values where a mask says so, minus infinity elsewhere. */
  private Optional<Value> choice(Node node, int values, int lowest) {
    if (!(node.input(0) instanceof Tensor condition)
        || !(node.input(values) instanceof Signal signal)
        || !(node.input(lowest) instanceof Tensor other)
        || other.size() == 0
        || !other.uniform().filter(MaskedOperators::isLowest).isPresent()) {
      return Optional.empty();
    }
    boolean first = values == 1;
    return Optional.of(
        masked(
            signal.broadcast(Dims.broadcast(signal.dims(), other.dims())),
            condition.map(false, x -> x != 0 == first ? 1 : 0)));
  }

  private static Value masked(Value values, Tensor open) {
    int[] dims = Dims.broadcast(values.dims(), open.dims());
    Dims.size(dims);
    Signal signal = Layers.signal(values).broadcast(dims).readOnce(false);
    return new Value.Masked(signal, open.broadcast(dims));
  }

  private Optional<Value> softmax(Node node) {
    if (!(node.input(0) instanceof Value.Masked masked)) {
      return Optional.empty();
    }
    int rank = masked.dims().length;
    int axis = Dims.axis(node.integer("axis", node.opset() < 13 ? 1 : -1), rank);
    int extent = masked.dims()[axis];
    if (node.opset() < 13 && axis != rank - 1) {
      throw new RefusedNodeException(
          "it reads a mask along several axes, allowed: axis " + (rank - 1));
    }
    checkOpen(masked.open(), axis, extent);
    Tensor open = masked.open();
    Value x = shared(masked.signal());
    Value size = of(node, "ReduceMax", of(node, "Abs", x), axis);
    Value low = of(node, "Mul", size, open.map(false, each -> each - 1));
    Value read = of(node, "Add", of(node, "Mul", x, open), low);
    Value shares =
        composition.compute(node, "Softmax", List.of(read), Composition.integer("axis", axis));
    Value left = shared(of(node, "Mul", shares, open));
    return Optional.of(of(node, "Div", left, of(node, "ReduceSum", left, axis)));
  }

  /** Refuses a softmax over nothing, which is no number. */
  private static void checkOpen(Tensor open, int axis, int extent) {
    int inner = Dims.rowMajor(open.dims())[axis];
    boolean[] any = new boolean[open.size() / extent];
    for (int i = 0; i < open.size(); i++) {
      any[i / (inner * extent) * inner + i % inner] |= open.at(i) != 0;
    }
    for (boolean each : any) {
      if (!each) {
        throw new RefusedNodeException(
            "its mask leaves no value of "
                + Dims.text(open.dims())
                + " along axis "
                + axis
                + ", allowed: one at least");
      }
    }
  }

  private Value of(Node node, String operator, Value... inputs) {
    return composition.compute(node, operator, Arrays.asList(inputs));
  }

  private Value of(Node node, String operator, Value input, int axis) {
    return composition.compute(node, operator, List.of(input), ints("axes", axis));
  }
}
