package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.Composition.integer;
import static io.github.primesim.network.onnx.Composition.shared;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Operators that read and give levels, integers with a scale and a zero point: the real operator
 * between DequantizeLinear and QuantizeLinear, which is what they stand for. Their sums of integers
 * are taken for real ones, so a level may be the next one where a value lies in the middle of two.
 *
 * <p>Source: ONNX's operator schemas, and those of ONNX Runtime for the domain {@code
 * com.microsoft}.
 */
final class QuantizedOperators {
  /** A range of zero, of zeros alone, has no scale; nor has one that float32 cannot divide by. */
  private static final double SMALLEST_RANGE = 1e-34;

  private static final String RUNTIME = "com.microsoft.";

  private final Composition composition;

  QuantizedOperators(Composition composition) {
    this.composition = composition;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    String operator = node.operator();
    if (operator.equals("DynamicQuantizeLinear")) {
      return Optional.of(dynamic(node));
    }
    Value result =
        switch (operator) {
          case "QLinearConv" -> convolution(node);
          case "QLinearMatMul" -> product(node);
          case "ConvInteger" ->
              compute(node, "Conv", attributes(node), centred(node, 0, 2, -1), weights(node));
          case "MatMulInteger" ->
              compute(node, "MatMul", List.of(), centred(node, 0, 2, -2), centred(node, 1, 3, -1));
          case RUNTIME + "QGemm" -> gemm(node);
          case RUNTIME + "QLinearAdd" -> combined(node, "Add");
          case RUNTIME + "QLinearMul" -> combined(node, "Mul");
          case RUNTIME + "QLinearLeakyRelu" -> function(node, "LeakyRelu");
          case RUNTIME + "QLinearSigmoid" -> function(node, "Sigmoid");
          case RUNTIME + "QLinearGlobalAveragePool" -> function(node, "GlobalAveragePool");
          case RUNTIME + "QLinearAveragePool" -> function(node, "AveragePool");
          case RUNTIME + "QLinearSoftmax" -> softmax(node);
          case RUNTIME + "QLinearConcat" -> concatenation(node);
          default -> null;
        };
    return Optional.ofNullable(result).map(List::of);
  }

  // ---------------------------------------------------------------- products

  private Value convolution(Node node) {
    Value x = real(node, 0, 0);
    Value weight = real(node, 3, 0);
    List<Value> inputs = new ArrayList<>(List.of(x, weight));
    if (node.has(8)) {
      inputs.add(bias(node, 8, node.constant(1), node.constant(4), 1));
    }
    return levels(node, compute(node, "Conv", attributes(node), inputs), 6);
  }

  private Value product(Node node) {
    return levels(
        node, compute(node, "MatMul", List.of(), real(node, 0, -2), real(node, 3, -1)), 6);
  }

  /** Without a scale of the result, the result is real. */
  private Value gemm(Node node) {
    long outputs = node.integer("transB", 0) == 0 ? 1 : 0;
    double alpha = node.real("alpha", 1);
    List<Value> inputs = new ArrayList<>(List.of(real(node, 0, 0), real(node, 3, outputs)));
    if (node.has(6)) {
      inputs.add(bias(node, 6, node.constant(1), node.constant(4), alpha));
    }
    Value sums = compute(node, "Gemm", attributes(node), inputs);
    return node.has(7) ? levels(node, sums, 7) : sums;
  }

  /** A bias counts in steps of both scales together. */
  private static Value bias(Node node, int input, Tensor scale, Tensor weight, double alpha) {
    Tensor step =
        ConstantFolding.binary(scale, weight, false, (a, b) -> (float) alpha * (float) a * b);
    return ConstantFolding.binary(node.constant(input), step, false, (a, b) -> a * b);
  }

  /** Levels without their zero point, as integers. */
  private Value centred(Node node, int input, int zero, int axis) {
    Value levels = node.input(input);
    if (!node.has(zero)) {
      return levels;
    }
    Value point = node.input(zero);
    if (point instanceof Tensor constant) {
      point = along(constant, levels.dims().length, axis);
    }
    return composition.compute(node, "Sub", List.of(levels, point));
  }

  private Value weights(Node node) {
    return centred(node, 1, 3, -node.input(1).dims().length);
  }

