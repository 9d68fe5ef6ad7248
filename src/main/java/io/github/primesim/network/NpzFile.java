package io.github.primesim.network;

import io.github.primesim.units.InputProblem;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.openlca.npy.NpyDataType;
import org.openlca.npy.NpyFormatException;
import org.openlca.npy.NpyHeader;

/**
 * A NumPy archive: named arrays in a zip file, stored or deflated.
 *
 * <p>Opening reads the headers alone and checks that each array is exactly as long as its shape
 * says; elements are read when asked for, in pieces, and their checksum is compared. So a damaged
 * file is refused and never makes the reader allocate what the file does not hold. The file is not
 * kept open.
 */
public final class NpzFile implements ArrayFile {
  private static final String SUFFIX = ".npy";

  /** Magic word, version and the length of the header dictionary, in bytes. */
  private static final int PREAMBLE_V1 = 10;

  private static final int PREAMBLE_V2 = 12;

  private static final int LONGEST_HEADER = 1 << 16;

  /** Brackets within one another that a header may open; NumPy's own open two. */
  private static final int DEEPEST_HEADER = 16;

  /** A complaint that ends in what Java says of an object. */
  private static final Pattern OBJECT =
      Pattern.compile(
          "(?<what>.*\\b(?<key>descr|fortran_order)\\b.*?)'?org\\.openlca\\.\\S+@\\p{XDigit}+'?");

  /** A value of a header up to the next of its keys or its end, as far as anybody reads on. */
  private static final String VALUE =
      "(?<value>.{1,40}?)(?=\\s*,?\\s*[\"'](?:descr|fortran_order|shape)[\"']|\\s*,?\\s*\\})";

  /** No deflated byte unpacks to more. */
  private static final long DEFLATE_LIMIT = 1032;

  private static final Map<NpyDataType, ElementType> WEIGHTS =
      Map.of(
          NpyDataType.f2, ElementType.FLOAT16,
          NpyDataType.f4, ElementType.FLOAT32,
          NpyDataType.f8, ElementType.FLOAT64,
          NpyDataType.i1, ElementType.INT8);

  private static final Map<NpyDataType, ElementType> LABELS =
      Map.of(
          NpyDataType.u1, ElementType.UINT8,
          NpyDataType.i4, ElementType.INT32,
          NpyDataType.i8, ElementType.INT64);

  private final Path path;
  private final Map<String, Entry> entries;

  private NpzFile(Path path, Map<String, Entry> entries) {
    this.path = path;
    this.entries = entries;
  }

  private record Entry(List<Integer> shape, NpyHeader header) {}

