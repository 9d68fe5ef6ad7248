package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.primesim.network.HalfPrecision;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Reads tensors of a model, in the file itself or in the files of external data beside it.
 *
 * <p>A tensor is refused where it does not hold exactly as many values as its shape says; nothing
 * is allocated for what a shape merely claims.
 */
final class TensorReader {
  private final Path file;
  private final Map<String, ByteBuffer> external = new LinkedHashMap<>();

  TensorReader(Path file) {
    this.file = file;
  }

  /** Files of external data that were read, in order. */
  List<Path> externalFiles() {
    return external.keySet().stream().map(file::resolveSibling).toList();
  }

  /**
   * Reads a tensor.
   *
   * @throws InputProblem naming the tensor, if it is damaged or of a type that has no numbers
   */
  Tensor read(TensorProto proto) {
    String name = Node.cut(proto.getName());
    long elements = 1;
    int[] dims = new int[proto.getDimsCount()];
    for (int axis = 0; axis < dims.length; axis++) {
      long extent = proto.getDims(axis);
      if (extent < 0) {
        throw problem(name, "has a negative extent in its shape " + cut(proto.getDimsList()));
      }
      elements = Math.multiplyHigh(elements, extent) == 0 ? elements * extent : -1;
      if (elements < 0 || elements > Integer.MAX_VALUE || extent > Integer.MAX_VALUE) {
        throw problem(
            name,
            "claims the shape " + cut(proto.getDimsList()) + ", allowed: up to 2^31-1 values");
      }
      dims[axis] = (int) extent;
    }
    TensorProto.DataType type = TensorProto.DataType.forNumber(proto.getDataType());
    if (type == null) {
      throw problem(name, "has the unknown type " + proto.getDataType());
    }
    int bytes = bytes(type);
    if (bytes == 0) {
      throw problem(
          name,
          "is of type "
              + type
              + ", allowed: FLOAT, DOUBLE, FLOAT16, BFLOAT16, BOOL, and integers of 8 to 64 bits");
    }
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      ByteBuffer data = external(name, proto, elements * bytes);
      return new Tensor(dims, integer(type), raw(type, data));
    }
    if (!proto.getRawData().isEmpty() || (elements == 0 && typed(proto, type) == 0)) {
      ByteBuffer data = proto.getRawData().asReadOnlyByteBuffer();
      length(name, dims, type, elements, data.remaining(), bytes);
      return new Tensor(dims, integer(type), raw(type, data.slice()));
    }
    length(name, dims, type, elements, (long) typed(proto, type) * bytes, bytes);
    return new Tensor(dims, integer(type), typedValues(proto, type));
  }

  private void length(
      String name, int[] dims, TensorProto.DataType type, long elements, long held, int bytes) {
    if (held != elements * bytes) {
      throw problem(
          name,
          "claims the shape "
              + Dims.text(dims)
              + " of "
              + type
              + ", which are "
              + elements * bytes
              + " bytes, but holds "
              + held);
    }
  }

  private static String cut(List<Long> dims) {
    return Node.cut(dims.toString());
  }

  private InputProblem problem(String tensor, String what) {
    return new InputProblem(file + ": tensor '" + tensor + "' " + what);
  }

  // ---------------------------------------------------------------- types

  private static int bytes(TensorProto.DataType type) {
    return switch (type) {
      case FLOAT, INT32, UINT32 -> 4;
      case DOUBLE, INT64, UINT64 -> 8;
      case FLOAT16, BFLOAT16, INT16, UINT16 -> 2;
      case INT8, UINT8, BOOL -> 1;
      default -> 0;
    };
  }

  private static boolean integer(TensorProto.DataType type) {
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> false;
      default -> true;
    };
  }

  private static IntToDoubleFunction raw(TensorProto.DataType type, ByteBuffer bytes) {
    ByteBuffer data = bytes.order(ByteOrder.LITTLE_ENDIAN);
    return switch (type) {
      case FLOAT -> i -> data.getFloat(i * Float.BYTES);
      case DOUBLE -> i -> data.getDouble(i * Double.BYTES);
      case INT32 -> i -> data.getInt(i * Integer.BYTES);
      case UINT32 -> i -> Integer.toUnsignedLong(data.getInt(i * Integer.BYTES));
      case INT64, UINT64 -> i -> data.getLong(i * Long.BYTES);
      case FLOAT16 -> i -> HalfPrecision.binary16(data.getShort(i * Short.BYTES));
      case BFLOAT16 -> i -> HalfPrecision.bfloat16(data.getShort(i * Short.BYTES));
      case INT16 -> i -> data.getShort(i * Short.BYTES);
      case UINT16 -> i -> Short.toUnsignedInt(data.getShort(i * Short.BYTES));
      case INT8 -> data::get;
      default -> i -> Byte.toUnsignedInt(data.get(i));
    };
  }

  /** Values held in the list that belongs to the type. */
  private static int typed(TensorProto proto, TensorProto.DataType type) {
    return switch (type) {
      case FLOAT -> proto.getFloatDataCount();
      case DOUBLE -> proto.getDoubleDataCount();
      case INT64 -> proto.getInt64DataCount();
      case UINT32, UINT64 -> proto.getUint64DataCount();
      default -> proto.getInt32DataCount();
    };
  }

  private static IntToDoubleFunction typedValues(TensorProto proto, TensorProto.DataType type) {
    return switch (type) {
      case FLOAT -> proto::getFloatData;
      case DOUBLE -> proto::getDoubleData;
      case INT64 -> proto::getInt64Data;
      case UINT32, UINT64 -> proto::getUint64Data;
      case FLOAT16 -> i -> HalfPrecision.binary16((short) proto.getInt32Data(i));
      case BFLOAT16 -> i -> HalfPrecision.bfloat16((short) proto.getInt32Data(i));
      default -> proto::getInt32Data;
    };
  }

  // ---------------------------------------------------------------- external data

  private ByteBuffer external(String name, TensorProto proto, long needed) {
    String location = null;
    long offset = 0;
    long length = needed;
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      switch (entry.getKey()) {
        case "location" -> location = entry.getValue();
        case "offset" -> offset = number(name, entry);
        case "length" -> length = number(name, entry);
        default -> {
          // A checksum, or what other programs note.
        }
      }
    }
    if (location == null) {
      throw problem(name, "lies in a file of its own, but names none");
    }
    if (length != needed) {
      throw problem(
          name, "needs " + needed + " bytes for its shape, but its external data are " + length);
    }
    ByteBuffer whole = external.get(location);
    if (whole == null) {
      whole = map(name, location);
      external.put(location, whole);
    }
    if (offset < 0 || length > whole.capacity() - offset) {
      throw problem(
          name,
          "lies at byte "
              + offset
              + " of '"
              + Node.cut(location)
              + "', "
              + length
              + " bytes long, but that file has "
              + whole.capacity());
    }
    return whole.slice((int) offset, (int) length);
  }

  private long number(String name, StringStringEntryProto entry) {
    try {
      return Long.parseLong(entry.getValue());
    } catch (NumberFormatException e) {
      throw new InputProblem(
          problem(name, "has external data of " + entry.getKey() + " '").getMessage()
              + Node.cut(entry.getValue())
              + "', allowed: a number of bytes",
          e);
    }
  }

  /** Whether a file lies in a folder once links are followed. */
  private static boolean isBelow(Path folder, Path path) {
    try {
      return path.toRealPath().startsWith(folder.toRealPath());
    } catch (IOException e) {
      throw new InputProblem(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Only files beside the model, or below its folder, are opened. */
  private ByteBuffer map(String name, String location) {
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path path;
    try {
      path = folder.resolve(location).normalize();
    } catch (InvalidPathException e) {
      throw new InputProblem(
          problem(name, "lies in '").getMessage() + Node.cut(location) + "', which is no path", e);
    }
    if (!path.startsWith(folder)) {
      throw problem(
          name,
          "lies in '" + Node.cut(location) + "', allowed: files below the folder of the model");
    }
    if (Files.isRegularFile(path) && !isBelow(folder, path)) {
      throw problem(
          name,
          "lies in '"
              + Node.cut(location)
              + "', allowed: files below the folder of the model, not links out of it");
    }
    if (!Files.isRegularFile(path)) {
      throw problem(name, "lies in '" + Node.cut(location) + "', which is missing");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw problem(
            name, "lies in '" + Node.cut(location) + "', which has over 2 GB, allowed: up to 2 GB");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    } catch (IOException e) {
      throw new InputProblem(path + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
