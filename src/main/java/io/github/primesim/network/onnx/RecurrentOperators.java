package io.github.primesim.network.onnx;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Recurrence.Cell;
import io.github.primesim.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * LSTM, GRU and plain RNN: of each direction a product of all steps with the input weights, and a
 * recurrence that steps through time.
 */
final class RecurrentOperators {
  private static final int INITIAL_STATE = 5;
  private static final int INITIAL_CELL = 6;
  private static final int PEEPHOLES = 7;

  private final Layers layers;
  private final Predicate<String> read;

  /**
   * @param read whether anything reads the value of that name
   */
  RecurrentOperators(Layers layers, Predicate<String> read) {
    this.layers = layers;
    this.read = read;
  }

  /** The results of a node; empty where the operator is none of these. */
  Optional<List<Value>> apply(Node node) {
    return switch (node.operator()) {
      case "LSTM" -> Optional.of(results(node, Cell.LSTM));
      case "GRU" -> Optional.of(results(node, Cell.GRU));
      case "RNN" -> Optional.of(results(node, plain(node)));
      default -> Optional.empty();
    };
  }

  /** The kind of a plain RNN, by the first of its activations; all have to be the same. */
  private static Cell plain(Node node) {
    List<String> given = node.texts("activations");
    return !given.isEmpty() && given.get(0).equalsIgnoreCase("Relu") ? Cell.RNN_RELU : Cell.RNN;
  }

  /**
   * The sizes of a node.
   *
   * @param features values of the input at each step
   * @param channels values of the output at each step and direction
   */
  private record Extents(Cell cell, int steps, int features, int units, int channels) {
    int gates() {
      return cell.gates() * units;
    }

    /** The row of the file's weights that is column {@code output} of the layer's. */
    int row(int output) {
      return gateOfFile(cell, output / units) * units + output % units;
    }

    /** Files hold the gates of an LSTM in the order i, o, f, g, those of a GRU as z, r, n. */
    private static int gateOfFile(Cell cell, int gate) {
      return switch (cell) {
        case LSTM -> new int[] {0, 2, 3, 1}[gate];
        case GRU -> new int[] {1, 0, 2}[gate];
        case RNN, RNN_RELU -> gate;
      };
    }
  }

  private List<Value> results(Node node, Cell cell) {
    List<Boolean> reverse = directions(node);
    checkAttributes(node, cell, reverse.size());
    boolean batchFirst = node.integer("layout", 0) == 1;
    Signal input = input(node, batchFirst);
    int[] dims = input.dims();
    int units = units(node, cell, reverse.size(), dims[2]);
    checkSteps(node, dims[0]);
    boolean cellStates = cell == Cell.LSTM && isRead(node, 2);
    Extents extents =
        new Extents(
            cell, dims[0], dims[2], units, cellStates ? Math.multiplyExact(2, units) : units);
    List<String> names = new ArrayList<>();
    for (int direction = 0; direction < reverse.size(); direction++) {
      names.add(direction(node, input, extents, direction, reverse, batchFirst));
    }
    String source = names.get(0);
    if (names.size() > 1) {
      source = layers.name(node.label());
      layers.add(
          new Concatenation(source, names),
          new Shape(names.size() * extents.channels(), extents.steps(), 1));
    }
    return views(source, extents, reverse, batchFirst);
  }

  /** For each direction whether it runs backwards. */
  private static List<Boolean> directions(Node node) {
    String direction = node.text("direction", "forward");
    return switch (direction) {
      case "forward" -> List.of(false);
      case "reverse" -> List.of(true);
      case "bidirectional" -> List.of(false, true);
      default ->
          throw new RefusedNodeException(
              "direction is '" + direction + "', allowed: forward, reverse, bidirectional");
    };
  }

  private static void checkAttributes(Node node, Cell cell, int directions) {
    if (!Double.isNaN(node.real("clip", Double.NaN))) {
      throw new RefusedNodeException("it clips its gates, allowed: no attribute 'clip'");
    }
    List<String> usual =
        switch (cell) {
          case LSTM -> List.of("Sigmoid", "Tanh", "Tanh");
          case GRU -> List.of("Sigmoid", "Tanh");
          case RNN -> List.of("Tanh");
          case RNN_RELU -> List.of("Relu");
        };
    List<String> given = node.texts("activations");
    for (int i = 0; i < given.size(); i++) {
      if (given.size() != directions * usual.size()
          || !given.get(i).equalsIgnoreCase(usual.get(i % usual.size()))) {
        throw new RefusedNodeException(
            "its activations are "
                + Node.cut(String.join(", ", given))
                + ", allowed for each direction: "
                + String.join(", ", usual));
      }
    }
    if (cell == Cell.LSTM) {
      node.require("input_forget", 0);
      if (node.has(PEEPHOLES) && !isZero(node.constant(PEEPHOLES))) {
        throw new RefusedNodeException("it has peepholes, allowed: none, or zeros");
      }
    } else if (cell == Cell.GRU && node.integer("linear_before_reset", 0) == 0) {
      throw new RefusedNodeException(
          "attribute 'linear_before_reset' is 0, allowed: 1, where the reset gate follows the"
              + " product with the state, as PyTorch and Keras (reset_after) have it");
    }
  }