  /**
   * Reads the headers of all arrays.
   *
   * @throws InputProblem if the file is missing, truncated, or not a NumPy archive
   */
  public static NpzFile open(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new InputProblem(path + ": no such file");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(path.toFile())) {
      Enumeration<? extends ZipEntry> all = zip.entries();
      while (all.hasMoreElements()) {
        ZipEntry entry = all.nextElement();
        if (!entry.getName().endsWith(SUFFIX)) {
          throw new InputProblem(
              path + ": holds '" + entry.getName() + "', allowed: arrays, named *.npy");
        }
        String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
        if (entries.put(name, header(path, name, zip, entry)) != null) {
          throw new InputProblem(path + ": array '" + name + "' is given twice");
        }
      }
    } catch (IOException e) {
      throw unreadable(path, e);
    }
    return new NpzFile(path, entries);
  }

  private static Entry header(Path path, String name, ZipFile zip, ZipEntry entry)
      throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] start = in.readNBytes(PREAMBLE_V2);
      if (start.length < PREAMBLE_V2 || (start[0] & 0xFF) != 0x93 || start[1] != 'N') {
        throw new InputProblem(path + ": array '" + name + "' is not in NumPy's format");
      }
      int version = start[6];
      long length =
          version == 1
              ? PREAMBLE_V1 + (start[8] & 0xFF) + ((start[9] & 0xFF) << 8)
              : PREAMBLE_V2
                  + (start[8] & 0xFFL)
                  + ((start[9] & 0xFFL) << 8)
                  + ((start[10] & 0xFFL) << 16)
                  + ((start[11] & 0xFFL) << 24);
      if (length < PREAMBLE_V2 || length > LONGEST_HEADER) {
        throw new InputProblem(
            path + ": array '" + name + "' claims a header of " + length + " bytes");
      }
      byte[] bytes = Arrays.copyOf(start, (int) length);
      int rest = (int) length - PREAMBLE_V2;
      if (in.readNBytes(bytes, PREAMBLE_V2, rest) < rest) {
        throw new InputProblem(path + ": array '" + name + "' ends within its header");
      }
      checkDepth(path, name, bytes);
      NpyHeader header = read(path, name, bytes);
      checkLength(path, name, entry, header, length);
      return new Entry(Arrays.stream(header.dict().shape()).boxed().toList(), header);
    }
  }

  private static NpyHeader read(Path path, String name, byte[] header) throws IOException {
    try {
      return NpyHeader.read(new ByteArrayInputStream(header));
    } catch (NpyFormatException e) {
      throw new InputProblem(
          path + ": array '" + name + "' has an unusable header: " + complaint(e, header), e);
    }
  }

  /** The library quotes a value that it does not expect by the name of its class. */
  private static String complaint(NpyFormatException e, byte[] header) {
    Matcher object = OBJECT.matcher(e.getMessage());
    if (!object.matches()) {
      return e.getMessage();
    }
    Matcher value =
        Pattern.compile("[\"']" + object.group("key") + "[\"']\\s*:\\s*" + VALUE, Pattern.DOTALL)
            .matcher(new String(header, StandardCharsets.ISO_8859_1));
    return object.group("what") + (value.find() ? value.group("value") : "another value");
  }

  /** The reader of headers calls itself for each bracket. */
  private static void checkDepth(Path path, String name, byte[] header) {
    int open = 0;
    for (byte each : header) {
      if (each == '(' || each == '[' || each == '{') {
        open++;
      } else if (each == ')' || each == ']' || each == '}') {
        open--;
      }
      if (open > DEEPEST_HEADER) {
        throw new InputProblem(
            path
                + ": array '"
                + name
                + "' has an unusable header: more than "
                + DEEPEST_HEADER
                + " brackets within one another");
      }
    }
  }

  private static void checkLength(
      Path path, String name, ZipEntry entry, NpyHeader header, long headerLength) {
    int[] shape = header.dict().shape();
    long elements = 1;
    for (int extent : shape) {
      elements = extent < 0 || elements < 0 ? -1 : multiply(elements, extent);
    }
    long held = entry.getSize() - headerLength;
    if (elements < 0
        || elements > Integer.MAX_VALUE
        || elements * header.dict().typeSize() != held
        || entry.getSize() / DEFLATE_LIMIT > entry.getCompressedSize()) {
      throw new InputProblem(
          path
              + ": array '"
              + name
              + "' claims the shape "
              + Arrays.toString(shape)
              + " of "
              + header.dict().dataType()
              + " but holds "
              + held
              + " bytes");
    }
    if (header.dict().hasFortranOrder() && shape.length > 1) {
      throw new InputProblem(
          path + ": array '" + name + "' is in column-major order, allowed: row-major (C) order");
    }
  }

  private static long multiply(long a, long b) {
    long high = Math.multiplyHigh(a, b);
    return high == 0 && a * b >= 0 ? a * b : -1;
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
    return entry(name).shape();
  }

  @Override
  public boolean isInt8(String name) {
    return type(name) == NpyDataType.i1;
  }

  private NpyDataType type(String name) {
    return entry(name).header().dict().dataType();
  }

  private NpyElements open(String name, Map<NpyDataType, ElementType> types, String allowed) {
    ElementType type = types.get(type(name));
    if (type == null) {
      throw new InputProblem(
          path + ": array '" + name + "' is of type " + type(name) + ", allowed: " + allowed);
    }
    return new NpyElements(name, type, entry(name).header());
  }

  private Entry entry(String name) {
    Entry entry = entries.get(name);
    if (entry == null) {
      throw new InputProblem(
          path
              + ": array '"
              + name
              + "' is missing, found: "
              + (entries.isEmpty() ? "none" : String.join(", ", entries.keySet())));
    }
    return entry;
  }

  @Override
  public float[] floats(String name) {
    int length = elements(name);
    try (Elements reader = read(name)) {
      float[] values = new float[length];
      reader.next(values, length);
      reader.finish();
      return values;
    }
  }

  /**
   * All elements of an array of integers that lie within 0 to 255, as unsigned bytes.
   *
   * @throws InputProblem if the array is missing, of another type, damaged, or out of range
   */
  public byte[] unsignedBytes(String name) {
    byte[] values = new byte[elements(name)];
    try (NpyElements reader = open(name, LABELS, "uint8, int32, int64")) {
      for (int i = 0; i < values.length; i++) {
        long value = (long) reader.next();
        if (value < 0 || value > 255) {
          throw new InputProblem(
              path
                  + ": array '"
                  + name
                  + "' element "
                  + i
                  + " is "
                  + value
                  + ", allowed: 0 to 255");
        }
        values[i] = (byte) value;
      }
      reader.finish();
    }
    return values;
  }

  int elements(String name) {
    return entry(name).shape().stream().reduce(1, (a, b) -> a * b);
  }

  @Override
  public Elements read(String name) {
    return open(name, WEIGHTS, "float16, float32, float64, int8");
  }

  private static InputProblem unreadable(Path path, IOException e) {
    return new InputProblem(path + ": is damaged or not an npz archive: " + e.getMessage(), e);
  }

  /** The elements of one array, in order. */
  private final class NpyElements implements Elements {
    private final String name;
    private final ZipFile zip;
    private final long expectedCrc;
    private final CheckedInputStream in;
    private final ElementStream elements;

    private NpyElements(String name, ElementType type, NpyHeader header) {
      this.name = name;
      try {
        zip = new ZipFile(path.toFile());
        ZipEntry entry = zip.getEntry(name + SUFFIX);
        if (entry == null) {
          throw new EOFException("the file changed while it was read");
        }
        expectedCrc = entry.getCrc();
        in = new CheckedInputStream(zip.getInputStream(entry), new CRC32());
        in.readNBytes((int) header.dataOffset());
      } catch (IOException e) {
        throw unreadable(path, e);
      }
      elements = new ElementStream(name, in, type, header.byteOrder());
    }

    @Override
    public void next(float[] target, int count) {
      try {
        elements.next(target, count);
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }

    private double next() {
      try {
        return elements.next();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }

    /** Reads what is left and compares the checksum of the whole. */
    @Override
    public void finish() {
      try {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw unreadable(path, e);
      }
      if (in.getChecksum().getValue() != expectedCrc) {
        throw new InputProblem(path + ": array '" + name + "' is damaged: its checksum differs");
      }
    }

    @Override
    public void close() {
      try {
        zip.close();
      } catch (IOException e) {
        throw unreadable(path, e);
      }
    }
  }
}
