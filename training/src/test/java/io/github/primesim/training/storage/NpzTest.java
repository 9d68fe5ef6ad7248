package io.github.primesim.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir private Path folder;

  private static Npz sample() {
    Tensor weights = Tensor.zeros(2, 3, 4);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < weights.size(); i++) {
      weights.values()[i] = (float) random.nextGaussian();
    }
    return new Npz()
        .put("conv1.weight", weights)
        .put("scalar", new Tensor(new int[] {1}, new float[] {-0f}))
        .putBytes("images", new int[] {2, 2}, new byte[] {0, 127, (byte) 128, (byte) 255})
        .putText("settings", "seed 1\nµ");
  }

  @Test
  void whatIsReadIsWhatWasWritten() throws IOException {
    Npz written = sample();
    Path file = folder.resolve("a.npz");
    written.write(file);
    Npz read = Npz.read(file);

    assertThat(read.names()).containsExactlyElementsOf(written.names());
    assertThat(read.shape("conv1.weight")).containsExactly(2, 3, 4);
    assertThat(read.tensor("conv1.weight").values())
        .containsExactly(written.tensor("conv1.weight").values());
    assertThat(Float.floatToRawIntBits(read.tensor("scalar").values()[0]))
        .isEqualTo(Float.floatToRawIntBits(-0f));
    assertThat(read.bytes("images")).containsExactly(0, 127, 128, 255);
    assertThat(read.text("settings")).isEqualTo("seed 1\nµ");
  }

  @Test
  void theSameArraysGiveTheSameBytes() throws IOException {
    sample().write(folder.resolve("a.npz"));
    sample().write(folder.resolve("b.npz"));
    assertThat(folder.resolve("a.npz")).hasSameBinaryContentAs(folder.resolve("b.npz"));
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void anEntryIsLaidOutAsNumpyExpects() throws IOException {
    Path file = folder.resolve("a.npz");
    new Npz().put("w", new Tensor(new int[] {2, 1}, new float[] {1f, -2f})).write(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      byte[] npy = zip.getInputStream(zip.getEntry("w.npy")).readAllBytes();
      assertThat(npy[0]).isEqualTo((byte) 0x93);
      assertThat(new String(npy, 1, 5, StandardCharsets.ISO_8859_1)).isEqualTo("NUMPY");
      int data = npy.length - 8;
      assertThat(data % 16).as("data is aligned").isZero();
      assertThat(new String(npy, 10, data - 10, StandardCharsets.ISO_8859_1))
          .contains("'descr': '<f4'", "'fortran_order': False", "'shape': (2, 1")
          .endsWith("\n");
      assertThat(Arrays.copyOfRange(npy, data, npy.length))
          .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
    }
  }

  @Test
  void everyTruncationIsRefusedOnOneLine() throws IOException {
    Path file = folder.resolve("a.npz");
    sample().write(file);
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.npz");
    for (int length = 0; length < whole.length; length += 7) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Npz.read(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(UnusableInput.class)
          .hasMessageContaining("cut.npz")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aMissingArrayOrFileIsNamed() throws IOException {
    Path file = folder.resolve("a.npz");
    sample().write(file);
    assertThatThrownBy(() -> Npz.read(file).tensor("fc9.weight"))
        .hasMessageContaining("fc9.weight");
    assertThatThrownBy(() -> Npz.read(file).bytes("conv1.weight")).hasMessageContaining("uint8");
    assertThatThrownBy(() -> Npz.read(folder.resolve("none.npz")))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("none.npz");
  }

  @Test
  void aFailedWriteLeavesTheOldFile() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(file, "old");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write('n');
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThat(file).hasContent("old");
  }
}