  /** The input as [steps, 1, features]. */
  private static Signal input(Node node, boolean batchFirst) {
    Signal given = node.signal(0);
    int[] dims = given.dims();
    if (dims.length != 3 || dims[batchFirst ? 0 : 1] != 1) {
      throw new RefusedNodeException(
          "it reads the shape "
              + Dims.text(dims)
              + ", allowed: "
              + (batchFirst ? "1 x steps x features" : "steps x 1 x features")
              + ", as --input-shape can ask for");
    }
    return batchFirst ? given.transpose(1, 0, 2) : given;
  }

  /** The size of the state, once all weights are seen to fit. */
  private static int units(Node node, Cell cell, int directions, int features) {
    int[] states = node.constant(2).dims();
    int units = states.length == 3 ? states[2] : 0;
    long gates = (long) units * cell.gates();
    checkShape(node, 1, directions, gates, features);
    checkShape(node, 2, directions, gates, units);
    if (node.has(3)) {
      checkShape(node, 3, directions, 2 * gates);
    }
    if (units < 1 || node.integer("hidden_size", units) != units) {
      throw new RefusedNodeException(
          "hidden_size is "
              + node.integer("hidden_size", units)
              + ", its weights are made for "
              + units);
    }
    return units;
  }

  private static void checkShape(Node node, int input, long... needed) {
    int[] found = node.constant(input).dims();
    boolean same = found.length == needed.length;
    for (int i = 0; same && i < found.length; i++) {
      same = found[i] == needed[i];
    }
    if (!same) {
      throw new RefusedNodeException(
          "input "
              + input
              + " has the shape "
              + Dims.text(found)
              + ", allowed: "
              + IntStream.range(0, needed.length)
                  .mapToObj(i -> Long.toString(needed[i]))
                  .reduce((a, b) -> a + "x" + b)
                  .orElseThrow());
    }
    Dims.constant(found);
  }

  private static void checkSteps(Node node, int steps) {
    if (!node.has(4)) {
      return;
    }
    for (long length : node.constant(4).toIntegers()) {
      if (length != steps) {
        throw new RefusedNodeException(
            "it ends after " + length + " of " + steps + " steps, allowed: all steps");
      }
    }
  }

  private boolean isRead(Node node, int output) {
    return output < node.proto().getOutputCount()
        && !node.proto().getOutput(output).isEmpty()
        && read.test(node.proto().getOutput(output));
  }

  private static boolean isZero(Tensor tensor) {
    return tensor.size() == 0 || tensor.uniform().filter(value -> value == 0).isPresent();
  }

  // ---------------------------------------------------------------- layers

  /** Name of the recurrence of a direction. */
  private String direction(
      Node node,
      Signal input,
      Extents extents,
      int direction,
      List<Boolean> reverse,
      boolean batchFirst) {
    boolean backwards = reverse.get(direction);
    String label =
        reverse.size() == 1 ? node.label() : node.label() + (backwards ? ".backward" : ".forward");
    String gates = gates(label + ".input", node, input, extents, direction);
    List<String> inputs = new ArrayList<>(List.of(gates));
    inputs.addAll(initial(label, node, extents, direction, batchFirst));
    boolean stateBias = extents.cell() == Cell.GRU && node.has(3);
    Tensor weight = node.constant(2);
    int first = direction * extents.gates();
    Filters filters =
        Filters.of(
            extents.gates(),
            (output, i) -> weight.at((first + extents.row(output)) * extents.units() + i));
    if (stateBias) {
      filters = filters.plus(bias(node.constant(3), extents, direction, 1));
    }
    String name = layers.name(label);
    layers.add(
        new Recurrence(
            name,
            inputs,
            extents.cell(),
            backwards,
            stateBias,
            extents.channels() > extents.units()),
        new Shape(extents.channels(), extents.steps(), 1),
        filters);
    return name;
  }

