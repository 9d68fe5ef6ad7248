package io.github.primesim.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
  private static final byte[] IMAGES =
      ByteBuffer.allocate(16 + 12)
          .putInt(0x0803)
          .putInt(2)
          .putInt(2)
          .putInt(3)
          .put(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, (byte) 200, (byte) 255})
          .array();
  private static final byte[] LABELS =
      ByteBuffer.allocate(8 + 2).putInt(0x0801).putInt(2).put((byte) 7).put((byte) 3).array();

  @TempDir private Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    images = folder.resolve("images");
    labels = folder.resolve("labels");
    Files.write(images, IMAGES);
    Files.write(labels, LABELS);
  }

  @Test
  void imagesAndLabelsAreRead() {
    LabelledImages read = IdxFile.read(images, labels);
    assertThat(read.count()).isEqualTo(2);
    assertThat(read.height()).isEqualTo(2);
    assertThat(read.width()).isEqualTo(3);
    assertThat(read.pixels()).containsExactly(Arrays.copyOfRange(IMAGES, 16, 28));
    assertThat(read.label(0)).isEqualTo(7);
    assertThat(read.label(1)).isEqualTo(3);
  }

  @Test
  void compressedFilesAreFoundBesideTheName() throws IOException {
    Files.delete(images);
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("images.gz")))) {
      out.write(IMAGES);
    }
    assertThat(IdxFile.read(images, labels).pixels())
        .containsExactly(Arrays.copyOfRange(IMAGES, 16, 28));
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    for (int length = 0; length < IMAGES.length; length++) {
      Files.write(images, Arrays.copyOf(IMAGES, length));
      assertThatThrownBy(() -> IdxFile.read(images, labels))
          .as("%d bytes", length)
          .isInstanceOf(UnusableInput.class)
          .hasMessageContaining("images")
          .hasMessageContaining("ends");
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() throws IOException {
    Files.write(labels, Arrays.copyOf(LABELS, LABELS.length + 1));
    refused("goes on");
  }

  @Test
  void anotherKindOfFileIsRefused() throws IOException {
    Files.write(images, LABELS);
    refused("0x00000801");
  }

  @Test
  void labelsOfOtherImagesAreRefused() throws IOException {
    Files.write(labels, new byte[] {0, 0, 8, 1, 0, 0, 0, 1, 7});
    refused("1 labels for the 2 images");
  }

  @Test
  void aFalseHeaderCostsNoMemory() throws IOException {
    ByteBuffer header = ByteBuffer.allocate(16).putInt(0x0803).putInt(2000).putInt(1024);
    Files.write(images, header.putInt(1000).array());
    refused("ends after 0 of 2048000000 bytes");
    Files.write(images, ByteBuffer.allocate(8).putInt(0x0803).putInt(-1).array());
    refused("dimension 0 is -1");
  }

  @Test
  void aMissingFileIsNamed() throws IOException {
    Files.delete(labels);
    refused("labels: no such file");
  }

  private void refused(String part) {
    assertThatThrownBy(() -> IdxFile.read(images, labels))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining(part);
  }
}
