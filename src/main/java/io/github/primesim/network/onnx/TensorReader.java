package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.primesim.network.ElementType;
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
import java.util.Optional;
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
    Tensor values = values(proto);
    return values.typed(TensorProto.DataType.forNumber(proto.getDataType()));
  }

  private Tensor values(TensorProto proto) {
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
    ElementType element =
        element(type)
            .orElseThrow(
                () ->
                    problem(
                        name,
                        "is of type "
                            + type
                            + ", allowed: FLOAT, DOUBLE, FLOAT16, BFLOAT16, BOOL, and integers of 8"
                            + " to 64 bits"));
    int bytes = element.bytes();
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      ByteBuffer data = external(name, proto, elements * bytes);
      return new Tensor(dims, integer(type), raw(element, data));
    }
    if (!proto.getRawData().isEmpty() || (elements == 0 && typed(proto, type) == 0)) {
      ByteBuffer data = proto.getRawData().asReadOnlyByteBuffer();
      length(name, dims, type, elements, data.remaining(), bytes);
      return new Tensor(dims, integer(type), raw(element, data.slice()));
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

  /** Empty for types that are no numbers, or that no network has its weights in. */
  private static Optional<ElementType> element(TensorProto.DataType type) {
    return switch (type) {
      case FLOAT -> Optional.of(ElementType.FLOAT32);
      case DOUBLE -> Optional.of(ElementType.FLOAT64);
      case FLOAT16 -> Optional.of(ElementType.FLOAT16);
      case BFLOAT16 -> Optional.of(ElementType.BFLOAT16);
      case INT8 -> Optional.of(ElementType.INT8);
      case UINT8, BOOL -> Optional.of(ElementType.UINT8);
      case INT16 -> Optional.of(ElementType.INT16);
      case UINT16 -> Optional.of(ElementType.UINT16);
      case INT32 -> Optional.of(ElementType.INT32);
      case UINT32 -> Optional.of(ElementType.UINT32);
      case INT64, UINT64 -> Optional.of(ElementType.INT64);
      default -> Optional.empty();
    };
  }

  private static boolean integer(TensorProto.DataType type) {
    return switch (type) {
      case FLOAT, DOUBLE, FLOAT16, BFLOAT16 -> false;
      default -> true;
    };
  }

  private static IntToDoubleFunction raw(ElementType type, ByteBuffer bytes) {
    ByteBuffer data = bytes.order(ByteOrder.LITTLE_ENDIAN);
    int size = type.bytes();
    return i -> type.at(data, i * size);
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
      case FLOAT16 -> i -> ElementType.binary16((short) proto.getInt32Data(i));
      case BFLOAT16 -> i -> ElementType.bfloat16((short) proto.getInt32Data(i));
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
