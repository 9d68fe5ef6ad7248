package io.github.primesim.config;

import io.github.primesim.network.ArrayFile;
import io.github.primesim.network.ElementStream;
import io.github.primesim.network.ElementType;
import io.github.primesim.units.InputProblem;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file: 8 bytes with the length of a JSON header, the header, and the values of all
 * arrays behind one another.
 *
 * <p>Opening reads the header alone and checks that the arrays fill the rest of the file exactly:
 * each as long as its shape and type say, none over another, no gap. Elements are read when asked
 * for, in pieces, so nothing is allocated for what a header merely claims. The file is not kept
 * open.
 */
final class SafetensorsFile implements ArrayFile {
  private static final int LENGTH_BYTES = Long.BYTES;

  /** Room for over a hundred thousand arrays. */
  private static final long LONGEST_HEADER = 1 << 24;

  private static final int LONGEST_QUOTE = 100;
  private static final String METADATA = "__metadata__";
  private static final Set<String> KEYS = Set.of("dtype", "shape", "data_offsets");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path path;
  private final Map<String, Entry> entries;

  private SafetensorsFile(Path path, Map<String, Entry> entries) {
    this.path = path;
    this.entries = entries;
  }

  /** Types of the format. */
  private enum Type {
    F64(ElementType.FLOAT64),
    F32(ElementType.FLOAT32),
    F16(ElementType.FLOAT16),
    BF16(ElementType.BFLOAT16),
    I8(ElementType.INT8),
    F8_E4M3(1),
    F8_E5M2(1),
    BOOL(1),
    U8(1),
    I16(2),
    U16(2),
    I32(4),
    U32(4),
    I64(8),
    U64(8);

    private final int bytes;
    private final Optional<ElementType> weights;

    /** A type that weights may have. */
    Type(ElementType weights) {
      this.bytes = weights.bytes();
      this.weights = Optional.of(weights);
    }

    /** Another one. */
    Type(int bytes) {
      this.bytes = bytes;
      this.weights = Optional.empty();
    }

    static String ofWeights() {
      return Arrays.stream(values())
          .filter(type -> type.weights.isPresent())
          .map(Type::name)
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * An array of the header.
   *
   * @param begin place in the file
   * @param end place behind it
   */
  private record Entry(Type type, List<Integer> shape, long begin, long end) {
    int elements() {
      return (int) ((end - begin) / type.bytes);
    }
  }

  /**
   * Reads the header.
   *
   * @throws InputProblem if the file is missing, truncated, or not a safetensors file
   */
  static SafetensorsFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InputProblem(path + ": no such file");
    }
    try (SeekableByteChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      fill(channel, length);
      long header = length.getLong();
      if (size < LENGTH_BYTES || header < 2 || header > Math.min(LONGEST_HEADER, size - 8)) {
        throw new InputProblem(
            path
                + ": is damaged or not a safetensors file: it claims a header of "
                + Long.toUnsignedString(header)
                + " bytes, allowed: 2 to "
                + Math.min(LONGEST_HEADER, Math.max(0, size - LENGTH_BYTES)));
      }
      ByteBuffer text = ByteBuffer.allocate((int) header);
      fill(channel, text);
      JsonNode tree = tree(path, text);
      return new SafetensorsFile(path, entries(path, tree, LENGTH_BYTES + header, size));
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private static void fill(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Until it is full or the file ends.
    }
    buffer.flip();
    if (buffer.limit() < buffer.capacity()) {
      throw new EOFException("it ends within its header");
    }
  }

  private static JsonNode tree(Path path, ByteBuffer text) {
    try {
      JsonNode tree = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(text).toString());
      if (!tree.isObject()) {
        throw new InputProblem(path + ": its header is no JSON object");
      }
      return tree;
    } catch (CharacterCodingException e) {
      throw new InputProblem(path + ": its header is not UTF-8 text", e);
    } catch (JacksonException e) {
      throw new InputProblem(path + ": its header is not JSON: " + cut(e.getOriginalMessage()), e);
    }
  }

