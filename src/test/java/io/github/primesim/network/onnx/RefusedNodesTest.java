package io.github.primesim.network.onnx;

import static io.github.primesim.network.onnx.ModelBuilder.ints;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be computed is refused by file, node and value, with what is allowed. */
class RefusedNodesTest {
  private static final long SEED = 5;

  @TempDir Path folder;

  private void refused(ModelBuilder model, String expected) throws IOException {
    Path file = model.output("y").write(folder, "model");
    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": node '")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  private static ModelBuilder vector(long opset) {
    return new ModelBuilder(opset, SEED)
        .input("x", 1, 8)
        .weights("w", 8, 8)
        .node("MatMul", "x w", "m");
  }

  private static ModelBuilder dropout(int training, float ratio) {
    return vector(13)
        .number("ratio", ratio)
        .tensor(ModelBuilder.integerTensor("training", training))
        .node("Dropout", "m ratio training", "y");
  }

  @Test
  void valuesThatAreDroppedAtRandom() throws IOException {
    refused(
        dropout(1, 0.5f), "node 'Dropout_y' (Dropout): it drops values at random, for training");
  }

  @Test
  void aDropoutThatDropsNothingIsRead() throws IOException {
    for (ModelBuilder each : new ModelBuilder[] {dropout(0, 0.5f), dropout(1, 0)}) {
      Path file = each.output("y").write(folder, "kept");
      assertThat(OnnxFile.read(file, ImportOptions.NONE).network().layers()).hasSize(1);
    }
  }

  @Test
  void transposedConvolutionsThatCannotBe() throws IOException {
    refused(transposed("output_shape", ints(20, 9)), "it gives 20 values of 9 along an axis");
    refused(transposed("pads", ints(5, 0, 4, 0)), "it gives 0 values of 9 along an axis");
    refused(transposed("dilations", ints(0, 1)), "dilations holds 0, allowed: 1 to");
    refused(transposed("strides", ints(1)), "strides has 1 values, allowed: 2");
    refused(transposed("kernel_shape", ints(4, 5)), "kernel_shape is 5 along an axis");
    refused(transposed("group", 2), "its weights have the shape 3x2x4x4");
  }

  @Test
  void quantisationsThatCannotBe() throws IOException {
    refused(vector(13).number("s", 0).node("QuantizeLinear", "m s", "y"), "its scale is 0.0");
    refused(
        vector(13).weights("s", 8).node("QuantizeLinear", "m s", "y", "axis", 1),
        "a constant has the shape 8, allowed: a single value");
    refused(
        vector(13).number("s", 1).integers("z", 3).node("QuantizeLinear", "m s z", "y"),
        "it rounds to INT64, allowed: INT8, UINT8, INT16, UINT16");
    refused(
        vector(21).number("s", 1).node("QuantizeLinear", "m s", "y", "block_size", 2),
        "attribute 'block_size' is 2, allowed: 0");
  }

  @Test
  void stretchingThatCannotBe() throws IOException {
    refused(resized(2, "mode", "cubic"), "mode is 'cubic', allowed: nearest, linear");
    refused(
        resized(2, "coordinate_transformation_mode", "tf_crop_and_resize"),
        "coordinate_transformation_mode is 'tf_crop_and_resize', allowed: half_pixel");
    refused(resized(2, "antialias", 1), "attribute 'antialias' is 1, allowed: 0");
    refused(resized(0.1f, "mode", "nearest"), "it makes 0.0 values of 6 along axis 2");
  }

  private static ModelBuilder resized(float factor, String attribute, Object value) {
    return ModelBuilder.image(18, SEED)
        .tensor(ModelBuilder.floats("f", new int[] {4}, 1, 1, factor, 1))
        .node("Resize", "x _ f", "y", attribute, value);
  }

  @Test
  void sumsOfProductsThatCannotBe() throws IOException {
    refused(
        sum("bi,io->b..."), "equation is 'bi,io->b...' for 2 inputs, allowed: one or two of them");
    refused(sum("bi"), "equation is 'bi' for 2 inputs");
    refused(sum("ii,io->o"), "equation has the axes 'ii' for the shape 1x8, allowed: a letter of");
    refused(sum("b,io->bo"), "equation has the axes 'b' for the shape 1x8");
    refused(sum("bi,bo->io"), "axis 'b' has 1 and 8 places, allowed: as many");
    refused(sum("bi,io->bz"), "equation gives the axes 'bz', allowed: axes of its inputs");
    refused(sum("bi,io->bb"), "equation gives the axes 'bb', allowed: axes of its inputs");
  }

