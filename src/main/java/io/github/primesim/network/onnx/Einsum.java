package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.Composition.ints;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Sums of products by a formula of axes, such as {@code bij,jk->bik}, as the transpositions and the
 * product of matrices that it is.
 */
final class Einsum {
  /** Any operator set in which the axes of a sum are an attribute. */
  private static final long OLD_REDUCTIONS = 12;

  private final Composition composition;

  Einsum(Composition composition) {
    this.composition = composition;
  }

  /**
   * An operand.
   *
   * @param axes a letter for each axis
   */
  private record Operand(Value value, String axes) {
    int extent(char axis) {
      return value.dims()[axes.indexOf(axis)];
    }
  }

  /** The results of a node; empty where the operator is another one. */
  Optional<List<Value>> apply(Node node) {
    return node.operator().equals("Einsum") ? Optional.of(List.of(sum(node))) : Optional.empty();
  }

  private Value sum(Node node) {
    String equation = node.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    String[] letters = sides[0].split(",", -1);
    if (!equation.matches("[A-Za-z]*(,[A-Za-z]*)?(->[A-Za-z]*)?")
        || letters.length != node.inputs().size()) {
      throw new RefusedNodeException(
          "equation is '"
              + equation
              + "' for "
              + node.inputs().size()
              + " inputs, allowed: one or two of them, letters for their axes");
    }
    List<Operand> operands = new ArrayList<>();
    for (int i = 0; i < letters.length; i++) {
      operands.add(operand(node.input(i), letters[i]));
    }
    String result = sides.length > 1 ? sides[1] : implied(sides[0]);
    check(operands, result);
    if (operands.size() == 1) {
      return ordered(node, summed(node, operands.get(0), result), result);
    }
    Operand a = summed(node, operands.get(0), result + letters[1]);
    Operand b = summed(node, operands.get(1), result + letters[0]);
    return ordered(node, product(node, a, b, result), result);
  }

  private static Operand operand(Value value, String axes) {
    if (axes.length() != value.dims().length || axes.chars().distinct().count() != axes.length()) {
      throw new RefusedNodeException(
          "equation has the axes '"
              + axes
              + "' for the shape "
              + Dims.text(value.dims())
              + ", allowed: a letter of its own for each axis");
    }
    return new Operand(value, axes);
  }

  /** Without a result in the formula, it has the letters that stand there once, in their order. */
  private static String implied(String axes) {
    return axes.chars()
        .filter(axis -> axis != ',' && axes.indexOf(axis) == axes.lastIndexOf(axis))
        .sorted()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static void check(List<Operand> operands, String result) {
    Map<Character, Integer> extents = new LinkedHashMap<>();
    for (Operand operand : operands) {
      for (char axis : operand.axes().toCharArray()) {
        int extent = operand.extent(axis);
        Integer before = extents.putIfAbsent(axis, extent);
        if (before != null && before != extent) {
          throw new RefusedNodeException(
              "axis '" + axis + "' has " + before + " and " + extent + " places, allowed: as many");
        }
      }
    }
    for (int i = 0; i < result.length(); i++) {
      if (!extents.containsKey(result.charAt(i)) || result.indexOf(result.charAt(i)) != i) {
        throw new RefusedNodeException(
            "equation gives the axes '" + result + "', allowed: axes of its inputs, each once");
      }
    }
  }

  /** An operand without the axes that nothing else has. */
  private Operand summed(Node node, Operand operand, String others) {
    long[] axes =
        IntStream.range(0, operand.axes().length())
            .filter(i -> others.indexOf(operand.axes().charAt(i)) < 0)
            .asLongStream()
            .toArray();
    if (axes.length == 0) {
      return operand;
    }
    Value sums =
        composition.compute(
            node,
            OLD_REDUCTIONS,
            "ReduceSum",
            List.of(operand.value()),
            List.of(ints("axes", axes), Composition.integer("keepdims", 0)));
    return new Operand(sums, picked(operand.axes(), others));
  }

  private static String picked(String axes, String from) {
    return axes.chars()
        .filter(axis -> from.indexOf(axis) >= 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  private static String without(String axes, String from) {
    return axes.chars()
        .filter(axis -> from.indexOf(axis) < 0)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** The product, its axes those of both, then those of the first, then those of the second. */
  private Operand product(Node node, Operand a, Operand b, String result) {
    String common = picked(a.axes(), b.axes());
    String both = picked(common, result);
    String inner = without(common, result);
    String rows = without(a.axes(), common);
    String columns = without(b.axes(), common);
    Map<Character, Integer> extents = new LinkedHashMap<>();
    for (Operand each : List.of(a, b)) {
      for (char axis : each.axes().toCharArray()) {
        extents.put(axis, each.extent(axis));
      }
    }
    int[] full = (both + rows + columns).chars().map(axis -> extents.get((char) axis)).toArray();
    Value product;
    if (inner.isEmpty()) {
      Value left = matrix(node, a, extents, both, rows, "");
      Value right = matrix(node, b, extents, both, "", columns);
      product = composition.compute(node, "Mul", List.of(left, right));
    } else {
      Value left = matrix(node, a, extents, both, rows, inner);
      Value right = matrix(node, b, extents, both, inner, columns);
      product = composition.compute(node, "MatMul", List.of(left, right));
    }
    return new Operand(composition.reshape(node, product, full), both + rows + columns);
  }

  /** An operand as matrices: axes of both, then all rows together, then all columns together. */
  private Value matrix(
      Node node,
      Operand operand,
      Map<Character, Integer> extents,
      String both,
      String rows,
      String columns) {
    Value ordered = ordered(node, operand, both + rows + columns);
    int[] dims = new int[both.length() + 2];
    for (int i = 0; i < both.length(); i++) {
      dims[i] = extents.get(both.charAt(i));
    }
    dims[both.length()] = places(rows, extents);
    dims[both.length() + 1] = places(columns, extents);
    return composition.reshape(node, ordered, dims);
  }

  private static int places(String axes, Map<Character, Integer> extents) {
    return axes.chars().map(axis -> extents.get((char) axis)).reduce(1, (a, b) -> a * b);
  }

  private Value ordered(Node node, Operand operand, String axes) {
    long[] order = axes.chars().map(axis -> operand.axes().indexOf(axis)).asLongStream().toArray();
    return order.length < 2
        ? operand.value()
        : composition.compute(node, "Transpose", List.of(operand.value()), ints("perm", order));
  }
}
