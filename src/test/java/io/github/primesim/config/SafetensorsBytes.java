package io.github.primesim.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes safetensors files byte by byte, sound ones and damaged ones, for tests. */
public final class SafetensorsBytes {
  private final Map<String, String> types = new LinkedHashMap<>();
  private final Map<String, byte[]> values = new LinkedHashMap<>();

  /** An array of float32. */
  public SafetensorsBytes floats(String name, int[] shape, float... numbers) {
    ByteBuffer data = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    data.asFloatBuffer().put(numbers);
    return raw(name, "F32", shape, data.array());
  }

  /** An array of any type. */
  public SafetensorsBytes raw(String name, String type, int[] shape, byte[] bytes) {
    types.put(
        name, "\"dtype\":\"" + type + "\",\"shape\":" + Arrays.toString(shape).replace(" ", ""));
    values.put(name, bytes);
    return this;
  }

  /** The header as the format wants it. */
  public String header() {
    int[] at = {0};
    return types.entrySet().stream()
        .map(
            each -> {
              int begin = at[0];
              at[0] += values.get(each.getKey()).length;
              return String.format(
                  Locale.ROOT,
                  "\"%s\":{%s,\"data_offsets\":[%d,%d]}",
                  each.getKey(),
                  each.getValue(),
                  begin,
                  at[0]);
            })
        .collect(Collectors.joining(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}"));
  }

  /** The whole file. */
  public byte[] bytes() {
    return bytes(header());
  }

  /** The whole file with another header. */
  public byte[] bytes(String header) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    int size = values.values().stream().mapToInt(each -> each.length).sum();
    ByteBuffer file =
        ByteBuffer.allocate(Long.BYTES + text.length + size).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(text.length).put(text);
    values.values().forEach(file::put);
    return file.array();
  }

  /** Writes the file. */
  public Path write(Path file) {
    return write(file, bytes());
  }

  /** Writes any bytes. */
  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
