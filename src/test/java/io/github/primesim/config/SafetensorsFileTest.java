package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.network.ArrayFile;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {
  private Path path;

  @BeforeEach
  void file(@TempDir Path folder) {
    path = folder.resolve("w.safetensors");
  }

  private static SafetensorsBytes sound() {
    return new SafetensorsBytes()
        .floats("a", new int[] {2, 3}, 1, 2, 3, 4, 5, 6)
        .raw("b", "I8", new int[] {4}, new byte[] {-128, 0, 1, 127});
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(value -> bytes.putShort((short) value));
    return bytes.array();
  }

  @Test
  void everyTypeOfRealNumbersIsRead() {
    byte[] doubles =
        ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putDouble(-0.1).putDouble(3).array();
    SafetensorsFile file =
        SafetensorsFile.open(
            sound()
                .raw("d", "F64", new int[] {2}, doubles)
                // 1.0, -2.5, the smallest subnormal, infinity.
                .raw("h", "F16", new int[] {2, 2}, shorts(0x3C00, 0xC100, 0x0001, 0x7C00))
                .raw("g", "BF16", new int[] {}, shorts(0xC0A0))
                .raw("n", "I64", new int[] {}, new byte[8])
                .raw("e", "F32", new int[] {0, 3}, new byte[0])
                .write(path));

    assertThat(file.names()).containsExactly("a", "b", "d", "h", "g", "n", "e");
    assertThat(file.shape("a")).containsExactly(2, 3);
    assertThat(file.shape("g")).isEmpty();
    assertThat(file.shape("e")).isEqualTo(List.of(0, 3));
    assertThat(file.floats("a")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(file.isInt8("a")).isFalse();
    assertThat(file.isInt8("b")).isTrue();
    assertThat(file.floats("b")).containsExactly(-128, 0, 1, 127);
    assertThat(file.floats("d")).containsExactly(-0.1f, 3);
    assertThat(file.floats("h")).containsExactly(1, -2.5f, 0x1p-24f, Float.POSITIVE_INFINITY);
    assertThat(file.floats("g")).containsExactly(-5);
    assertThat(file.floats("e")).isEmpty();
    assertThatThrownBy(() -> file.floats("n"))
        .isInstanceOf(InputProblem.class)
        .hasMessage(path + ": array 'n' is of type I64, allowed: F64, F32, F16, BF16, I8");
    assertThatThrownBy(() -> file.floats("x"))
        .hasMessage(path + ": array 'x' is missing, found: a, b, d, h, g, n, e");
  }

  /** More than a piece, in pieces that do not divide it. */
  @Test
  void longArraysAreReadInPieces() {
    float[] values = new float[50_001];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    SafetensorsFile file =
        SafetensorsFile.open(
            new SafetensorsBytes()
                .raw("odd", "I8", new int[] {3}, new byte[] {1, 2, 3})
                .floats("a", new int[] {values.length}, values)
                .write(path));
    float[] read = new float[7];
    try (ArrayFile.Elements elements = file.read("a")) {
      for (int i = 0; i + 7 <= values.length; i += 7) {
        elements.next(read, 7);
        assertThat(read).containsExactly(Arrays.copyOfRange(values, i, i + 7));
      }
    }
  }

  /** Each line: what stands in the sound header, what takes its place, and what is said. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[2,3]|[2,4]|array 'a' claims the shape [2,4] of F32 in the bytes 0 to 24 of 28",
        "[2,3]|[2,-3]|array 'a' has a shape or offsets that are no lists of whole numbers",
        "[2,3]|[2,3.0]|array 'a' has a shape or offsets that are no lists of whole numbers",
        "[2,3]|6|array 'a' has a shape or offsets that are no lists of whole numbers",
        "[2,3]|[4294967296,4294967296]|array 'a' claims the shape [4294967296,4294967296] of F32 in"
            + " the bytes 0 to 24 of 28",
        "[2,3]|[99999999999999999999]|array 'a' has a shape or offsets that are no lists of whole"
            + " numbers",
        "[0,24]|[0,23]|array 'a' claims the shape [2,3] of F32 in the bytes 0 to 23 of 28",
        "[0,24]|[24,0]|array 'a' claims the shape [2,3] of F32 in the bytes 24 to 0 of 28",
        "[0,24]|[8,32]|array 'a' claims the shape [2,3] of F32 in the bytes 8 to 32 of 28",
        "[0,24]|[4,28]|array 'a' begins at byte 4 of the values, where the arrays before it end at"
            + " 0",
        "[24,28]|[20,24]|array 'b' begins at byte 20 of the values, where the arrays before it end"
            + " at 24",
        "[0,24]|[0,24,28]|array 'a' has a shape or offsets that are no lists of whole numbers",
        "`\"F32\"`|`\"F33\"`|array 'a' is of type \"F33\", allowed: [F64, F32, F16, BF16, I8,"
            + " F8_E4M3, F8_E5M2, BOOL, U8, I16, U16, I32, U32, I64, U64]",
        "`\"F32\"`|7|array 'a' is of type 7, allowed: [F64, F32, F16, BF16, I8, F8_E4M3, F8_E5M2,"
            + " BOOL, U8, I16, U16, I32, U32, I64, U64]",
        "dtype|type|array 'a' does not have exactly dtype, shape and data_offsets",
        "`\"b\":`|`\"a\":`|its header is not JSON: Duplicate Object property \"a\"",
      })
  void aHeaderThatDoesNotFitItsFileIsRefused(String from, String to, String message) {
    String header = sound().header();
    int at = header.indexOf(from);
    assertThat(at).as("'%s' in %s", from, header).isPositive();
    String damaged = header.substring(0, at) + to + header.substring(at + from.length());
    SafetensorsBytes.write(path, sound().bytes(damaged));

    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(InputProblem.class)
        .hasMessage(path + ": " + message);
  }

  @Test
  void valuesThatTheHeaderDoesNotNameAreRefused() {
    byte[] longer = Arrays.copyOf(sound().bytes(), sound().bytes().length + 1);
    SafetensorsBytes.write(path, longer);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .hasMessage(path + ": has 29 bytes of values, its header names 28");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}}", "{\"a\":", "\"a\"", "{\"a\":{}} {}", "{\"a\":NaN}", "\0\0"})
  void aHeaderThatIsNoJsonObjectIsRefused(String header) {
    SafetensorsBytes.write(path, new SafetensorsBytes().bytes(header));
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(path + ": its header is no");
  }

  /** Ten gigabytes of header, and what is no number of bytes at all, are not allocated. */
  @ParameterizedTest
  @ValueSource(longs = {10_000_000_000L, Long.MAX_VALUE, -1, 0, 1, 1 << 25})
  void aHeaderLongerThanTheFileIsRefused(long length) {
    byte[] bytes = sound().bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
    SafetensorsBytes.write(path, bytes);
    assertThatThrownBy(() -> SafetensorsFile.open(path))
        .isInstanceOf(InputProblem.class)
        .hasMessage(
            path
                + ": is damaged or not a safetensors file: it claims a header of "
                + Long.toUnsignedString(length)
                + " bytes, allowed: 2 to "
                + (bytes.length - 8));
  }

  @Test
  void truncatedFilesAreRefusedAtEveryLength() throws IOException {
    byte[] bytes = sound().bytes();
    for (int length = 0; length < bytes.length; length++) {
      SafetensorsBytes.write(path, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> SafetensorsFile.open(path))
          .as("the first %d bytes", length)
          .isInstanceOf(InputProblem.class)
          .hasMessageStartingWith(path + ": ");
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsRefused() {
    SafetensorsFile file = SafetensorsFile.open(sound().write(path));
    SafetensorsBytes.write(path, Arrays.copyOf(sound().bytes(), sound().header().length() + 12));
    assertThatThrownBy(() -> file.floats("a"))
        .isInstanceOf(InputProblem.class)
        .hasMessage(path + ": is damaged or not a safetensors file: array 'a' ends too early");
    assertThatThrownBy(() -> SafetensorsFile.open(path.resolveSibling("none")))
        .hasMessageEndingWith("none: no such file");
  }
}