  private static Map<String, Entry> entries(Path path, JsonNode tree, long data, long size) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : tree.properties()) {
      if (!each.getKey().equals(METADATA)) {
        entries.put(each.getKey(), entry(path, each.getKey(), each.getValue(), data, size));
      }
    }
    List<String> inOrder = new ArrayList<>(entries.keySet());
    inOrder.sort(
        Comparator.comparingLong((String name) -> entries.get(name).begin)
            .thenComparingLong(name -> entries.get(name).end));
    long reached = data;
    for (String name : inOrder) {
      Entry entry = entries.get(name);
      if (entry.begin != reached) {
        throw problem(
            path,
            name,
            "begins at byte "
                + (entry.begin - data)
                + " of the values, where the arrays before it end at "
                + (reached - data));
      }
      reached = entry.end;
    }
    if (reached != size) {
      throw new InputProblem(
          path
              + ": has "
              + (size - data)
              + " bytes of values, its header names "
              + (reached - data));
    }
    return entries;
  }

  private static Entry entry(Path path, String name, JsonNode node, long data, long size) {
    if (!node.isObject() || !Set.copyOf(node.propertyNames()).equals(KEYS)) {
      throw problem(path, name, "does not have exactly dtype, shape and data_offsets");
    }
    Type type = null;
    for (Type each : Type.values()) {
      type = each.name().equals(node.get("dtype").asString("")) ? each : type;
    }
    if (type == null) {
      throw problem(
          path,
          name,
          "is of type "
              + cut(node.get("dtype").toString())
              + ", allowed: "
              + Arrays.toString(Type.values()));
    }
    JsonNode offsets = node.get("data_offsets");
    JsonNode extents = node.get("shape");
    if (!whole(offsets) || offsets.size() != 2 || !whole(extents)) {
      throw problem(path, name, "has a shape or offsets that are no lists of whole numbers");
    }
    List<Integer> shape = new ArrayList<>();
    long bytes = type.bytes;
    for (JsonNode extent : extents) {
      long value = extent.longValue();
      bytes = value > Integer.MAX_VALUE ? size : Math.min(size, bytes * value);
      shape.add((int) Math.min(value, Integer.MAX_VALUE));
    }
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    if (begin > end || end > size - data || end - begin != bytes) {
      throw problem(
          path,
          name,
          "claims the shape "
              + cut(extents.toString())
              + " of "
              + type
              + " in the bytes "
              + begin
              + " to "
              + end
              + " of "
              + (size - data));
    }
    if ((end - begin) / type.bytes > Integer.MAX_VALUE - 8) {
      throw problem(path, name, "has over 2^31-9 elements, allowed: up to that many");
    }
    return new Entry(type, List.copyOf(shape), data + begin, data + end);
  }

  /** Whether a node is a list of integers of 0 and above. */
  private static boolean whole(JsonNode list) {
    return list.isArray()
        && list.valueStream()
            .allMatch(
                each ->
                    each.isIntegralNumber() && each.canConvertToLong() && each.longValue() >= 0);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
  }

  private static InputProblem problem(Path path, String name, String what) {
    return new InputProblem(path + ": array '" + cut(name) + "' " + what);
  }

  private static InputProblem unreadable(Path path, IOException e) {
    return new InputProblem(path + ": is damaged or not a safetensors file: " + e.getMessage(), e);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Set<String> names() {
    return entries.keySet();
  }

  @Override
  public List<Integer> shape(String name) {
    return entry(name).shape;
  }

  @Override
  public boolean isInt8(String name) {
    return entry(name).type == Type.I8;
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw problem(
          path,
          name,
          "is missing, found: "
              + (entries.isEmpty() ? "none" : String.join(", ", entries.keySet())));
    }
    return entry;
  }

  @Override
  public float[] floats(String name) {
    float[] values = new float[entry(name).elements()];
    try (Elements elements = read(name)) {
      elements.next(values, values.length);
      elements.finish();
    }
    return values;
  }

  @Override
  public Elements read(String name) {
    return new Values(name, entry(name));
  }

  /** The values of one array, in order. */
  private final class Values implements Elements {
    private final SeekableByteChannel channel;
    private final ElementStream elements;

    Values(String name, Entry entry) {
      ElementType type =
          entry.type.weights.orElseThrow(
              () ->
                  problem(
                      path, name, "is of type " + entry.type + ", allowed: " + Type.ofWeights()));
      try {
        channel = FileChannel.open(path, StandardOpenOption.READ);
        channel.position(entry.begin);
      } catch (IOException e) {
        throw unreadable(path, e);
      }
      elements =
          new ElementStream(name, Channels.newInputStream(channel), type, ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void next(float[] target, int count) {
      try {
        elements.next(target, count);
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }

    @Override
    public void finish() {
      // The format has no checksum.
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
  }
}
