package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.functional.FloatInference;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are made for several images, imported for one. */
class FixedBatchTest {
  private static final long SEED = 17;
  private static final int IMAGES = 4;

  @TempDir Path folder;

  /** All images of the file's own batch give what the import gives for each of them. */
  private void eachImageIsTheSame(BiFunction<ModelBuilder, Integer, ModelBuilder> rest, int... one)
      throws IOException {
    int[] all = one.clone();
    all[0] = IMAGES;
    Path file =
        rest.apply(new ModelBuilder(13, SEED).input("x", all), IMAGES)
            .output("y")
            .write(folder, "several");
    ImportOptions options =
        new ImportOptions(Map.of("x", Arrays.stream(one).boxed().toList()), Map.of(), false);

    OnnxNetwork read = OnnxFile.read(file, options);

    int size = read.network().input().size();
    float[] inputs = new float[IMAGES * size];
    for (int image = 0; image < IMAGES; image++) {
      System.arraycopy(
          Reference.drawn(read.network(), SEED + image), 0, inputs, image * size, size);
    }
    float[] expected = Reference.outputs(file, ImportOptions.NONE, inputs);
    FloatInference inference = new FloatInference(read.network(), read.weights());
    for (int image = 0; image < IMAGES; image++) {
      float[] found = inference.run(Arrays.copyOfRange(inputs, image * size, (image + 1) * size));
      assertThat(found).hasSize(expected.length / IMAGES);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i]).isCloseTo(expected[image * found.length + i], Offset.offset(2e-6f));
      }
    }
  }

  private static ModelBuilder convolved(ModelBuilder model) {
    return model.weights("w", 4, 3, 3, 3).node("Conv", "x w", "c").node("Relu", "c", "r");
  }

  @Test
  void shapesThatHoldTheNumberOfImagesHoldOne() throws IOException {
    for (long rest : new long[] {-1, 64}) {
      eachImageIsTheSame(
          (model, images) ->
              convolved(model)
                  .integers("flat", images, rest)
                  .weights("v", 64, 5)
                  .node("Reshape", "r flat", "f")
                  .node("MatMul", "f v", "y"),
          1,
          3,
          6,
          6);
    }
    // Without the number, the shares of a softmax would be those of a part of the image.
    eachImageIsTheSame(
        (model, images) ->
            convolved(model)
                .integers("flat", images, -1)
                .node("Reshape", "r flat", "f")
                .node("Softmax", "f", "y", "axis", 1),
        1,
        3,
        6,
        6);
    eachImageIsTheSame(
        (model, images) ->
            convolved(model)
                .integers("split", images, 2, 0, -1)
                .integers("wide", images, 2, 2, 16)
                .node("ReduceMean", "r", "m", "axes", new long[] {2, 3})
                .node("Reshape", "r split", "s")
                .node("Slice", "s zero two last", "cut")
                .integers("zero", 0)
                .integers("two", 2)
                .integers("last", 2)
                .node("Expand", "m all", "e")
                .integers("all", images, 4, 4, 4)
                .node("Sub", "r e", "y"),
        1,
        3,
        6,
        6);
  }

  @Test
  void constantsThatAreTheSameForEachImageAreThoseOfOne() throws IOException {
    eachImageIsTheSame(
        (model, images) ->
            model
                .weights("token", 1, 1, 6)
                .weights("w", 6, 6)
                .integers("times", images, 1, 1)
                .node("Tile", "token times", "tokens")
                .node("MatMul", "x w", "m")
                .node("Concat", "tokens m", "j", "axis", 1)
                .weights("position", 1, 5, 6)
                .node("Tile", "position times", "positions")
                .node("Add", "j positions", "y"),
        1,
        4,
        6);
  }

  /** What PyTorch writes: states of zeros, their shape joined of constants. */
  @Test
  void statesOfEachImageAreThoseOfOne() throws IOException {
    eachImageIsTheSame(
        (model, images) ->
            model
                .integers("directions", 1)
                .integers("images", images)
                .integers("units", 2)
                .number("zero", 0)
                .weights("w", 1, 8, 3)
                .weights("r", 1, 8, 2)
                .weights("state", 1, 1, 2)
                .node("Concat", "directions images units", "shape", "axis", 0)
                .node("Expand", "state shape", "h")
                .node("Expand", "zero shape", "c")
                .node("Transpose", "x", "t", "perm", new long[] {1, 0, 2})
                .node("LSTM", "t w r _ _ h c", "all last", "hidden_size", 2)
                .node("Transpose", "all", "y", "perm", new long[] {2, 0, 1, 3}),
        1,
        5,
        3);
  }

  @Test
  void constantsOfEachImageAreRefused() throws IOException {
    Path file =
        new ModelBuilder(13, SEED)
            .input("x", IMAGES, 6)
            .weights("w", 6, 6)
            .weights("own", IMAGES, 6)
            .node("MatMul", "x w", "m")
            .node("Add", "m own", "y")
            .output("y")
            .write(folder, "own");

    assertThatThrownBy(
            () ->
                OnnxFile.read(file, new ImportOptions(Map.of("x", List.of(1, 6)), Map.of(), false)))
        .isInstanceOf(InputProblem.class)
        .hasMessage(
            file
                + ": node 'Add_y' (Add): input 1, a constant of the shape 4x6, differs among the 4"
                + " images the file is made for, allowed for one of them: the same for each");
  }

  @Test
  void anOutputOfSeveralImagesIsRefused() throws IOException {
    ModelBuilder model =
        new ModelBuilder(13, SEED)
            .input("x", IMAGES, 6)
            .weights("w", 6, 6)
            .integers("times", IMAGES, 1)
            .node("MatMul", "x w", "m")
            .node("Tile", "m times", "y");
    Path file = model.output("y", IMAGES, 6).write(folder, "tiled");

    assertThatThrownBy(
            () ->
                OnnxFile.read(file, new ImportOptions(Map.of("x", List.of(1, 6)), Map.of(), false)))
        .isInstanceOf(InputProblem.class)
        .hasMessage(
            file
                + ": output 'y' has the shape 4x6 for one image, where the file has 4x6 for 4,"
                + " allowed: images that are kept apart");
  }

  @Test
  void aRefusalSaysHowToAskForOneImage() throws IOException {
    Path file =
        convolved(new ModelBuilder(13, SEED).input("x", IMAGES, 3, 6, 6))
            .output("r")
            .write(folder, "several");

    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessage(
            file
                + ": node 'Conv_c' (Conv): it reads the shape 4x3x6x6, allowed: 1 x channels x"
                + " length or 1 x channels x height x width; one image: --input-shape x=1x3x6x6");
  }
}
