package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.ModelBuilder.ints;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.util.List;

/** Small models that together use most of what the import understands, to be damaged. */
final class SampleModels {
  private static final long SEED = 3;

  /** The file of external data that {@link #external} names. */
  static final String EXTERNAL_FILE = "weights.bin";

  private SampleModels() {}

  static List<ModelProto> all() {
    return List.of(
        image(),
        sequence(),
        attention(),
        normalisations(),
        shapes(),
        external(),
        decoder(),
        levels(),
        labels());
  }

  /** Convolutions with everything around them. */
  private static ModelProto image() {
    return new ModelBuilder(13, SEED)
        .input("x", 1, 3, 9, 9)
        .weights("w", 4, 3, 3, 3)
        .weights("v", 4, 2, 3, 3)
        .weights("scale", 4)
        .weightsBetween("variance", 0.5, 2, 4)
        .weights("dense", 5, 36)
        .integers("pads", 0, 0, 1, 0, 0, 0, 1, 2)
        .number("six", 6)
        .number("zero", 0)
        .node("Pad", "x pads", "p")
        .node("Conv", "p w", "c", "strides", ints(2, 2))
        .node("BatchNormalization", "c scale scale scale variance", "n", "epsilon", 0.01)
        .node("Clip", "n zero six", "r")
        .node("Conv", "r v", "g", "group", 2, "dilations", ints(2, 1), "pads", ints(2, 1, 2, 1))
        .node("Add", "g r", "s")
        .node("MaxPool", "s", "m", "kernel_shape", ints(2, 2), "ceil_mode", 1)
        .node("AveragePool", "m", "a", "kernel_shape", ints(2, 2), "pads", ints(1, 1, 1, 1))
        .node("Concat", "a a", "d", "axis", 1)
        .node("ReduceMean", "d", "e", "axes", ints(3), "keepdims", 0)
        .node("Flatten", "d", "f")
        .integers("starts", 0)
        .integers("ends", 36)
        .integers("axis", 1)
        .node("Slice", "f starts ends axis", "h")
        .node("Gemm", "h dense", "l", "transB", 1)
        .node("Softmax", "l", "y")
        .output("y")
        .output("e")
        .model();
  }

  /** Operators between integers, whose scale is constant or follows from the values. */
  private static ModelProto levels() {
    return new ModelBuilder(13, SEED)
        .input("x", 1, 3, 6, 6)
        .number("s", 0.02f)
        .levels("z", TensorProto.DataType.UINT8, new int[0], 120)
        .drawnLevels("w", TensorProto.DataType.INT8, -100, 100, 4, 3, 3, 3)
        .weightsBetween("ws", 0.002, 0.006, 4)
        .levels("wz", TensorProto.DataType.INT8, new int[] {4}, 0, 1, 2, 0)
        .drawnLevels("b", TensorProto.DataType.INT32, -100, 100, 4)
        .drawnLevels("v", TensorProto.DataType.INT8, -100, 100, 4, 5)
        .levels("vz", TensorProto.DataType.INT8, new int[0], 3)
        .node("QuantizeLinear", "x s z", "q")
        .node("QLinearConv", "q s z w ws wz s z b", "c", "pads", ints(1, 0, 0, 1))
        .node("com.microsoft.QLinearGlobalAveragePool", "c s z s z", "g", "channels_last", 0)
        .node("Flatten", "g", "f")
        .node("com.microsoft.QLinearMul", "f s z f s z s z", "u")
        .node("com.microsoft.QLinearConcat", "s z f s z u s z", "j", "axis", 0)
        .node("QLinearMatMul", "j s z v s vz s z", "m")
        .node("com.microsoft.QGemm", "m s z v s vz _ s z", "h", "transB", 1, "alpha", 0.5)
        .node("DequantizeLinear", "h s z", "r")
        .node("DynamicQuantizeLinear", "r", "d ds dz")
        .node("MatMulInteger", "d v dz vz", "i")
        .node("Cast", "i", "k", "to", 1)
        .node("Mul", "k ds", "y")
        .output("y")
        .model();
  }

