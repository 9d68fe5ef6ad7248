package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.github.primesim.TestClassPath;
import io.github.primesim.cli.CommandRun;
import io.github.primesim.network.Network;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Damaged models are refused in one line, whatever they claim to need. */
class DamagedModelsTest {
  private static final long SEED = 1;

  /** Less than a tenth of what the greediest of these files claims to need. */
  private static final String MEMORY = "-Xmx96m";

  @TempDir private Path folder;

  /** With {@code -Dprimesim.mutations=10000} the whole of it. */
  @Test
  void damagedFilesAreRefusedInOneLineOrUsed() throws IOException, InterruptedException {
    int count = Integer.getInteger("primesim.mutations", 150);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                MEMORY,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                TestClassPath.get(),
                DamagedModels.class.getName(),
                folder.toString(),
                "0",
                Integer.toString(count))
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).startsWith(count + " damaged files, ").contains(" 0 faults");
    if (count > 1000) {
      System.out.println(output);
    }
  }

  @Test
  void truncatedFilesAreRefused() throws IOException {
    byte[] sound = model().model().toByteArray();
    for (int length = 0; length < sound.length; length += 7) {
      Path file = Files.write(folder.resolve("m.onnx"), Arrays.copyOf(sound, length));
      assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
          .as("the first %d bytes", length)
          .isInstanceOf(InputProblem.class)
          .hasMessageStartingWith(file + ": ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "PK\u0003\u0004", "{\"ir_version\": 8}", "\u0008\u0008\u0012\u0004test"})
  void whatIsNoModelIsRefused(String content) throws IOException {
    refused(content.getBytes(StandardCharsets.UTF_8), "");
  }

  @Test
  void tensorsThatAreShorterOrLongerThanTheirShapeAreRefused() throws IOException {
    refused(
        weights(tensor().setRawData(ByteString.copyFrom(new byte[124]))),
        "tensor 'w' claims the shape 4x8 of FLOAT, which are 128 bytes, but holds 124");
    refused(
        weights(tensor().setRawData(ByteString.copyFrom(new byte[132]))),
        "tensor 'w' claims the shape 4x8 of FLOAT, which are 128 bytes, but holds 132");
    refused(
        weights(tensor().clearRawData().addFloatData(1)),
        "tensor 'w' claims the shape 4x8 of FLOAT, which are 128 bytes, but holds 4");
    refused(
        weights(tensor().setDataType(TensorProto.DataType.STRING_VALUE)),
        "tensor 'w' is of type STRING, allowed: FLOAT, DOUBLE, FLOAT16, BFLOAT16, BOOL, and");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-4 8 | has a negative extent in its shape [-4, 8]",
        "2500000000 1 | claims the shape [2500000000, 1], allowed: up to 2^31-1 values",
        "50000 50000 | claims the shape [50000, 50000], allowed: up to 2^31-1 values",
        "4294967296 4294967296 | claims the shape [4294967296, 4294967296], allowed: up to 2^31-1",
        "40000 50000 | claims the shape 40000x50000 of FLOAT, which are 8000000000 bytes, but holds"
            + " 128"
      })
  void shapesThatNoFileHoldsAreRefused(String dims, String expected) throws IOException {
    TensorProto.Builder tensor = tensor().clearDims();
    for (String extent : dims.split(" ", -1)) {
      tensor.addDims(Long.parseLong(extent));
    }
    refused(weights(tensor), "tensor 'w' " + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 -3 6 7 | input 'x' has the extent -3, allowed: 1 to 67108864",
        "1 10000000000 6 7 | input 'x' has the extent 10000000000, allowed: 1 to 67108864",
        "1 3 50000 50000 | its inputs: a tensor has the shape 1x3x50000x50000, allowed: up to"
            + " 67108864",
        "1 3 60000 300 | , allowed: up to 67108864 values"
      })
  void inputsThatNoMemoryHoldsAreRefused(String dims, String expected) throws IOException {
    ModelProto.Builder model = model().model().toBuilder();
    var shape =
        model
            .getGraphBuilder()
            .getInputBuilder(0)
            .getTypeBuilder()
            .getTensorTypeBuilder()
            .getShapeBuilder();
    String[] extents = dims.split(" ", -1);
    for (int i = 0; i < extents.length; i++) {
      shape.getDimBuilder(i).setDimValue(Long.parseLong(extents[i]));
    }
    refused(model.build().toByteArray(), expected);
  }

  @Test
  void externalDataMustBeThereAndBesideTheModel() throws IOException {
    Files.write(folder.resolve("short.bin"), new byte[100]);
    Files.write(folder.resolve("long.bin"), new byte[200]);
    refused(
        weights(external("none.bin", "0", "128")),
        "tensor 'w' lies in 'none.bin', which is missing");
    refused(
        weights(external("../none.bin", "0", "128")),
        "tensor 'w' lies in '../none.bin', allowed: files below the folder of the model");
    refused(
        weights(external("/etc/hostname", "0", "128")),
        "tensor 'w' lies in '/etc/hostname', allowed: files below the folder of the model");
    refused(weights(external("a\0b", "0", "128")), "tensor 'w' lies in 'a\0b', which is no path");
    refused(
        weights(external("short.bin", "0", "128")),
        "tensor 'w' lies at byte 0 of 'short.bin', 128 bytes long, but that file has 100");
    refused(
        weights(external("long.bin", "100", "128")),
        "tensor 'w' lies at byte 100 of 'long.bin', 128 bytes long, but that file has 200");
    refused(
        weights(external("long.bin", "9223372036854775807", "128")),
        "tensor 'w' lies at byte 9223372036854775807 of 'long.bin'");
    refused(weights(external("long.bin", "-1", "128")), "tensor 'w' lies at byte -1 of 'long.bin'");
    refused(
        weights(external("long.bin", "0", "10000000000")),
        "tensor 'w' needs 128 bytes for its shape, but its external data are 10000000000");
    refused(
        weights(external("long.bin", "ten", "128")),
        "tensor 'w' has external data of offset 'ten', allowed: a number of bytes");
    Path file = Files.write(folder.resolve("m.onnx"), weights(external("long.bin", "72", "128")));
    assertThat(CommandRun.of("compile", "--network", file.toString()).exit()).isZero();
  }

  /** A link in the folder must not lead out of it either. */
  @Test
  void externalDataBehindALinkOutOfTheFolderAreRefused() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Path secret = Files.write(folder.resolve("secret.bin"), new byte[128]);
    Files.createSymbolicLink(model.resolve("w.bin"), secret);
    Path file = Files.write(model.resolve("m.onnx"), weights(external("w.bin", "0", "128")));

    CommandRun run = CommandRun.of("compile", "--network", file.toString());

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("lies in 'w.bin', allowed: files below the folder of the model")
        .hasLineCount(1);
  }

  @Test
  void cyclicGraphsAreRefused() throws IOException {
    refused(
        new ModelBuilder(13, SEED)
            .input("x", 1, 4)
            .weights("w", 4, 4)
            .node("Add", "x b", "a")
            .node("MatMul", "a w", "b")
            .output("b"),
        "node 'Add_a' (Add): it reads 'b', which node 'MatMul_b' gives only after it: the graph is"
            + " cyclic or out of order");
    refused(
        new ModelBuilder(13, SEED).input("x", 1, 4).node("Add", "x a", "a").output("a"),
        "node 'Add_a' (Add): it reads 'a', which node 'Add_a' gives only after it");
    refused(
        new ModelBuilder(13, SEED).input("x", 1, 4).node("Add", "x nothing", "a").output("a"),
        "node 'Add_a' (Add): it reads 'nothing', which nothing gives");
  }

  @Test
  void namesThatAreGivenTwiceAreRefused() throws IOException {
    refused(
        image().node("Conv", "x w", "y").node("Relu", "y", "y").output("y"),
        "node 'Relu_y' (Relu): it gives 'y', which is given already, allowed: a new name");
    refused(
        image().node("Conv", "x w", "x").output("x"),
        "node 'Conv_x' (Conv): it gives 'x', which is given already");
    refused(
        image().node("Conv", "x w", "w").output("w"),
        "node 'Conv_w' (Conv): it gives 'w', which is given already");
  }

  /** Some hundred bytes that would make constants of gigabytes. */
  @Test
  void constantsThatWouldGrowTooLargeAreRefused() throws IOException {
    refused(
        half().node("Concat", "c c c", "y", "axis", 0).node("Reshape", "x y", "z").output("z"),
        "node 'Concat_y' (Concat): it joins 100663296 places along axis 0, allowed: up to 67108864");
    refused(
        half()
            .integers("axes", 0)
            .node("Unsqueeze", "c axes", "row")
            .node("Concat", "row row row", "y", "axis", 0)
            .node("Reshape", "x y", "z")
            .output("z"),
        "node 'Concat_y' (Concat): a constant has the shape 3x33554432, allowed: up to 67108864"
            + " values");
    refused(
        half()
            .integers("axes", 1)
            .node("Unsqueeze", "c axes", "column")
            .integers("two", 1, 2, 3)
            .node("Add", "column two", "y")
            .node("Reshape", "x y", "z")
            .output("z"),
        "node 'Add_y' (Add): a constant has the shape 33554432x3, allowed: up to 67108864 values");
    refused(
        half()
            .integers("places", 0, 0, 0)
            .integers("axes", 1)
            .node("Unsqueeze", "c axes", "column")
            .node("Gather", "column places", "y", "axis", 1)
            .node("Reshape", "x y", "z")
            .output("z"),
        "node 'Gather_y' (Gather): a constant has the shape 33554432x3, allowed: up to 67108864");
    refused(
        half().integers("three", 3).node("Tile", "c three", "y").output("y"),
        "node 'Tile_y' (Tile): a tensor has the shape 3x33554432, allowed: up to 67108864 values");
  }

  private static ModelBuilder half() {
    return image().integers("half", 1 << 25).node("ConstantOfShape", "half", "c");
  }

  /** None of them is large: a thousand of 512 kB each. */
  @Test
  void constantsThatAreTooManyTogetherAreRefused() throws IOException {
    ModelBuilder model = image().integers("shape", 1 << 16).node("ConstantOfShape", "shape", "c0");
    for (int i = 0; i <= 1024; i++) {
      model.node("Neg", "c" + i, "c" + (i + 1));
    }
    refused(
        model.node("Conv", "x w", "y").output("y"),
        "node 'Neg_c1025' (Neg): with it, all constants that are computed at import are 67174400"
            + " values, allowed: up to 67108864");
  }

  /** Two branches of which one is taken name their values alike in files that are in order. */
  @Test
  void branchesMayNameTheirValuesAlike() throws IOException {
    ModelBuilder branch = new ModelBuilder(13, SEED).node("Relu", "c", "t").output("t");
    ModelBuilder model = image().node("Conv", "x w", "c").number("one", 1).number("none", 0);
    for (String condition : new String[] {"one", "none"}) {
      model.node(
          "If",
          condition,
          "y" + condition,
          "then_branch",
          branch.graph(),
          "else_branch",
          branch.graph());
    }
    Path file = model.node("Add", "yone ynone", "y").output("y").write(folder, "branches");

    assertThat(OnnxFile.read(file, ImportOptions.NONE).left()).isEmpty();
  }

  /** A misspelt attribute would leave the node at its default. */
  @Test
  void attributesThatAnOperatorDoesNotHaveAreRefused() throws IOException {
    refused(
        image().node("Conv", "x w", "y", "dilation", new long[] {2, 2}).output("y"),
        "node 'Conv_y' (Conv): it has the attribute 'dilation', allowed: auto_pad, dilations,"
            + " group, kernel_shape, pads, strides");
    refused(
        image().node("Conv", "x w", "c").node("Relu", "c", "y", "alpha", 0.1).output("y"),
        "node 'Relu_y' (Relu): it has the attribute 'alpha', allowed: none");
    refused(
        image().integers("c", 1, 2).node("Neg", "c", "d", "by", 2).output("d"),
        "node 'Neg_d' (Neg): it has the attribute 'by', allowed: none");
    refused(
        image()
            .node("Conv", "x w", "c")
            .number("sizes", 1)
            .node("Resize", "c _ sizes", "y", "axes", new long[] {2, 3})
            .output("y"),
        "node 'Resize_y' (Resize): ");
  }

  @Test
  void attributesWithoutInfluenceAreAccepted() throws IOException {
    Path file =
        image()
            .weightsBetween("ones", 0.5, 1.5, 4)
            .node("Conv", "x w", "c", "auto_pad", "NOTSET")
            .node(
                "BatchNormalization",
                "c ones ones ones ones",
                "n",
                "momentum",
                0.9,
                "spatial",
                1,
                "is_test",
                1)
            .node("Relu", "n", "r", "consumed_inputs", new long[] {0})
            .node("MaxPool", "r", "p", "kernel_shape", new long[] {2, 2}, "storage_order", 1)
            .node("Dropout", "p", "y", "ratio", 0.5, "seed", 1)
            .output("y")
            .write(folder, "harmless");

    assertThat(OnnxFile.read(file, ImportOptions.NONE).network().layers()).hasSize(2);
  }

  @Test
  void constantsThatCannotBeBroadcastAreRefused() throws IOException {
    for (String operator : new String[] {"PRelu", "Pow"}) {
      refused(
          image()
              .weightsBetween("six", 0.3, 0.3, 6)
              .node("Conv", "x w", "c")
              .node(operator, "c six", "y")
              .output("y"),
          "has the shape 6, allowed: what can be broadcast to 1x4x4x5");
    }
    refused(
        image()
            .weightsBetween("more", 0.3, 0.3, 2, 1, 4, 1, 1)
            .node("Conv", "x w", "c")
            .node("PRelu", "c more", "y")
            .output("y"),
        "node 'PRelu_y' (PRelu): its slope has the shape 2x1x4x1x1, allowed: what can be broadcast"
            + " to 1x4x4x5");
  }

  @Test
  void placesThatAreNoWholeNumbersAreRefused() throws IOException {
    refused(
        image()
            .number("place", 1.5f)
            .node("Conv", "x w", "c")
            .node("Gather", "c place", "y", "axis", 1)
            .output("y"),
        "node 'Gather_y' (Gather): a constant holds 1.5, allowed: whole numbers");
    Path file =
        image()
            .number("place", 1.5f)
            .integers("type", 0)
            .node("CastLike", "place type", "whole")
            .node("Conv", "x w", "c")
            .node("Gather", "c whole", "y", "axis", 1)
            .output("y")
            .write(folder, "whole");
    assertThat(OnnxFile.read(file, ImportOptions.NONE).left()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "strides | 1099511627776 1 | strides holds 1099511627776, allowed: 1 to 67108864",
        "dilations | 1 0 | dilations holds 0, allowed: 1 to 67108864",
        "pads | 0 0 67108865 0 | a pad is 67108865, allowed: 0 to 67108864"
      })
  void attributesOutOfRangeAreRefusedWithBothLimits(String name, String values, String expected)
      throws IOException {
    long[] given = Arrays.stream(values.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    refused(image().node("Conv", "x w", "y", name, given).output("y"), expected);
  }

  /** Deep, not large: what is computed at import must not run out of stack. */
  @Test
  void aLongChainOfConstantsIsComputed() throws IOException {
    ModelBuilder model = new ModelBuilder(13, SEED).input("x", 1, 257);
    model.weights("w0", 257, 257);
    for (int i = 0; i < 2000; i++) {
      model.node(i % 2 == 0 ? "Transpose" : "Neg", "w" + i, "w" + (i + 1));
    }
    Path file = model.node("MatMul", "x w2000", "y").output("y").write(folder, "chain");

    OnnxNetwork read = OnnxFile.read(file, ImportOptions.NONE);

    assertThat(read.weights().matrix(read.network().output(), 0).at(7, 3))
        .isEqualTo(ModelBuilder.value(model, "w0", 7 * 257 + 3));
  }

  /** Doubling forty times a tensor that is not computed at once would take ages. */
  @Test
  void aDoublingChainOfConstantsTakesNoLongerThanItIs() throws IOException {
    ModelBuilder model = new ModelBuilder(13, SEED).input("x", 1, 300);
    model.weightsBetween("w0", -1e-12, 1e-12, 300, 300);
    for (int i = 0; i < 40; i++) {
      model.node("Add", "w" + i + " w" + i, "w" + (i + 1));
    }
    Path file = model.node("MatMul", "x w40", "y").output("y").write(folder, "doubled");

    OnnxNetwork read = OnnxFile.read(file, ImportOptions.NONE);

    assertThat(read.weights().matrix(read.network().output(), 0).at(7, 3))
        .isEqualTo(Math.scalb(ModelBuilder.value(model, "w0", 7 * 300 + 3), 40));
  }

  /** The first classifier layer of VGG-16: more weights than any layer has values. */
  @Test
  void weightsMayBeMoreThanValues() throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("fc6.bin").toFile(), "rw")) {
      file.setLength(4L * 4096 * 25088);
    }
    TensorProto.Builder weights =
        external("fc6.bin", "0", Long.toString(4L * 4096 * 25088)).clearDims();
    weights.addDims(4096).addDims(25088).setName("w");
    Path file =
        new ModelBuilder(13, SEED)
            .input("x", 1, 25088)
            .tensor(weights.build())
            .node("Gemm", "x w", "y", "transB", 1)
            .output("y")
            .write(folder, "vgg");

    Network network = OnnxFile.read(file, ImportOptions.NONE).network();

    assertThat(network.weights(network.output())).isEqualTo(102_760_448);
  }

  /** An image and the weights {@code w} of a convolution that reads it. */
  private static ModelBuilder image() {
    return ModelBuilder.image(13, SEED).weights("w", 4, 3, 3, 3);
  }

  private static ModelBuilder model() {
    return ModelBuilder.image(13, SEED)
        .weights("w", 64, 3, 3, 3)
        .weights("v", 2, 64, 1, 1)
        .node("Conv", "x w", "c")
        .node("Relu", "c", "r")
        .node("Conv", "r v", "y")
        .output("y");
  }

  private static TensorProto.Builder tensor() {
    return ModelBuilder.floats("w", new int[] {4, 8}, new float[32]).toBuilder();
  }

  private static TensorProto.Builder external(String location, String offset, String length) {
    TensorProto.Builder tensor =
        tensor().clearRawData().setDataLocation(TensorProto.DataLocation.EXTERNAL);
    String[][] all = {{"location", location}, {"offset", offset}, {"length", length}};
    for (String[] each : all) {
      tensor.addExternalData(StringStringEntryProto.newBuilder().setKey(each[0]).setValue(each[1]));
    }
    return tensor;
  }

  private static byte[] weights(TensorProto.Builder tensor) {
    GraphProto.Builder graph =
        new ModelBuilder(13, SEED)
            .input("x", 1, 4).node("MatMul", "x w", "y").output("y").graph().toBuilder()
                .addInitializer(tensor);
    return model().model().toBuilder().setGraph(graph).build().toByteArray();
  }

  private void refused(ModelBuilder model, String expected) throws IOException {
    refused(model.model().toByteArray(), expected);
  }

  private void refused(byte[] content, String expected) throws IOException {
    Path file = Files.write(folder.resolve("m.onnx"), content);
    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(expected);
  }
}
