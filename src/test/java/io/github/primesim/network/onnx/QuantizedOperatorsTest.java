package io.github.primesim.network.onnx;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT32;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.INT8;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.UINT8;
import static io.github.primesim.network.onnx.ModelBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.primesim.functional.FloatInference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Operators between levels, against ONNX Runtime: each value may be the next level. */
class QuantizedOperatorsTest {
  private static final long SEED = 23;
  private static final float STEP = 0.02f;

  @TempDir Path folder;

  /** Inputs as levels of one byte. */
  private static ModelBuilder image(TensorProto.DataType type) {
    return inputs(new ModelBuilder(13, SEED).input("x", 1, 3, 7, 6), type);
  }

  private static ModelBuilder vector(TensorProto.DataType type) {
    return inputs(new ModelBuilder(13, SEED).input("x", 1, 12), type);
  }

  private static ModelBuilder inputs(ModelBuilder model, TensorProto.DataType type) {
    return model
        .number("xs", 1f / 127)
        .levels("xz", type, new int[0], type == UINT8 ? 128 : -3)
        .number("ys", STEP)
        .levels("yz", type, new int[0], type == UINT8 ? 117 : 4)
        .node("QuantizeLinear", "x xs xz", "q");
  }

  private static ModelBuilder real(ModelBuilder model, String levels) {
    return model.node("DequantizeLinear", levels + " ys yz", "y");
  }

  private static ModelBuilder convolved(TensorProto.DataType type) {
    return image(type)
        .drawnLevels("w", INT8, -127, 127, 5, 3, 3, 3)
        .weightsBetween("ws", 0.002, 0.006, 5)
        .levels("wz", INT8, new int[] {5}, 0, 0, 0, 0, 0)
        .drawnLevels("b", INT32, -3000, 3000, 5)
        .node("QLinearConv", "q xs xz w ws wz ys yz b", "c", "pads", ints(1, 1, 1, 1));
  }

  private static ModelBuilder multiplied(TensorProto.DataType type) {
    return vector(type)
        .drawnLevels("w", type, type == UINT8 ? 0 : -128, type == UINT8 ? 255 : 127, 12, 6)
        .number("ws", 0.006f)
        .levels("wz", type, new int[0], type == UINT8 ? 121 : 5)
        .node("QLinearMatMul", "q xs xz w ws wz ys yz", "m");
  }

  private static Map<String, ModelBuilder> models() {
    Map<String, ModelBuilder> models = new LinkedHashMap<>();
    for (TensorProto.DataType type : new TensorProto.DataType[] {UINT8, INT8}) {
      models.put("convolution of " + type, real(convolved(type), "c"));
      models.put("product of " + type, real(multiplied(type), "m"));
      models.put(
          "largest and sum of " + type,
          real(
              convolved(type)
                  .node("MaxPool", "c", "p", "kernel_shape", ints(2, 2), "strides", ints(2, 2))
                  .node("com.microsoft.QLinearAdd", "p ys yz p ys yz ys yz", "s"),
              "s"));
      models.put(
          "mean of " + type,
          real(
              convolved(type).node("com.microsoft.QLinearGlobalAveragePool", "c ys yz ys yz", "g"),
              "g"));
      models.put(
          "means of " + type,
          real(
              convolved(type)
                  .node(
                      "com.microsoft.QLinearAveragePool",
                      "c ys yz ys yz",
                      "g",
                      "kernel_shape",
                      ints(3, 3),
                      "strides",
                      ints(2, 2)),
              "g"));
      models.put(
          "classifier of " + type,
          real(
              vector(type)
                  .drawnLevels("w", INT8, -127, 127, 6, 12)
                  .weightsBetween("ws", 0.002, 0.006, 6)
                  .levels("wz", INT8, new int[] {6}, 0, 0, 0, 0, 0, 0)
                  .drawnLevels("b", INT32, -3000, 3000, 6)
                  .node(
                      "com.microsoft.QGemm",
                      "q xs xz w ws wz b ys yz",
                      "g",
                      "transB",
                      1,
                      "alpha",
                      1.0),
              "g"));
      models.put(
          "functions of " + type,
          real(
              multiplied(type)
                  .node("com.microsoft.QLinearLeakyRelu", "m ys yz ys yz", "l", "alpha", 0.2)
                  .number("gs", 1f / 255)
                  .levels("gz", type, new int[0], type == UINT8 ? 0 : -128)
                  .node("com.microsoft.QLinearSigmoid", "l ys yz gs gz", "g")
                  .node("com.microsoft.QLinearMul", "g gs gz l ys yz ys yz", "u")
                  .node("com.microsoft.QLinearConcat", "ys yz u ys yz g gs gz", "j", "axis", 1),
              "j"));
      models.put(
          "shares of " + type,
          real(
              multiplied(type)
                  .node(
                      "com.microsoft.QLinearSoftmax",
                      "m ys yz ys yz",
                      "s",
                      "axis",
                      -1,
                      "opset",
                      13),
              "s"));
    }
    return models;
  }

