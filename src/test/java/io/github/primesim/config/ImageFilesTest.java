package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.network.Activation;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.NpzBytes;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.units.InputProblem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFilesTest {
  @TempDir private Path folder;

  private static byte[] idx(int magic, int[] extents, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * extents.length + length);
    bytes.putInt(magic);
    for (int extent : extents) {
      bytes.putInt(extent);
    }
    for (int i = 0; i < length; i++) {
      bytes.put((byte) (250 + i));
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  private static byte[] images() {
    return idx(0x803, new int[] {3, 2, 4}, 24);
  }

  private static byte[] labels() {
    return idx(0x801, new int[] {3}, 3);
  }

  private static void isFirst(LabelledImages images, int count) {
    assertThat(images.count()).isEqualTo(count);
    assertThat(images.shape()).isEqualTo(new Shape(1, 2, 4));
    assertThat(images.pixels()).hasSize(count * 8);
    assertThat(images.pixel(1, 3)).isEqualTo((250 + 11) % 256);
    assertThat(images.label(0)).isEqualTo(250);
  }

  @ParameterizedTest
  @CsvSource({"-, ''", "., ''", "-, .gz", "., .gz"})
  void theFilesOfMnistAreReadUnderEachOfTheirNames(String dot, String packing) throws IOException {
    boolean packed = !packing.isEmpty();
    Files.write(
        folder.resolve("t10k-images" + dot + "idx3-ubyte" + packing),
        packed ? gzip(images()) : images());
    Files.write(
        folder.resolve("t10k-labels" + dot + "idx1-ubyte" + packing),
        packed ? gzip(labels()) : labels());
    isFirst(ImageFiles.read(folder, 2), 2);
    isFirst(ImageFiles.read(folder, 100), 3);
  }

  private void refused(byte[] images, byte[] labels, String message) throws IOException {
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images);
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels);
    assertThatThrownBy(() -> ImageFiles.read(folder, 10))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedIdxFilesAreRefused() throws IOException {
    refused(new byte[0], labels(), "images-idx3-ubyte: is truncated");
    refused(Arrays.copyOf(images(), 39), labels(), "ends after 23 of 24 bytes");
    refused(images(), Arrays.copyOf(labels(), 9), "labels-idx1-ubyte: is truncated");
    refused(labels(), labels(), "begins with 801, allowed: the idx word 803");
    refused(images(), idx(0x801, new int[] {4}, 4), "holds 4 labels, allowed: 3");
    refused(idx(0x803, new int[] {-1, 2, 4}, 24), labels(), "claims -1 entries");
    refused(idx(0x803, new int[] {3, 2, 5000}, 24), labels(), "claims images of extent 5000");
    refused(idx(0x803, new int[] {3, 0, 4}, 24), labels(), "claims images of extent 0");
  }

  @Test
  void aFolderWithoutImagesIsRefused() throws IOException {
    assertThatThrownBy(() -> ImageFiles.read(folder, 10))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("holds none of t10k-images-idx3-ubyte, t10k-images-idx3-ubyte.gz");
    Files.write(folder.resolve("t10k-images.idx3-ubyte.gz"), images());
    Files.write(folder.resolve("t10k-labels.idx1-ubyte"), labels());
    assertThatThrownBy(() -> ImageFiles.read(folder, 10))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("is not a gzip file");
    assertThatThrownBy(() -> ImageFiles.read(folder, 0)).hasMessageContaining("limit of images");
    assertThatThrownBy(() -> ImageFiles.read(folder.resolve("none"), 1))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("no such file");
  }

  private static NpzBytes archive() {
    return new NpzBytes()
        .bytes("images", "|u1", new int[] {3, 2, 4}, Arrays.copyOfRange(images(), 16, 40))
        .bytes("labels", "|u1", new int[] {3}, (byte) 250, (byte) 1, (byte) 2);
  }

  @Test
  void anArchiveIsRead() {
    Path file = folder.resolve("digits.npz");
    archive().write(file);
    isFirst(ImageFiles.read(file, 2), 2);
    archive().write(folder.resolve("test-images.npz"));
    isFirst(ImageFiles.read(folder, 2), 2);
    archive()
        .bytes("images", "|u1", new int[] {3, 2, 2, 2}, Arrays.copyOfRange(images(), 16, 40))
        .longs("labels", new int[] {3}, 9, 8, 7)
        .write(file);
    LabelledImages coloured = ImageFiles.read(file, 10);
    assertThat(coloured.shape()).isEqualTo(new Shape(2, 2, 2));
    assertThat(coloured.label(2)).isEqualTo(7);
  }

  private void refused(NpzBytes content, String message) {
    Path file = content.write(folder.resolve("digits.npz"));
    assertThatThrownBy(() -> ImageFiles.read(file, 10))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void aClassThatTheNetworkDoesNotHaveIsRefusedWhereItCounts() {
    Path archive =
        new NpzBytes()
            .bytes("images", "|u1", new int[] {3, 2, 4}, new byte[24])
            .bytes("labels", "|u1", new int[] {3}, (byte) 0, (byte) 9, (byte) 10)
            .write(folder.resolve("images.npz"));
    Layer layer = new FullyConnected("fc", List.of("input"), 10, false, Activation.NONE);
    Network network =
        new Network("n", Origin.TRAINED, "", new Shape(1, 2, 4), false, List.of(layer));

    assertThat(ImageFiles.read(archive, 3, network).label(2)).isEqualTo(10);
    assertThat(ImageFiles.readLabelled(archive, 2, network).count()).isEqualTo(2);
    assertThatThrownBy(() -> ImageFiles.readLabelled(archive, 3, network))
        .isInstanceOf(InputProblem.class)
        .hasMessage(archive + ": label of image 2 is 10, network 'n' has the classes 0 to 9");
  }

  @Test
  void anArchiveThatHoldsSomethingElseIsRefused() {
    refused(archive().without("labels"), "array 'labels' is missing");
    refused(
        archive().bytes("images", "|u1", new int[] {24}, new byte[24]),
        "has the shape [24], allowed");
    refused(archive().bytes("images", "|u1", new int[] {3, 0, 4}, new byte[0]), "it is empty");
    refused(
        archive().bytes("labels", "|u1", new int[] {4}, new byte[4]),
        "array 'labels' has the shape [4], allowed: [3]");
    refused(archive().floats("images", new int[] {3, 2, 4}, new float[24]), "allowed: uint8");
  }
}
