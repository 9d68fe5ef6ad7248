package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.functional.FloatInference;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * LSTM, GRU and RNN in all directions and with what exporters write around them, against ONNX
 * Runtime.
 */
class RecurrentOperatorsTest {
  private static final long SEED = 11;
  private static final int STEPS = 5;
  private static final int FEATURES = 4;
  private static final int UNITS = 3;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "LSTM, forward, 5",
    "LSTM, reverse, 5",
    "LSTM, bidirectional, 5",
    "LSTM, bidirectional, 1",
    "GRU, forward, 5",
    "GRU, reverse, 5",
    "GRU, bidirectional, 5",
    "GRU, forward, 1",
    "RNN, forward, 5",
    "RNN, bidirectional, 5"
  })
  void givesAllStatesAndTheLastOnes(String cell, String direction, int steps) throws IOException {
    ModelBuilder model = model(cell, direction).input("x", steps, 1, FEATURES);
    model.node(cell, "x w r b", outputs(cell), attributes(cell, direction));

    OnnxNetwork read = agrees(withOutputs(model, cell), cell + direction + steps);

    assertThat(read.left()).isEmpty();
    assertThat(read.network().layers().stream().filter(layer -> layer instanceof Recurrence))
        .hasSize(direction.equals("bidirectional") ? 2 : 1);
  }

  @ParameterizedTest
  @CsvSource({
    "LSTM, forward",
    "LSTM, bidirectional",
    "GRU, reverse",
    "GRU, bidirectional",
    "RNN, bidirectional"
  })
  void beginsWithStatesOfTheInputAndOfConstants(String cell, String direction) throws IOException {
    int directions = direction.equals("bidirectional") ? 2 : 1;
    boolean lstm = cell.equals("LSTM");
    ModelBuilder model = model(cell, direction).input("x", STEPS, 1, FEATURES);
    model.input("h", directions, 1, UNITS).weights("c", directions, 1, UNITS);
    String inputs = lstm ? "x w r b _ h c" : "x w r b _ h";
    model.node(cell, inputs, outputs(cell), attributes(cell, direction));
    agrees(withOutputs(model, cell), "initial");

    ModelBuilder constant = model(cell, direction).input("x", STEPS, 1, FEATURES);
    constant.weights("h", directions, 1, UNITS);
    constant.node(cell, lstm ? "x w r b _ h" : inputs, outputs(cell), attributes(cell, direction));
    agrees(withOutputs(constant, cell), "constant");
  }

  /** What PyTorch writes for two layers, batch first, with states of zeros made of the shape. */
  @ParameterizedTest
  @CsvSource({"LSTM", "GRU", "RNN"})
  void understandsWhatExportersWriteAroundIt(String cell) throws IOException {
    ModelBuilder model = model(cell, "bidirectional").input("x", 1, STEPS, FEATURES);
    int gates = gates(cell);
    model
        .weights("w2", 2, gates * UNITS, 2 * UNITS)
        .weights("r2", 2, gates * UNITS, UNITS)
        .weights("dense", 10, 2 * UNITS)
        .integers("one", 1)
        .integers("zero", 0)
        .integers("two", 2)
        .integers("units", UNITS)
        .integers("merged", 0, 0, -1)
        .integers("first", 0)
        .integers("second", 2)
        .node("Transpose", "x", "t", "perm", ModelBuilder.ints(1, 0, 2))
        .node("Shape", "x", "shape")
        .node("Gather", "shape zero", "batch")
        .node("Concat", "two batch units", "stateShape", "axis", 0)
        .node("ConstantOfShape", "stateShape", "h0")
        .node(
            cell,
            "t w r b _ h0" + (gates == 4 ? " h0" : ""),
            "y1",
            attributes(cell, "bidirectional"))
        .node("Transpose", "y1", "y1t", "perm", ModelBuilder.ints(0, 2, 1, 3))
        .node("Reshape", "y1t merged", "flat1")
        .node(cell, "flat1 w2 r2", "y2 last", attributes(cell, "bidirectional"))
        .node("Transpose", "y2", "y2t", "perm", ModelBuilder.ints(0, 2, 1, 3))
        .node("Reshape", "y2t merged", "flat2")
        .node("Transpose", "flat2", "batchFirst", "perm", ModelBuilder.ints(1, 0, 2))
        .integers("index", -1)
        .node("Gather", "batchFirst index", "lastStep", "axis", 1)
        .node("Squeeze", "lastStep one", "vector")
        .node("Gemm", "vector dense", "y", "transB", 1)
        .output("y")
        .output("last");

    OnnxNetwork read = agrees(model, "exported");

    assertThat(read.network().layers().stream().filter(layer -> layer instanceof Recurrence))
        .hasSize(4);
  }

  /** ONNX Runtime has no batch-first layout; the other layout is the reference. */
  @ParameterizedTest
  @CsvSource({"LSTM", "GRU", "RNN"})
  void batchFirstIsTheSameInAnotherOrder(String cell) throws IOException {
    float[][] results = new float[2][];
    for (int layout = 0; layout < 2; layout++) {
      int[] dims = layout == 0 ? new int[] {STEPS, 1, FEATURES} : new int[] {1, STEPS, FEATURES};
      int[] state = layout == 0 ? new int[] {2, 1, UNITS} : new int[] {1, 2, UNITS};
      ModelBuilder model = model(cell, "bidirectional").input("x", dims).input("h", state);
      Object[] attributes = attributes(cell, "bidirectional");
      attributes[attributes.length - 1] = layout;
      model.node(cell, "x w r b _ h", outputs(cell), attributes);
      Path file = withOutputs(model, cell).write(folder, "layout" + layout);
      OnnxNetwork read = OnnxFile.read(file, ImportOptions.NONE);
      results[layout] =
          new FloatInference(read.network(), read.weights())
              .run(Reference.drawn(read.network(), SEED));
    }
    assertThat(results[1]).isEqualTo(results[0]);
  }

  @ParameterizedTest
  @CsvSource({"forward, 1", "bidirectional, 2"})
  void aStateMayBeRectified(String direction, int directions) throws IOException {
    ModelBuilder model = model("RNN", direction).input("x", STEPS, 1, FEATURES);
    model.node(
        "RNN",
        "x w r b",
        outputs("RNN"),
        "hidden_size",
        UNITS,
        "direction",
        direction,
        "activations",
        Collections.nCopies(directions, "Relu"));

    agrees(withOutputs(model, "RNN"), "rectified");
  }

  @Test
  void directionsThatDifferInTheirActivationAreRefused() throws IOException {
    Path file =
        model("RNN", "bidirectional")
            .input("x", STEPS, 1, FEATURES)
            .node(
                "RNN",
                "x w r b",
                "y",
                "direction",
                "bidirectional",
                "activations",
                List.of("Relu", "Tanh"))
            .output("y")
            .write(folder, "mixed");

    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .hasMessageContaining("its activations are Relu, Tanh, allowed for each direction: Relu");
  }

  @Test
  void cellStatesAreGivenOnlyWhereTheyAreRead() throws IOException {
    ModelBuilder model = model("LSTM", "forward").input("x", STEPS, 1, FEATURES);
    model.node("LSTM", "x w r b", "all last cell", attributes("LSTM", "forward")).output("last");

    Network network = agrees(model, "unread").network();

    Layer recurrence =
        network.layers().stream().filter(l -> l instanceof Recurrence).findFirst().orElseThrow();
    assertThat(((Recurrence) recurrence).cellStates()).isFalse();
    assertThat(network.rows(recurrence)).isEqualTo(UNITS);
    assertThat(network.columns(recurrence)).isEqualTo(4 * UNITS);
    assertThat(network.positions(recurrence)).isEqualTo(STEPS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LSTM | x w r b | clip | 1.5 | it clips its gates",
        "RNN | x w r b | clip | 1.5 | it clips its gates",
        "LSTM | x w r b | input_forget | 1 | attribute 'input_forget' is 1, allowed: 0",
        "LSTM | x w r b | direction | both | direction is 'both', allowed: forward, reverse,"
            + " bidirectional",
        "LSTM | x w r b | hidden_size | 7 | hidden_size is 7, its weights are made for 3",
        "LSTM | x w r b _ _ _ p | hidden_size | 3 | it has peepholes, allowed: none, or zeros",
        "LSTM | x r r b | hidden_size | 3 | input 1 has the shape 1x12x3, allowed: 1x12x4",
        "LSTM | x w r w | hidden_size | 3 | input 3 has the shape 1x12x4, allowed: 1x24",
        "LSTM | x w r b lengths | hidden_size | 3 | it ends after 2 of 5 steps, allowed: all steps",
        "LSTM | x w r b _ w | hidden_size | 3 | an initial state, has the shape 1x12x4, allowed:"
            + " directions x 1 x 3",
        "LSTM | x x r b | hidden_size | 3 | input 1 is computed by the network, allowed here:"
            + " constants",
        "GRU | x w r b | linear_before_reset | 0 | attribute 'linear_before_reset' is 0, allowed: 1"
      })
  void namesWhatItCannotDo(
      String cell, String inputs, String attribute, String value, String expected)
      throws IOException {
    ModelBuilder model = model(cell, "forward").input("x", STEPS, 1, FEATURES);
    model.weights("p", 1, 9).integers("lengths", 2);
    Object typed =
        value.matches("[0-9]+")
            ? (Object) Integer.valueOf(value)
            : value.contains(".") ? (Object) Double.valueOf(value) : value;
    Path file =
        model.node(cell, inputs, "y", attribute, typed).output("y").write(folder, "refused");

    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": node '" + cell + "_y' (" + cell + "): ")
        .hasMessageContaining(expected);
  }

  private static int gates(String cell) {
    return switch (cell) {
      case "LSTM" -> 4;
      case "GRU" -> 3;
      default -> 1;
    };
  }

  private static ModelBuilder model(String cell, String direction) {
    int directions = direction.equals("bidirectional") ? 2 : 1;
    int gates = gates(cell);
    return new ModelBuilder(14, SEED)
        .weights("w", directions, gates * UNITS, FEATURES)
        .weights("r", directions, gates * UNITS, UNITS)
        .weights("b", directions, 2 * gates * UNITS);
  }

  private static Object[] attributes(String cell, String direction) {
    return !cell.equals("GRU")
        ? new Object[] {"hidden_size", UNITS, "direction", direction, "layout", 0}
        : new Object[] {
          "hidden_size", UNITS, "direction", direction, "linear_before_reset", 1, "layout", 0
        };
  }

  private static String outputs(String cell) {
    return cell.equals("LSTM") ? "all last cell" : "all last";
  }

  private static ModelBuilder withOutputs(ModelBuilder model, String cell) {
    List.of(outputs(cell).split(" ", -1)).forEach(model::output);
    return model;
  }

  private OnnxNetwork agrees(ModelBuilder model, String name) throws IOException {
    return Reference.agrees(model.write(folder, name), ImportOptions.NONE, SEED, 2e-6);
  }
}
