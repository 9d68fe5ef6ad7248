package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Layer;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Operators that a file defines itself. */
class FunctionsTest {
  private static final long SEED = 11;
  private static final int OPSET = 13;

  @TempDir Path folder;

  private static FunctionProto function(
      String name, String inputs, String output, NodeProto... nodes) {
    return FunctionProto.newBuilder()
        .setDomain("own")
        .setName(name)
        .addAllInput(List.of(inputs.split(" ")))
        .addOutput(output)
        .addAllNode(List.of(nodes))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1))
        .build();
  }

  private static final FunctionProto LINEAR =
      function(
          "Linear",
          "X W B",
          "Y",
          ModelBuilder.nodeOf("MatMul", "X W", "M"),
          ModelBuilder.nodeOf("Add", "M B", "Y"));

  private Path write(ModelBuilder model, FunctionProto... functions) throws IOException {
    ModelProto whole =
        model.output("y").model().toBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1))
            .addAllFunctions(List.of(functions))
            .build();
    return Files.write(folder.resolve("functions.onnx"), whole.toByteArray());
  }

  private static ModelBuilder model() {
    return new ModelBuilder(OPSET, SEED)
        .input("x", 1, 8)
        .weights("w", 8, 8)
        .weights("b", 8)
        .weights("v", 8, 8);
  }

  @Test
  void computesWhatTheReferenceComputes() throws IOException {
    AttributeProto slope =
        AttributeProto.newBuilder()
            .setName("alpha")
            .setRefAttrName("slope")
            .setType(AttributeProto.AttributeType.FLOAT)
            .build();
    NodeProto leaky =
        ModelBuilder.nodeOf("LeakyRelu", "L", "Z").toBuilder().addAttribute(slope).build();
    FunctionProto block =
        function("Block", "X W B", "Z", ModelBuilder.nodeOf("own.Linear", "X W B", "L"), leaky)
            .toBuilder()
            .addAttribute("slope")
            .build();

    Path file =
        write(
            model()
                .node("own.Block", "x w b", "one", "slope", 0.3)
                .node("own.Block", "one v b", "two", "slope", 0.01)
                .node("own.Linear", "two w b", "y"),
            block,
            LINEAR);

    OnnxNetwork read = Reference.agrees(file, ImportOptions.NONE, SEED, 2e-6);
    assertThat(read.network().weightedLayers().stream().map(Layer::name))
        .containsExactly(
            "own.Block_one.own.Linear_L.MatMul_M",
            "own.Block_two.own.Linear_L.MatMul_M",
            "own.Linear_y.MatMul_M");
  }

  @Test
  void aCallSaysWhichOfSeveralFunctionsOfOneNameItMeans() throws IOException {
    FunctionProto own = function("Act", "X", "Y", ModelBuilder.nodeOf("Tanh", "X", "Y"));
    FunctionProto other =
        function("Act", "X", "Y", ModelBuilder.nodeOf("Abs", "X", "Y")).toBuilder()
            .setOverload("other")
            .build();

    Path file = write(model().node("MatMul", "x w", "m").node("own.Act", "m", "y"), own, other);
    assertThat(OnnxFile.read(file, ImportOptions.NONE).network().output().activation())
        .isEqualTo(Activation.TANH);
  }

  @Test
  void branchesWithinFunctionsReadWhatIsAround() throws IOException {
    FunctionProto chosen =
        function(
            "Chosen",
            "X C",
            "Y",
            ModelBuilder.nodeOf("Neg", "X", "N"),
            ModelBuilder.nodeOf(
                "If", "C", "Y", "then_branch", branch("Relu"), "else_branch", branch("Tanh")));
    ModelBuilder model =
        model()
            .number("c", 1)
            .number("d", 2)
            .node("MatMul", "x w", "m")
            .node("Less", "c d", "yes")
            .node("own.Chosen", "m yes", "n")
            .node("own.Chosen", "n yes", "y");

    Reference.agrees(write(model, chosen), ImportOptions.NONE, SEED, 2e-6);
  }

  private static GraphProto branch(String operator) {
    return GraphProto.newBuilder()
        .setName(operator)
        .addNode(ModelBuilder.nodeOf(operator, "N", "R"))
        .addOutput(ValueInfoProto.newBuilder().setName("R"))
        .build();
  }

  private void refused(Path file, String expected) {
    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": node '")
        .hasMessageContaining(expected);
  }

  @Test
  void aFunctionThatCallsItselfIsRefused() throws IOException {
    FunctionProto one = function("One", "X", "Y", ModelBuilder.nodeOf("own.Two", "X", "Y"));
    FunctionProto two = function("Two", "X", "Y", ModelBuilder.nodeOf("own.One", "X", "Y"));

    refused(write(model().node("own.One", "x", "y"), one, two), "its function calls itself");
  }

  @Test
  void functionsThatMakeTooManyNodesAreRefused() throws IOException {
    FunctionProto[] doubled = new FunctionProto[30];
    for (int i = 0; i < doubled.length; i++) {
      String next = i + 1 < doubled.length ? "own.F" + (i + 1) : "Neg";
      doubled[i] =
          function(
              "F" + i,
              "X",
              "Y",
              ModelBuilder.nodeOf(next, "X", "Z"),
              ModelBuilder.nodeOf(next, "Z", "Y"));
    }

    refused(write(model().node("own.F0", "x", "y"), doubled), "over 1000000 nodes");
  }

  @Test
  void functionsWithinManyOthersAreRefused() throws IOException {
    FunctionProto[] chain = new FunctionProto[20_000];
    for (int i = 0; i < chain.length; i++) {
      String next = i + 1 < chain.length ? "own.F" + (i + 1) : "Neg";
      chain[i] = function("F" + i, "X", "Y", ModelBuilder.nodeOf(next, "X", "Y"));
    }

    refused(write(model().node("own.F0", "x", "y"), chain), "it is a call within 100 others");
  }

  /** A long name in a short file, once for each of a million calls, fills any memory. */
  @Test
  void namesThatFunctionsMakeAreBounded() throws IOException {
    String name = "n".repeat(100_000);
    FunctionProto[] doubled = new FunctionProto[15];
    for (int i = 0; i < doubled.length; i++) {
      String next = i + 1 < doubled.length ? "own.F" + (i + 1) : "Neg";
      doubled[i] =
          function(
              "F" + i,
              "X",
              "Y",
              ModelBuilder.nodeOf(next, "X", name),
              ModelBuilder.nodeOf(next, name, "Y"));
    }

    refused(write(model().node("own.F0", "x", "y"), doubled), "the names of what functions make");
  }

  @Test
  void aFunctionOfAnotherOperatorSetIsRefused() throws IOException {
    FunctionProto old =
        LINEAR.toBuilder()
            .setOpsetImport(0, OperatorSetIdProto.newBuilder().setDomain("").setVersion(9))
            .build();

    refused(
        write(model().node("own.Linear", "x w b", "y"), old),
        "its function is written for operator set 9, allowed: that of the file, 13");
  }
}