  /** A classifier that gives labels, with masks, sums by formula, and places of constants. */
  private static ModelProto labels() {
    float lowest = Float.NEGATIVE_INFINITY;
    return new ModelBuilder(17, SEED)
        .input("x", 1, 3, 4)
        .weights("w", 4, 2, 3)
        .weights("table", 3, 2, 6)
        .tensor(
            ModelBuilder.floats("mask", new int[] {3, 3}, 0, lowest, lowest, 0, 0, lowest, 0, 0, 0))
        .tensor(
            ModelBuilder.integerTensor("rows", 2, 1, 0, -1).toBuilder()
                .clearDims()
                .addDims(2)
                .addDims(2)
                .build())
        .weights("other", 2, 6)
        .integers("names", 4, 5, 6)
        .integers("flat", 1, 3, 6)
        .node("Einsum", "x w", "h", "equation", "bsd,dhe->bhse")
        .node("Einsum", "h h", "a", "equation", "bhie,bhje->bhij")
        .node("Add", "a mask", "m")
        .node("Softmax", "m", "p", "axis", -1)
        .node("Einsum", "p h", "o", "equation", "bhij,bhje->bihe")
        .node("Reshape", "o flat", "f")
        .node("ScatterND", "table rows other", "t")
        .node("GatherND", "t rows", "g")
        .node("Einsum", "f g", "s", "equation", "bsd,cd->bc")
        .node("Sin", "s", "r")
        .node("ai.onnx.ml.Normalizer", "r", "n", "norm", "L2")
        .node("ArgMax", "n", "l", "axis", 1)
        .node("ai.onnx.ml.ArrayFeatureExtractor", "names l", "e")
        .node("Cast", "e", "y", "to", 7)
        .output("y")
        .output("n")
        .model();
  }

  /** Operators that are imported as several simpler ones. */
  private static ModelProto normalisations() {
    return new ModelBuilder(21, SEED)
        .input("x", 1, 3, 5, 5)
        .weights("w", 4, 3, 2, 2)
        .weights("scale", 4)
        .weights("row", 4)
        .weights("r", 1, 2, 4)
        .weights("s", 1, 2, 2)
        .node("Conv", "x w", "c")
        .node("LRN", "c", "l", "size", 3)
        .node("GroupNormalization", "l scale scale", "g", "num_groups", 2)
        .node("InstanceNormalization", "g scale scale", "i")
        .node("LayerNormalization", "i row row", "n", "axis", -1)
        .node("Gelu", "n", "a")
        .node("LpNormalization", "a", "p", "axis", 1)
        .node("ReduceL2", "p", "m", "axes", ints(1), "keepdims", 0)
        .node("Transpose", "m", "t", "perm", ints(1, 0, 2))
        .node("RNN", "t r s", "y", "hidden_size", 2)
        .output("y")
        .model();
  }

  private static ModelProto sequence() {
    return new ModelBuilder(14, SEED)
        .input("x", 4, 1, 3)
        .input("h", 2, 1, 2)
        .weights("w", 2, 8, 3)
        .weights("r", 2, 8, 2)
        .weights("b", 2, 16)
        .weights("wg", 1, 6, 4)
        .weights("rg", 1, 6, 2)
        .integers("merged", 0, 0, -1)
        .node(
            "LSTM", "x w r b _ h", "all last cell", "hidden_size", 2, "direction", "bidirectional")
        .node("Transpose", "all", "t", "perm", ints(0, 2, 1, 3))
        .node("Reshape", "t merged", "flat")
        .node("GRU", "flat wg rg", "g state", "hidden_size", 2, "linear_before_reset", 1)
        .output("state")
        .output("cell")
        .model();
  }

  private static ModelProto attention() {
    return new ModelBuilder(17, SEED)
        .input("x", 1, 4, 6)
        .weights("q", 6, 6)
        .weights("k", 6, 6)
        .weights("gamma", 6)
        .integers("heads", 1, 4, 2, 3)
        .node("MatMul", "x q", "xq")
        .node("MatMul", "x k", "xk")
        .node("Reshape", "xq heads", "hq")
        .node("Reshape", "xk heads", "hk")
        .node("Transpose", "hq", "tq", "perm", ints(0, 2, 1, 3))
        .node("Transpose", "hk", "tk", "perm", ints(0, 2, 3, 1))
        .node("MatMul", "tq tk", "scores")
        .node("Softmax", "scores", "s", "axis", -1)
        .node("MatMul", "s tq", "o")
        .node("Tanh", "o", "y")
        .node("Mul", "x gamma", "z")
        .output("y")
        .output("z")
        .model();
  }

