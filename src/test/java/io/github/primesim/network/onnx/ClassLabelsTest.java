package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.github.primesim.functional.FloatInference;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classifiers that give labels: the network ends at the scores. */
class ClassLabelsTest {
  private static final long SEED = 3;

  @TempDir Path folder;

  private static ModelBuilder scores() {
    return new ModelBuilder(17, SEED)
        .input("x", 1, 6)
        .weights("w", 6, 5)
        .weights("b", 5)
        .node("MatMul", "x w", "m")
        .node("Add", "m b", "s")
        .node("Softmax", "s", "p", "axis", 1);
  }

  /** Imports a model and compares it with one that has scores as outputs from the beginning. */
  private OnnxNetwork endsAt(ModelBuilder model, String... expected) throws IOException {
    OnnxNetwork read = OnnxFile.read(model.write(folder, "labels"), ImportOptions.NONE);
    ModelBuilder plain = scores();
    for (String output : expected) {
      plain.output(output);
    }
    Path reference = plain.write(folder, "scores");
    float[] input = Reference.drawn(read.network(), SEED);
    float[] outputs = Reference.outputs(reference, ImportOptions.NONE, input);
    float[] found = new FloatInference(read.network(), read.weights()).run(input);
    assertThat(found).hasSameSizeAs(outputs);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(outputs[i], org.assertj.core.data.Offset.offset(1e-6f));
    }
    return read;
  }

  @Test
  void theLargestScoreIsLeftToWhoReadsThem() throws IOException {
    OnnxNetwork read = endsAt(scores().node("ArgMax", "p", "y", "axis", 1).output("y"), "p");

    assertThat(read.left())
        .containsExactly(
            "node 'ArgMax_y' (ArgMax): it takes labels from scores; the network ends at the scores,"
                + " of which 'accuracy' takes the largest itself");
    endsAt(scores().node("ArgMax", "s", "y", "axis", -1, "keepdims", 0).output("y"), "s");
  }

  @Test
  void scoresThatAreOutputsTooAreThereOnce() throws IOException {
    endsAt(scores().node("ArgMax", "p", "y", "axis", 1).output("y").output("p"), "p");
    // A softmax leaves the order as it is.
    endsAt(scores().node("ArgMax", "p", "y", "axis", 1).output("s").output("y"), "s");
    endsAt(scores().node("ArgMax", "s", "y", "axis", 1).output("p").output("y"), "p");
    endsAt(
        scores()
            .node("ArgMax", "s", "y", "axis", 1)
            .node("ArgMax", "p", "z", "axis", 1)
            .output("y")
            .output("z"),
        "s");
  }

  @Test
  void otherOutputsStay() throws IOException {
    endsAt(
        scores().node("ArgMax", "s", "y", "axis", 1).node("Tanh", "m", "t").output("m").output("y"),
        "m",
        "s");
  }

  @Test
  void namesOfScikitLearnAreLeftOut() throws IOException {
    TensorProto names =
        TensorProto.newBuilder()
            .setName("names")
            .setDataType(TensorProto.DataType.STRING_VALUE)
            .addDims(5)
            .addAllStringData(
                List.of("a", "b", "c", "d", "e").stream().map(ByteString::copyFromUtf8).toList())
            .build();
    OnnxNetwork read =
        endsAt(
            scores()
                .tensor(names)
                .integers("flat", -1)
                .node("ArgMax", "p", "a", "axis", 1)
                .node("ai.onnx.ml.ArrayFeatureExtractor", "names a", "e")
                .node("Reshape", "e flat", "label")
                .node("ai.onnx.ml.ZipMap", "p", "map", "classlabels_strings", List.of("a", "b"))
                .output("label")
                .output("map"),
            "p");

    assertThat(read.left())
        .hasSize(4)
        .anyMatch(
            line ->
                line.equals(
                    "node 'ai.onnx.ml.ZipMap_map' (ai.onnx.ml.ZipMap): it names the scores"));
  }

  @Test
  void theFirstFewLabelsAreLabels() throws IOException {
    endsAt(
        scores()
            .integers("k", 3)
            .integers("names", 7, 8, 9, 10, 11)
            .node("TopK", "s k", "v i", "axis", 1)
            .node("Gather", "names i", "y")
            .output("v")
            .output("y"),
        "s");
  }

  @Test
  void labelsThatAreComputedWithAreRefused() throws IOException {
    String expected =
        "it chooses among scores, allowed: the largest, at the end of the network, for labels that"
            + " nothing computes with; --skip-unsupported leaves it to the host";
    refused(
        scores()
            .node("ArgMax", "s", "a", "axis", 1)
            .node("Cast", "a", "f", "to", 1)
            .node("Mul", "s f", "y")
            .output("y"),
        "node 'ArgMax_a' (ArgMax): " + expected);
    refused(
        scores().integers("k", 2).node("TopK", "s k", "y i").output("y"),
        "node 'TopK_y' (TopK): " + expected);
    refused(
        scores().integers("k", 2).node("TopK", "s k", "v y", "largest", 0).output("y"),
        "node 'TopK_v' (TopK): " + expected);
  }

  @Test
  void labelsAlongTheWrongAxisAreRefused() throws IOException {
    refused(
        scores().node("ArgMax", "s", "y").output("y"),
        "axis 0 of 1x5 has a single place, allowed: the axis of the classes");
    refused(
        scores().node("ArgMax", "s", "y", "axis", 2).output("y"), "axis is 2, allowed: -2 to 1");
    refused(
        scores().node("ArgMax", "s", "y", "axes", 1).output("y"),
        "it has the attribute 'axes', allowed: axis, keepdims, select_last_index");
  }

  private void refused(ModelBuilder model, String expected) throws IOException {
    Path file = model.write(folder, "refused");
    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": node '")
        .hasMessageContaining(expected)
        .hasMessageNotContaining("\n");
  }

  @Test
  void withoutScoresAsAnOutputTheHostGetsWhatIsComputedWith() throws IOException {
    Path file =
        scores()
            .node("ArgMax", "s", "a", "axis", 1)
            .node("Cast", "a", "f", "to", 1)
            .node("Mul", "s f", "y")
            .output("y")
            .write(folder, "host");

    assertThat(OnnxFile.read(file, new ImportOptions(Map.of(), Map.of(), true)).left().get(0))
        .isEqualTo(
            "node 'ArgMax_a' (ArgMax): it chooses among scores, allowed: the largest, at the end of"
                + " the network, for labels that nothing computes with");
  }
}