  /** A zero point for each place along an axis counted from behind, as it is broadcast. */
  private static Tensor along(Tensor constant, int rank, int axis) {
    if (constant.dims().length != 1 || constant.size() == 1) {
      return constant.size() == 1 ? constant.reshape(new int[0]) : constant;
    }
    int[] dims = new int[rank];
    Arrays.fill(dims, 1);
    dims[Dims.axis(axis, rank)] = constant.size();
    return constant.reshape(dims);
  }

  // ---------------------------------------------------------------- others

  private Value combined(Node node, String operator) {
    return levels(node, compute(node, operator, List.of(), real(node, 0, 0), real(node, 3, 0)), 6);
  }

  private Value function(Node node, String operator) {
    node.require("channels_last", 0);
    return levels(node, compute(node, operator, attributes(node), real(node, 0, 0)), 3);
  }

  private Value softmax(Node node) {
    long opset = node.integer("opset", node.opset());
    Value scores =
        composition.compute(node, opset, "Softmax", List.of(real(node, 0, 0)), attributes(node));
    return levels(node, scores, 3);
  }

  private Value concatenation(Node node) {
    List<Value> parts = new ArrayList<>();
    for (int i = 2; i < node.inputs().size(); i += 3) {
      parts.add(real(node, i, 0));
    }
    return levels(node, compute(node, "Concat", attributes(node), parts), 0);
  }

  /**
   * Levels whose scale follows from the values of each inference, as all of them give it: the
   * scale, which spreads their range and 0 over a byte, and the zero point are values as well.
   */
  private List<Value> dynamic(Node node) {
    Value x = shared(node.input(0));
    AttributeProto none = integer("keepdims", 0);
    Tensor zero = Tensor.scalar(false, 0);
    Value most = of(node, "Max", of(node, "ReduceMax", List.of(x), none), zero);
    Value least = shared(of(node, "Min", of(node, "ReduceMin", List.of(x), none), zero));
    Value range = of(node, "Sub", most, least);
    Value positive = of(node, "Max", range, Tensor.scalar(false, SMALLEST_RANGE));
    Value scale = shared(of(node, "Div", positive, Tensor.scalar(false, 255)));
    Value first = of(node, "Round", of(node, "Neg", of(node, "Div", least, scale)));
    Value point = shared(bytes(node, first));
    Value steps = of(node, "Round", of(node, "Div", x, scale));
    return List.of(bytes(node, of(node, "Add", steps, point)), scale, point);
  }

  private Value bytes(Node node, Value x) {
    return of(node, "Clip", x, Tensor.scalar(false, 0), Tensor.scalar(false, 255));
  }

  // ---------------------------------------------------------------- parts

  /** What levels stand for; scale and zero point are the next two inputs. */
  private Value real(Node node, int input, long axis) {
    List<Value> inputs = inputs(node, input, input + 1, input + 2);
    int rank = node.input(input).dims().length;
    return compute(
        node, "DequantizeLinear", List.of(integer("axis", rank == 0 ? 0 : axis)), inputs);
  }

  /** The levels of a result; scale and zero point are two inputs. */
  private Value levels(Node node, Value result, int scale) {
    List<Value> inputs = new ArrayList<>(List.of(result));
    inputs.addAll(inputs(node, scale, scale + 1));
    return compute(node, "QuantizeLinear", List.of(), inputs);
  }

  /** Inputs of a node, the last of which may be left out. */
  private static List<Value> inputs(Node node, int... places) {
    List<Value> inputs = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      boolean last = i == places.length - 1;
      if (!last || node.has(places[i])) {
        inputs.add(node.input(places[i]));
      }
    }
    return inputs;
  }

  private static List<AttributeProto> attributes(Node node) {
    return node.proto().getAttributeList();
  }

  private Value of(Node node, String operator, Value... inputs) {
    return compute(node, operator, List.of(), inputs);
  }

  private Value of(Node node, String operator, List<Value> inputs, AttributeProto attribute) {
    return compute(node, operator, List.of(attribute), inputs);
  }

  private Value compute(
      Node node, String operator, List<AttributeProto> attributes, Value... inputs) {
    return compute(node, operator, attributes, Stream.of(inputs).toList());
  }

  private Value compute(
      Node node, String operator, List<AttributeProto> attributes, List<Value> inputs) {
    return composition.compute(node, node.opset(), operator, inputs, attributes);
  }
}