  static Stream<String> names() {
    return models().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isALevelOffAtMost(String name) throws IOException {
    assertThat(largestDifference(models().get(name), name)).isLessThanOrEqualTo(STEP * 1.001f);
  }

  private float largestDifference(ModelBuilder model, String name) throws IOException {
    Path file = model.output("y").write(folder, name);
    OnnxNetwork read = OnnxFile.read(file, ImportOptions.NONE);
    assertThat(read.left()).isEmpty();
    float[] input = Reference.drawn(read.network(), SEED);
    float[] expected = Reference.outputs(file, ImportOptions.NONE, input);
    float[] found = new FloatInference(read.network(), read.weights()).run(input);
    assertThat(found).hasSameSizeAs(expected);
    float largest = 0;
    int off = 0;
    for (int i = 0; i < found.length; i++) {
      float difference = Math.abs(found[i] - expected[i]);
      largest = Math.max(largest, difference);
      off += difference > STEP / 100 ? 1 : 0;
    }
    // Values in the middle of two levels are rare: with a wrong scale there would be many.
    assertThat(off).as("values a level off").isLessThanOrEqualTo(Math.max(1, found.length / 20));
    return largest;
  }

  private static Map<String, ModelBuilder> integerModels() {
    Map<String, ModelBuilder> models = new LinkedHashMap<>();
    models.put(
        "convolution of integers",
        image(UINT8)
            .drawnLevels("w", UINT8, 0, 255, 4, 3, 3, 3)
            .levels("wz", UINT8, new int[0], 120)
            .number("s", 1e-4f)
            .node("ConvInteger", "q w xz wz", "c", "pads", ints(1, 1, 1, 1))
            .node("Cast", "c", "f", "to", 1)
            .node("Mul", "f s", "y"));
    models.put("product of integers at a scale of their own", dynamic("m"));
    models.put(
        "zeros at a scale of their own",
        dynamic("zeros")
            .number("zero", 0)
            .first("Mul", "m zero", "zeros")
            .first("MatMul", "x v", "m"));
    return models;
  }

  private static ModelBuilder dynamic(String read) {
    ModelBuilder model =
        new ModelBuilder(13, SEED)
            .input("x", 1, 16)
            .weights("v", 16, 16)
            .drawnLevels("w", INT8, -127, 127, 16, 5)
            .levels("wz", INT8, new int[] {5}, 0, 1, -2, 3, 4)
            .weightsBetween("ws", 0.002, 0.006, 5);
    if (read.equals("m")) {
      model.node("MatMul", "x v", "m");
    }
    return model
        .node("DynamicQuantizeLinear", read, "q s z")
        .node("MatMulInteger", "q w z wz", "p")
        .node("Cast", "p", "f", "to", 1)
        .node("Mul", "s ws", "scale")
        .node("Mul", "f scale", "y");
  }

  static Stream<String> integerNames() {
    return integerModels().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("integerNames")
  void integersAreExact(String name) throws IOException {
    Path file = integerModels().get(name).output("y").write(folder, name);

    Reference.agrees(file, ImportOptions.NONE, SEED, 2e-6);
  }

  @ParameterizedTest
  @MethodSource("names")
  void attributesOfTheOperatorsAreKnown(String name) {
    assertThat(models().get(name).graph().getNodeList())
        .allMatch(node -> Attributes.known(Node.operator(node)));
  }
}