  private static ModelBuilder sum(String equation) {
    return vector(13).node("Einsum", "m w", "y", "equation", equation);
  }

  @Test
  void infinitiesThatNoSoftmaxPassesOver() throws IOException {
    refused(
        masked(0).node("Relu", "s", "y"),
        "it reads values of which some are minus infinity, allowed for these: Softmax");
    refused(
        masked(Float.NEGATIVE_INFINITY).node("Softmax", "s", "y", "axis", 1),
        "its mask leaves no value of 1x2 along axis 1, allowed: one at least");
    Path file = masked(0).output("s").write(folder, "masked");
    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessage(file + ": output 's' is minus infinity at places, allowed: finite numbers");
  }

  private static ModelBuilder masked(float first) {
    return new ModelBuilder(13, SEED)
        .input("x", 1, 8)
        .weights("w", 8, 2)
        .node("MatMul", "x w", "m")
        .tensor(ModelBuilder.floats("mask", new int[] {1, 2}, first, Float.NEGATIVE_INFINITY))
        .node("Add", "m mask", "s");
  }

  @Test
  void placesThatCannotBe() throws IOException {
    refused(
        vector(13).tensor(rows(0)).node("GatherND", "m rows", "y"),
        "it reads what layers give, allowed: constants");
    refused(
        vector(13).tensor(rows(9)).node("GatherND", "w rows", "g").node("Add", "m g", "y"),
        "axis is 9, allowed: -8 to 7");
    refused(
        vector(13).tensor(rows(0, 0, 0)).node("GatherND", "w rows", "g").node("Add", "m g", "y"),
        "its indices have the shape 1x3, allowed: rows of up to as many places as 8x8 has axes");
    refused(
        vector(13).tensor(rows(0)).node("ScatterND", "w rows w", "g").node("Add", "m g", "y"),
        "it replaces 8 values by 64, allowed: as many");
    refused(
        vector(16)
            .tensor(rows(0))
            .weights("u", 1, 8)
            .node("ScatterND", "w rows u", "g", "reduction", "add")
            .node("Add", "m g", "y"),
        "reduction is 'add', allowed: none");
  }

  private static TensorProto rows(long... places) {
    return ModelBuilder.integerTensor("rows", places).toBuilder()
        .clearDims()
        .addDims(1)
        .addDims(places.length)
        .build();
  }

  @Test
  void mapsWithoutPlaces() throws IOException {
    refused(
        vector(13).weights("s", 8).node("InstanceNormalization", "m s s", "y"),
        "it reads the shape 1x8, allowed: 1 x channels x places");
  }

  @Test
  void levelsThatCannotBe() throws IOException {
    refused(
        vector(13)
            .node("com.microsoft.QLinearSigmoid", "m n n n n", "y", "channels_last", 1)
            .first("Identity", "x", "n"),
        "it has the attribute 'channels_last', allowed: none");
    refused(
        vector(13)
            .number("s", 1)
            .integers("z", 0)
            .node("com.microsoft.QLinearGlobalAveragePool", "m s z s z", "y", "channels_last", 1),
        "attribute 'channels_last' is 1, allowed: 0");
    refused(
        vector(13)
            .number("s", 1)
            .integers("z", 0)
            .node("com.microsoft.QLinearLeakyRelu", "m s z s z", "y"),
        "it rounds to INT64, allowed: INT8, UINT8, INT16, UINT16");
    refused(
        vector(13).node("ai.onnx.ml.Normalizer", "m", "y", "norm", "L3"),
        "norm is 'L3', allowed: MAX, L1, L2");
  }

  @Test
  void scalersOfOtherFeatures() throws IOException {
    refused(
        vector(13).node("ai.onnx.ml.Scaler", "m", "y", "scale", new float[] {1, 2}),
        "scale has 2 values, allowed: 1 or 8");
  }

  private static ModelBuilder transposed(String attribute, Object value) {
    return ModelBuilder.image(13, SEED)
        .weights("w", 3, 2, 4, 4)
        .node("ConvTranspose", "x w", "y", attribute, value);
  }

  @Test
  void whatIsLeftToTheHostIsNotToldToLeaveIt() throws IOException {
    Path file = vector(13).node("Hardmax", "m", "y").output("y").write(folder, "left");
    ImportOptions options = new ImportOptions(Map.of(), Map.of(), true);

    assertThat(OnnxFile.read(file, options).left())
        .containsExactly("node 'Hardmax_y' (Hardmax): the operator is not supported");
  }
}
