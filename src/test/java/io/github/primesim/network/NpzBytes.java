package io.github.primesim.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy archives byte by byte, sound ones and damaged ones, for tests. */
public final class NpzBytes {
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  /** An array of float32. */
  public NpzBytes floats(String name, int[] shape, float... values) {
    ByteBuffer data = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(values);
    return raw(name, header("<f4", shape), data.array());
  }

  /** An array of float64, in the byte order of old mainframes. */
  public NpzBytes doubles(String name, int[] shape, double... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.BIG_ENDIAN);
    data.asDoubleBuffer().put(values);
    return raw(name, header(">f8", shape), data.array());
  }

  /** An array of int64. */
  public NpzBytes longs(String name, int[] shape, long... values) {
    ByteBuffer data = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asLongBuffer().put(values);
    return raw(name, header("<i8", shape), data.array());
  }

  /** An array of 8-bit integers of type {@code |i1} or {@code |u1}. */
  public NpzBytes bytes(String name, String type, int[] shape, byte... values) {
    return raw(name, header(type, shape), values);
  }

  /** An array with any header. */
  public NpzBytes raw(String name, String header, byte[] data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.US_ASCII);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.write(text.length);
    out.write(text.length >> 8);
    out.writeBytes(text);
    out.writeBytes(data);
    return entry(name + ".npy", out.toByteArray());
  }

  /** Any entry of the archive. */
  public NpzBytes entry(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  public NpzBytes without(String name) {
    entries.remove(name + ".npy");
    return this;
  }

  /** The dictionary of a header. */
  public static String header(String type, int... shape) {
    String extents =
        Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" ", "(", ")"));
    return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + extents + ", }";
  }

  /** The archive, deflated. */
  public byte[] toBytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  public Path write(Path file) {
    try {
      return Files.write(file, toBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
