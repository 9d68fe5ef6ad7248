package io.github.primesim.training.storage;

import io.github.primesim.training.UnusableInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.openlca.npy.NpyByteOrder;
import org.openlca.npy.NpyDataType;
import org.openlca.npy.NpyFormatException;
import org.openlca.npy.NpyHeader;
import org.openlca.npy.dict.NpyHeaderDict;

/**
 * NumPy's archive of named arrays, restricted to float32, uint8 and int8 in C order.
 *
 * <p>Arrays keep the order they were put in. The same arrays give the same bytes: entries are
 * deflated and carry a fixed time. Text is stored as an uint8 vector of its UTF-8 bytes.
 */
public final class Npz {
  /** The first moment the zip format can express, so that the bytes do not depend on the day. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private static final Set<NpyDataType> TYPES =
      Set.of(NpyDataType.f4, NpyDataType.u1, NpyDataType.i1);

  private static final String SUFFIX = ".npy";

  private final Map<String, Stored> arrays = new LinkedHashMap<>();

  private record Stored(NpyHeaderDict header, ByteBuffer littleEndian) {
    Stored(NpyDataType type, int[] shape, ByteBuffer littleEndian) {
      this(
          NpyHeaderDict.of(type)
              .withShape(shape)
              .withByteOrder(
                  type.size() == 1 ? NpyByteOrder.NOT_APPLICABLE : NpyByteOrder.LITTLE_ENDIAN)
              .create(),
          littleEndian);
    }

    NpyDataType type() {
      return header.dataType();
    }

    int[] shape() {
      return header.shape();
    }
  }

  public Npz put(String name, Tensor tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * tensor.size()).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    arrays.put(name, new Stored(NpyDataType.f4, tensor.shape(), bytes));
    return this;
  }

  /**
   * Adds unsigned bytes.
   *
   * @throws IllegalArgumentException if the number of bytes is not the product of the dimensions
   */
  public Npz putBytes(String name, int[] shape, byte[] bytes) {
    if (Tensor.elements(shape) != bytes.length) {
      throw new IllegalArgumentException(name + " has " + bytes.length + " bytes");
    }
    arrays.put(name, new Stored(NpyDataType.u1, shape, ByteBuffer.wrap(bytes.clone())));
    return this;
  }

  /**
   * Adds whole numbers and their scales as two arrays.
   *
   * @param scales name of the second
   */
  public Npz putInt8(String name, String scales, Int8Tensor tensor) {
    ByteBuffer levels = ByteBuffer.wrap(tensor.levels().clone());
    arrays.put(name, new Stored(NpyDataType.i1, tensor.shape(), levels));
    return put(scales, new Tensor(new int[] {tensor.scales().length}, tensor.scales()));
  }

  public Npz putText(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return putBytes(name, new int[] {bytes.length}, bytes);
  }

  public Set<String> names() {
    return arrays.keySet();
  }

  public int[] shape(String name) {
    return stored(name).shape();
  }

  public boolean isFloat(String name) {
    return stored(name).type() == NpyDataType.f4;
  }

  /**
   * The float32 array of that name.
   *
   * @throws UnusableInput if there is none
   */
  public Tensor tensor(String name) {
    Stored stored = stored(name);
    if (stored.type() != NpyDataType.f4) {
      throw new UnusableInput("array " + name + " is " + stored.type() + ", float32 is wanted");
    }
    float[] values = new float[Tensor.elements(stored.shape())];
    stored
        .littleEndian()
        .duplicate()
        .rewind()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Tensor(stored.shape(), values);
  }

  public boolean isInt8(String name) {
    return stored(name).type() == NpyDataType.i1;
  }

  /**
   * The int8 array of that name with its scales.
   *
   * @throws UnusableInput if one is missing or of another type, or they do not fit
   */
  public Int8Tensor int8(String name, String scales) {
    Stored stored = stored(name);
    float[] factors = tensor(scales).values();
    if (stored.type() != NpyDataType.i1 || factors.length != stored.shape()[0]) {
      throw new UnusableInput(
          "array " + name + " is " + stored.header() + " with " + factors.length + " scales");
    }
    return new Int8Tensor(stored.shape(), stored.littleEndian().array().clone(), factors);
  }

  /**
   * The uint8 array of that name.
   *
   * @throws UnusableInput if there is none
   */
  public byte[] bytes(String name) {
    Stored stored = stored(name);
    if (stored.type() != NpyDataType.u1) {
      throw new UnusableInput("array " + name + " is " + stored.type() + ", uint8 is wanted");
    }
    return stored.littleEndian().array().clone();
  }

  public String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  private Stored stored(String name) {
    Stored stored = arrays.get(name);
    if (stored == null) {
      throw new UnusableInput("array " + name + " is missing; there are " + arrays.keySet());
    }
    return stored;
  }

  /** Replaces the file whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFile.write(file, this::writeTo);
  }

  private void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.setLevel(9);
    for (Map.Entry<String, Stored> array : arrays.entrySet()) {
      ZipEntry entry = new ZipEntry(array.getKey() + SUFFIX);
      entry.setTimeLocal(ENTRY_TIME);
      zip.putNextEntry(entry);
      Stored stored = array.getValue();
      zip.write(stored.header().toNpyHeader());
      zip.write(stored.littleEndian().array());
      zip.closeEntry();
    }
    zip.finish();
  }

  /**
   * Reads a whole archive.
   *
   * @throws UnusableInput if the file is missing, damaged, or holds an array that is not float32,
   *     uint8 or int8 in C order
   */
  public static Npz read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInput(file + ": no such file");
    }
    Npz npz = new Npz();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
        ZipEntry entry = entries.nextElement();
        if (!entry.getName().endsWith(SUFFIX)) {
          throw new UnusableInput(file + ": entry " + entry.getName() + " is not an .npy array");
        }
        String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
        npz.arrays.put(name, array(zip.getInputStream(entry).readAllBytes(), file, name));
      }
    } catch (UnusableInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The header parser answers some damage with unchecked exceptions.
      throw new UnusableInput(file + ": not a readable npz file: " + e.getMessage(), e);
    }
    return npz;
  }

  private static Stored array(byte[] npy, Path file, String name)
      throws IOException, NpyFormatException {
    NpyHeader header = NpyHeader.read(new ByteArrayInputStream(npy));
    NpyHeaderDict dict = header.dict();
    NpyDataType type = dict.dataType();
    if (!TYPES.contains(type) || dict.hasFortranOrder()) {
      throw new UnusableInput(
          file
              + ": array "
              + name
              + " is "
              + dict
              + "; float32, uint8 or int8 in C order is wanted");
    }
    int expected = Tensor.elements(dict.shape()) * type.size();
    int offset = (int) header.dataOffset();
    if (npy.length - offset != expected) {
      throw new UnusableInput(
          file
              + ": array "
              + name
              + " has "
              + (npy.length - offset)
              + " bytes of data instead of "
              + expected);
    }
    ByteBuffer data = ByteBuffer.allocate(expected).order(ByteOrder.LITTLE_ENDIAN);
    if (type == NpyDataType.f4 && header.byteOrder() == ByteOrder.BIG_ENDIAN) {
      ByteBuffer source = ByteBuffer.wrap(npy, offset, expected).order(ByteOrder.BIG_ENDIAN);
      while (source.hasRemaining()) {
        data.putFloat(source.getFloat());
      }
    } else {
      data.put(npy, offset, expected);
    }
    return new Stored(type, dict.shape(), data);
  }
}
