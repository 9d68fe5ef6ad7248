package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzFileTest {
  private Path path;

  @BeforeEach
  void file(@TempDir Path folder) {
    path = folder.resolve("a.npz");
  }

  private NpzFile open(NpzBytes content) {
    return NpzFile.open(content.write(path));
  }

  private void refused(NpzBytes content, String message) {
    assertThatThrownBy(() -> open(content))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(message);
  }

  private void quoted(String header, String end) {
    assertThatThrownBy(() -> open(new NpzBytes().raw("a", header, new byte[4])))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(path + ": array 'a' has an unusable header: ")
        .hasMessageEndingWith(end);
  }

  @Test
  void arraysOfEachTypeAreRead() {
    NpzFile file =
        open(
            new NpzBytes()
                .floats("a", new int[] {2, 2}, 1, -2.5f, 3, 4)
                .doubles("b", new int[] {3}, 1e-3, -7, 1)
                .bytes("c", "|i1", new int[] {2}, (byte) -128, (byte) 127)
                .bytes("d", "|u1", new int[] {2}, (byte) 200, (byte) 0)
                .longs("e", new int[] {2}, 255, 0)
                .floats("f", new int[] {}, 9)
                // -2.5, the smallest subnormal.
                .bytes("g", "<f2", new int[] {2}, (byte) 0, (byte) 0xC1, (byte) 1, (byte) 0)
                .bytes("h", ">f2", new int[] {1}, (byte) 0x3C, (byte) 0)
                .bytes("i", ">i4", new int[] {1}, (byte) 0, (byte) 0, (byte) 0, (byte) 9));
    assertThat(file.names()).containsExactly("a", "b", "c", "d", "e", "f", "g", "h", "i");
    assertThat(file.shape("a")).isEqualTo(List.of(2, 2));
    assertThat(file.shape("f")).isEmpty();
    assertThat(file.floats("a")).containsExactly(1, -2.5f, 3, 4);
    assertThat(file.floats("b")).containsExactly(1e-3f, -7, 1);
    assertThat(file.floats("c")).containsExactly(-128, 127);
    assertThat(file.floats("f")).containsExactly(9);
    assertThat(file.floats("g")).containsExactly(-2.5f, 0x1p-24f);
    assertThat(file.floats("h")).containsExactly(1);
    assertThat(file.unsignedBytes("d")).containsExactly(200, 0);
    assertThat(file.unsignedBytes("i")).containsExactly(9);
    assertThat(file.unsignedBytes("e")).containsExactly(255, 0);
  }

  @Test
  void anArrayLongerThanTheBufferIsReadInPieces() {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    NpzFile file = open(new NpzBytes().floats("a", new int[] {values.length}, values));
    assertThat(file.floats("a")).containsExactly(values);
    try (ArrayFile.Elements elements = file.read("a")) {
      float[] piece = new float[40_000];
      elements.next(piece, 40_000);
      elements.next(piece, 7);
      assertThat(piece[6]).isEqualTo(40_006);
      elements.finish();
    }
  }

  @Test
  void aMissingFileOrArrayIsRefused() {
    assertThatThrownBy(() -> NpzFile.open(path)).hasMessage(path + ": no such file");
    NpzFile file = open(new NpzBytes().floats("a", new int[] {1}, 1));
    assertThatThrownBy(() -> file.floats("b"))
        .isInstanceOf(InputProblem.class)
        .hasMessage(path + ": array 'b' is missing, found: a");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 0.999})
  void aTruncatedArchiveIsRefused(double part) throws IOException {
    byte[] whole = new NpzBytes().floats("a", new int[] {500}, new float[500]).toBytes();
    Files.write(path, Arrays.copyOf(whole, (int) (whole.length * part)));
    assertThatThrownBy(() -> NpzFile.open(path))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("is damaged or not an npz archive");
  }

  @Test
  void damagedElementsAreRefusedWhereverTheyAre() throws IOException {
    float[] values = new float[300];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    byte[] whole = new NpzBytes().floats("a", new int[] {300}, values).toBytes();
    int refused = 0;
    for (int at = 200; at < 900; at += 20) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(path, damaged);
      try {
        NpzFile.open(path).floats("a");
      } catch (InputProblem e) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(35);
  }

  @Test
  void whatIsNoArrayIsRefused() {
    refused(new NpzBytes().entry("readme.txt", new byte[3]), "holds 'readme.txt'");
    refused(new NpzBytes().entry("a.npy", new byte[3]), "not in NumPy's format");
    refused(new NpzBytes().entry("a.npy", new byte[100]), "not in NumPy's format");
    refused(new NpzBytes().raw("a", "nonsense", new byte[4]), "unusable header");
    refused(new NpzBytes().raw("a", NpzBytes.header("|O", 1), new byte[8]), "unusable header");
    refused(new NpzBytes().raw("a", NpzBytes.header("<c8", 1), new byte[8]), "unusable header");
    refused(new NpzBytes().raw("a", "(".repeat(60_000), new byte[4]), "unusable header");
    byte[] preamble =
        "\u0093NUMPY\u0001\u0000v\u0000{'descr'".getBytes(StandardCharsets.ISO_8859_1);
    refused(new NpzBytes().entry("a.npy", preamble), "ends within its header");
  }

  @Test
  void aValueOfAHeaderIsQuotedAsItStandsThere() {
    quoted(
        "{'descr': None, 'fortran_order': False, 'shape': (1,), }",
        "'descr' is not a string but: None");
    quoted("{'shape': (1,), 'descr': (7, 8)}", "'descr' is not a string but: (7, 8)");
    quoted(
        "{'descr': '<f4', \"fortran_order\" : 12, 'shape': (1,)}",
        "fortran_order must be True or False but was 12");
  }

  @Test
  void aHeaderIsNotBelievedBeyondWhatTheEntryHolds() {
    refused(
        new NpzBytes().raw("a", NpzBytes.header("<f4", 1000), new byte[4]),
        "claims the shape [1000] of f4 but holds 4 bytes");
    refused(new NpzBytes().raw("a", NpzBytes.header("<f4", 1), new byte[8]), "but holds 8 bytes");
    refused(
        new NpzBytes().raw("a", NpzBytes.header("<f4", 65536, 65536), new byte[0]),
        "but holds 0 bytes");
    refused(
        new NpzBytes()
            .raw(
                "a",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967297,), }",
                new byte[8]),
        "holds 8 bytes");
    byte[] versionTwo = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, 0, 0, 0, 0x7F, 0};
    refused(new NpzBytes().entry("a.npy", versionTwo), "claims a header of");
  }

  @Test
  void columnMajorOrderIsRefusedWhereItMatters() {
    String header = "{'descr': '|i1', 'fortran_order': True, 'shape': (2, 2), }";
    refused(new NpzBytes().raw("a", header, new byte[4]), "column-major");
    String vector = "{'descr': '|i1', 'fortran_order': True, 'shape': (4,), }";
    assertThat(open(new NpzBytes().raw("a", vector, new byte[4])).floats("a")).hasSize(4);
  }

  @Test
  void unsuitableTypesAndValuesAreRefused() {
    NpzFile file =
        open(
            new NpzBytes()
                .longs("a", new int[] {2}, 1, 256)
                .floats("b", new int[] {1}, 1)
                .longs("c", new int[] {1}, -1));
    assertThatThrownBy(() -> file.floats("a")).hasMessageContaining("type i8, allowed: float16");
    assertThatThrownBy(() -> file.unsignedBytes("b")).hasMessageContaining("allowed: uint8");
    assertThatThrownBy(() -> file.unsignedBytes("a")).hasMessageContaining("element 1 is 256");
    assertThatThrownBy(() -> file.unsignedBytes("c")).hasMessageContaining("element 0 is -1");
  }
}
