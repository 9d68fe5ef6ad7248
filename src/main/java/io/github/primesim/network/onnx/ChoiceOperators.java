package io.github.primesim.network.onnx;

import io.github.primesim.network.ScalarFunction;
import io.github.primesim.network.ScalarFunction.Kind;
import io.github.primesim.network.ScalarFunction.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Operators that round or decide: quantisation of what layers give, comparisons, and the choice
 * between two values. Truth values are 0 and 1.
 */
final class ChoiceOperators {
  private final Layers layers;
  private final ElementwiseOperators elementwise;

  ChoiceOperators(Layers layers) {
    this.layers = layers;
    this.elementwise = new ElementwiseOperators(layers);
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    Value result =
        switch (node.operator()) {
          case "QuantizeLinear" -> quantize(node);
          case "DequantizeLinear" -> dequantize(node);
          case "Greater" -> above(node, node.input(0), node.input(1));
          case "Less" -> above(node, node.input(1), node.input(0));
          case "LessOrEqual" -> not(node, above(node, node.input(0), node.input(1)));
          case "GreaterOrEqual" -> not(node, above(node, node.input(1), node.input(0)));
          case "Not" -> not(node, node.signal(0));
          case "Where" -> where(node);
          default -> null;
        };
    return Optional.ofNullable(result).map(List::of);
  }

  // ---------------------------------------------------------------- quantisation

  /** The level of each value, as an integer. */
  private Signal quantize(Node node) {
    QuantizedRange range = QuantizedRange.of(node);
    float scale = (float) node.constant(1).single();
    if (!(scale > 0) || Float.isInfinite(scale)) {
      throw new RefusedNodeException("its scale is " + scale + ", allowed: above 0");
    }
    double zero = node.has(2) ? node.constant(2).single() : 0;
    List<Step> steps = new ArrayList<>(List.of(Step.of(Kind.ROUND, scale)));
    if (zero != 0) {
      steps.add(Step.of(Kind.ADD, zero));
    }
    steps.add(Step.of(Kind.CLIP, range.least(), range.most()));
    return layers.lookup(node.label(), node.signal(0), new ScalarFunction(steps));
  }

  private Signal dequantize(Node node) {
    node.require("block_size", 0);
    Signal levels = node.signal(0);
    Tensor scale = ConstantFolding.along(node, node.constant(1), levels);
    if (node.has(2)) {
      Tensor zero = ConstantFolding.along(node, node.constant(2), levels);
      levels = elementwise.plus(node, levels, zero.map(false, level -> -level));
    }
    return elementwise.times(node, levels, scale);
  }

  // ---------------------------------------------------------------- decisions

  /** 1 where a is above b, 0 elsewhere. */
  private Signal above(Node node, Value a, Value b) {
    Value negative =
        b instanceof Tensor constant
            ? constant.map(false, x -> -x)
            : layers.scale(node.label() + ".negative", Layers.signal(b), -1, 0);
    // Compared itself where it can be: a difference is rounded.
    Optional<Double> bound = b instanceof Tensor constant ? constant.uniform() : Optional.empty();
    boolean keeps =
        bound.isPresent()
            && Double.isFinite(bound.get())
            && Arrays.equals(Dims.broadcast(a.dims(), b.dims()), a.dims());
    return keeps
        ? layers.lookup(node.label(), Layers.signal(a), ScalarFunction.of(Kind.STEP, bound.get()))
        : layers.lookup(
            node.label(), elementwise.plus(node, a, negative), ScalarFunction.of(Kind.STEP, 0));
  }

  private Signal not(Node node, Signal truth) {
    return layers.scale(node.label() + ".not", truth, -1, 1);
  }

  /** Both values, each times 1 or 0. */
  private Value where(Node node) {
    Value yes = node.input(0);
    Value no =
        yes instanceof Tensor truth
            ? truth.map(false, x -> 1 - x)
            : not(node, Layers.signal(yes).readOnce(false));
    Value shared = yes instanceof Signal truth ? truth.readOnce(false) : yes;
    return elementwise.plus(
        node, chosen(node, shared, node.input(1)), chosen(node, no, node.input(2)));
  }

  private Value chosen(Node node, Value truth, Value value) {
    return truth instanceof Tensor mask && value instanceof Tensor constant
        ? ConstantFolding.binary(mask, constant, false, (c, x) -> c == 0 ? 0 : x)
        : elementwise.times(node, truth, value);
  }
}