  /** Name of the layer that multiplies the inputs of all steps with the input weights. */
  private String gates(String label, Node node, Signal input, Extents extents, int direction) {
    Tensor weight = node.constant(1);
    int features = extents.features();
    int outputs = extents.gates();
    int first = direction * outputs;
    Filters filters =
        Filters.of(outputs, (output, i) -> weight.at((first + extents.row(output)) * features + i));
    if (node.has(3)) {
      filters = filters.plus(bias(node.constant(3), extents, direction, 0));
      if (extents.cell() != Cell.GRU) {
        // The state's bias is added to the same sum.
        filters = filters.plus(bias(node.constant(3), extents, direction, 1));
      }
    }
    String name = layers.name(label);
    Layer layer;
    if (extents.steps() == 1) {
      String source = layers.readVector(input);
      layer = new FullyConnected(name, List.of(source), outputs, filters.bias(), Activation.NONE);
    } else {
      String source =
          layers.read(input.transpose(2, 0, 1), new Shape(features, extents.steps(), 1));
      layer =
          new Convolution(
              name, List.of(source), outputs, 1, 1, 1, 1, 0, 0, 1, filters.bias(), Activation.NONE);
    }
    layers.add(layer, new Shape(outputs, extents.steps(), 1), filters);
    return name;
  }

  /** The bias of the input weights (half 0) or of the state's (half 1), in the layer's order. */
  private static double[] bias(Tensor bias, Extents extents, int direction, int half) {
    int first = (2 * direction + half) * extents.gates();
    return IntStream.range(0, extents.gates())
        .mapToDouble(output -> bias.at(first + extents.row(output)))
        .toArray();
  }

  /** Names of the layers that give the initial state and cell state; none for zeros. */
  private List<String> initial(
      String label, Node node, Extents extents, int direction, boolean batchFirst) {
    List<Optional<Value>> given = new ArrayList<>();
    given.add(state(node, INITIAL_STATE, extents, direction, batchFirst));
    if (extents.cell() == Cell.LSTM) {
      given.add(state(node, INITIAL_CELL, extents, direction, batchFirst));
    }
    if (given.stream().allMatch(Optional::isEmpty)) {
      return List.of();
    }
    List<String> names = new ArrayList<>();
    for (Optional<Value> value : given) {
      Value state =
          value.orElseGet(() -> new Tensor(new int[] {extents.units()}, false, place -> 0));
      names.add(layers.read(layers.made(label + ".initial", state), Shape.vector(extents.units())));
    }
    return names;
  }

  /** An initial state of a direction; empty where it is zero. */
  private static Optional<Value> state(
      Node node, int input, Extents extents, int direction, boolean batchFirst) {
    if (!node.has(input)) {
      return Optional.empty();
    }
    Value all = node.input(input);
    Value ordered = batchFirst ? all.transpose(1, 0, 2) : all;
    int[] dims = ordered.dims();
    if (dims.length != 3 || dims[0] <= direction || dims[1] != 1 || dims[2] != extents.units()) {
      throw new RefusedNodeException(
          "input "
              + input
              + ", an initial state, has the shape "
              + Dims.text(dims)
              + ", allowed: directions x 1 x "
              + extents.units());
    }
    Value own = ordered.slice(0, direction, 1, 1);
    boolean zero = own instanceof Tensor tensor && isZero(tensor);
    return zero ? Optional.empty() : Optional.of(own);
  }

  // ---------------------------------------------------------------- results

  /** All states, the last state, and the last cell state where it is given. */
  private static List<Value> views(
      String source, Extents extents, List<Boolean> reverse, boolean batchFirst) {
    int steps = extents.steps();
    int units = extents.units();
    int ofDirection = extents.channels() * steps;
    int count = reverse.size();
    Signal all =
        new Signal(
            source,
            0,
            new int[] {steps, count, 1, units},
            new int[] {1, ofDirection, 0, steps},
            false);
    // The last step is the last one, backwards the first.
    int last = reverse.get(0) ? 0 : steps - 1;
    int[] strides = {ofDirection - last, 0, steps};
    Signal state = new Signal(source, last, new int[] {count, 1, units}, strides, false);
    List<Value> results = new ArrayList<>();
    results.add(batchFirst ? all.transpose(2, 0, 1, 3) : all);
    results.add(batchFirst ? state.transpose(1, 0, 2) : state);
    if (extents.channels() > units) {
      Signal cells =
          new Signal(source, last + units * steps, new int[] {count, 1, units}, strides, false);
      results.add(batchFirst ? cells.transpose(1, 0, 2) : cells);
    }
    return results;
  }
}
