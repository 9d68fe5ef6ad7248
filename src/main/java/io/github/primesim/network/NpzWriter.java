package io.github.primesim.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a NumPy archive, deflated, one array after another. Arrays are handed over slice by slice
 * along their outermost extent, so that none has to be in memory as a whole. The same arrays give
 * the same bytes.
 */
public final class NpzWriter implements Closeable {
  /** Data begin at a multiple of this, as NumPy wants it. */
  private static final int ALIGNMENT = 64;

  private static final int PREAMBLE = 10;
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;

  /** An archive written to {@code out}, which is closed with it. */
  public NpzWriter(OutputStream out) {
    this.zip = new ZipOutputStream(out);
  }

  /**
   * Adds an array of float32.
   *
   * @param slice the values of one index of the outermost extent, in C order
   */
  public NpzWriter floats(String name, List<Integer> shape, IntFunction<float[]> slice)
      throws IOException {
    begin(name, "<f4", shape);
    for (int i = 0; i < shape.get(0); i++) {
      float[] values = slice.apply(i);
      ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length);
      bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
      zip.write(bytes.array());
    }
    zip.closeEntry();
    return this;
  }

  /** Adds an array of uint8; values are truncated to it. */
  public NpzWriter unsignedBytes(String name, List<Integer> shape, IntFunction<float[]> slice)
      throws IOException {
    begin(name, "|u1", shape);
    for (int i = 0; i < shape.get(0); i++) {
      float[] values = slice.apply(i);
      byte[] bytes = new byte[values.length];
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = (byte) (int) values[k];
      }
      zip.write(bytes);
    }
    zip.closeEntry();
    return this;
  }

  private void begin(String name, String type, List<Integer> shape) throws IOException {
    ZipEntry entry = new ZipEntry(name + ".npy");
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    String extents = shape.stream().map(i -> i + ",").collect(Collectors.joining(" "));
    String header =
        String.format(
            Locale.ROOT,
            "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }",
            type,
            shape.size() > 1 ? extents.substring(0, extents.length() - 1) : extents);
    int blanks = ALIGNMENT - (PREAMBLE + header.length() + 1) % ALIGNMENT;
    String padded = header + " ".repeat(blanks % ALIGNMENT) + "\n";
    zip.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    zip.write(padded.length());
    zip.write(padded.length() >> 8);
    zip.write(padded.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