  /** Shapes that are computed, a branch, and weights as integers with a scale. */
  private static ModelProto shapes() {
    return new ModelBuilder(13, SEED)
        .input("x", 1, 3, 4, 4)
        .tensor(
            TensorProto.newBuilder()
                .setName("q")
                .setDataType(TensorProto.DataType.INT8_VALUE)
                .addAllDims(List.of(2L, 3L, 1L, 1L))
                .addAllInt32Data(List.of(-128, 3, 127, 40, 0, -1))
                .build())
        .tensor(ModelBuilder.floats("qs", new int[] {2}, 0.01f, 0.02f))
        .integers("zero", 0)
        .integers("two", 2)
        .integers("rest", -1)
        .integers("four", 4)
        .node("DequantizeLinear", "q qs _", "w", "axis", 0)
        .node("Conv", "x w", "c")
        .node("Shape", "c", "s")
        .node("Gather", "s zero", "n")
        .node("Concat", "n two rest", "target", "axis", 0)
        .node("Reshape", "c target", "r")
        .node("Range", "zero four two", "range")
        .node("Equal", "n zero", "none")
        .node(
            "If",
            "none",
            "b",
            "then_branch",
            new ModelBuilder(13, SEED).node("Relu", "r", "t").output("t").graph(),
            "else_branch",
            new ModelBuilder(13, SEED).node("Tanh", "r", "e").output("e").graph())
        .tensor(ModelBuilder.floats("scales", new int[] {3}, 1, 1, 2))
        .node(
            "Resize",
            "b _ scales",
            "y",
            "coordinate_transformation_mode",
            "asymmetric",
            "nearest_mode",
            "floor")
        .output("y")
        .model();
  }

  /** What makes maps larger, rounds, decides, and is defined by the file itself. */
  private static ModelProto decoder() {
    FunctionProto gate =
        FunctionProto.newBuilder()
            .setDomain("own")
            .setName("Gate")
            .addInput("X")
            .addOutput("Y")
            .addNode(ModelBuilder.nodeOf("Sigmoid", "X", "S"))
            .addNode(ModelBuilder.nodeOf("Mul", "X S", "Y"))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(13))
            .build();
    return new ModelBuilder(13, SEED)
            .input("x", 1, 3, 5, 4)
            .weights("w", 3, 2, 4, 3)
            .weights("b", 2)
            .number("scale", 0.05f)
            .number("half", 0.5f)
            .integers("sizes", 1, 2, 12, 7)
            .node(
                "ConvTranspose",
                "x w b",
                "c",
                "strides",
                ints(2, 2),
                "pads",
                ints(1, 1, 1, 1),
                "output_padding",
                ints(0, 1))
            .node("own.Gate", "c", "g")
            .node("QuantizeLinear", "g scale", "q")
            .node("DequantizeLinear", "q scale", "d")
            .node("Greater", "d half", "above")
            .node("Where", "above d half", "chosen")
            .node("Resize", "chosen _ _ sizes", "y", "mode", "linear")
            .output("y")
            .model()
            .toBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1))
            .addFunctions(gate)
            .build();
  }

  private static ModelProto external() {
    TensorProto.Builder tensor =
        ModelBuilder.floats("w", new int[] {4, 8}).toBuilder()
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    String[][] where = {{"location", EXTERNAL_FILE}, {"offset", "16"}, {"length", "128"}};
    for (String[] each : where) {
      tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(each[0]).setValue(each[1]));
    }
    return new ModelBuilder(13, SEED)
        .input("x", 1, 4)
        .tensor(tensor.build())
        .node("MatMul", "x w", "m")
        .node("LeakyRelu", "m", "y", "alpha", 0.1)
        .output("y")
        .model();
  }
}
