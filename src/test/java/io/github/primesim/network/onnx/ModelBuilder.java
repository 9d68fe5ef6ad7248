package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Writes small ONNX models, with weights drawn from a seed. */
final class ModelBuilder {
  /** Operators that ONNX Runtime adds. */
  private static final String RUNTIME = "com.microsoft";

  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("g");
  private final SplittableRandom random;
  private final long opset;

  ModelBuilder(long opset, long seed) {
    this.opset = opset;
    this.random = new SplittableRandom(seed);
  }

  /** A model that reads an image {@code x} of three channels, 6 x 7. */
  static ModelBuilder image(long opset, long seed) {
    return new ModelBuilder(opset, seed).input("x", 1, 3, 6, 7);
  }

  ModelBuilder input(String name, int... dims) {
    graph.addInput(info(name, dims));
    return this;
  }

  ModelBuilder output(String name) {
    graph.addOutput(ValueInfoProto.newBuilder().setName(name).setType(type().build()));
    return this;
  }

  /** An output whose shape the file states. */
  ModelBuilder output(String name, int... dims) {
    graph.addOutput(info(name, dims));
    return this;
  }

  private static TypeProto.Builder type() {
    return TypeProto.newBuilder()
        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE));
  }

  private static ValueInfoProto info(String name, int... dims) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int extent : dims) {
      TensorShapeProto.Dimension.Builder each = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(extent < 0 ? each.setDimParam("open") : each.setDimValue(extent));
    }
    TypeProto.Builder type = type();
    type.getTensorTypeBuilder().setShape(shape);
    return ValueInfoProto.newBuilder().setName(name).setType(type).build();
  }

  /** An initialiser drawn uniformly from -1 to 1. */
  ModelBuilder weights(String name, int... dims) {
    graph.addInitializer(floats(name, dims, drawn(dims, -1, 1)));
    return this;
  }

  /** An initialiser drawn uniformly from a range. */
  ModelBuilder weightsBetween(String name, double from, double to, int... dims) {
    graph.addInitializer(floats(name, dims, drawn(dims, from, to)));
    return this;
  }

  private float[] drawn(int[] dims, double from, double to) {
    int size = 1;
    for (int extent : dims) {
      size *= extent;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (from + (to - from) * random.nextDouble());
    }
    return values;
  }

  /** A value of an initialiser. */
  static float value(ModelBuilder model, String name, int place) {
    return model.graph.getInitializerList().stream()
        .filter(tensor -> tensor.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .getFloat(Float.BYTES * place);
  }

  /** An initialiser of integers of one or two bytes, or of four. */
  ModelBuilder levels(String name, TensorProto.DataType type, int[] dims, int... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
    for (int extent : dims) {
      tensor.addDims(extent);
    }
    for (int value : values) {
      tensor.addInt32Data(value);
    }
    return tensor(tensor.build());
  }

  /** The same, drawn uniformly from a range. */
  ModelBuilder drawnLevels(String name, TensorProto.DataType type, int from, int to, int... dims) {
    int size = 1;
    for (int extent : dims) {
      size *= extent;
    }
    return levels(name, type, dims, random.ints(size, from, to + 1).toArray());
  }

  ModelBuilder integers(String name, long... values) {
    graph.addInitializer(integerTensor(name, values));
    return this;
  }

  ModelBuilder number(String name, float value) {
    graph.addInitializer(floats(name, new int[0], new float[] {value}));
    return this;
  }

  ModelBuilder tensor(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  static TensorProto integerTensor(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64_VALUE);
    tensor.addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  static TensorProto floats(String name, int[] dims, float... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (int extent : dims) {
      tensor.addDims(extent);
    }
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return tensor.setRawData(ByteString.copyFrom(bytes.array())).build();
  }

  /**
   * A node.
   *
   * @param inputs names with blanks between them, an underscore for one that is left out
   * @param attributes name and value in turn
   */
  ModelBuilder node(String operator, String inputs, String outputs, Object... attributes) {
    graph.addNode(nodeOf(operator, inputs, outputs, attributes));
    return this;
  }

  /** A node in front of those that are there. */
  ModelBuilder first(String operator, String inputs, String outputs) {
    graph.addNode(0, nodeOf(operator, inputs, outputs));
    return this;
  }

  static NodeProto nodeOf(String operator, String inputs, String outputs, Object... attributes) {
    NodeProto.Builder node = NodeProto.newBuilder();
    int domain = operator.lastIndexOf('.');
    node.setDomain(operator.substring(0, Math.max(domain, 0)));
    node.setOpType(operator.substring(domain + 1));
    for (String name : inputs.isEmpty() ? new String[0] : inputs.split(" ", -1)) {
      node.addInput(name.equals("_") ? "" : name);
    }
    node.addAllOutput(List.of(outputs.split(" ", -1)));
    node.setName(operator + "_" + outputs.split(" ", -1)[0]);
    for (int i = 0; i < attributes.length; i += 2) {
      node.addAttribute(attribute((String) attributes[i], attributes[i + 1]));
    }
    return node.build();
  }

  static AttributeProto attribute(String name, Object value) {
    AttributeProto.Builder attribute = AttributeProto.newBuilder().setName(name);
    if (value instanceof Integer integer) {
      attribute.setType(AttributeProto.AttributeType.INT).setI(integer);
    } else if (value instanceof Double real) {
      attribute.setType(AttributeProto.AttributeType.FLOAT).setF(real.floatValue());
    } else if (value instanceof String text) {
      attribute.setType(AttributeProto.AttributeType.STRING).setS(ByteString.copyFromUtf8(text));
    } else if (value instanceof long[] integers) {
      attribute.setType(AttributeProto.AttributeType.INTS);
      for (long integer : integers) {
        attribute.addInts(integer);
      }
    } else if (value instanceof float[] reals) {
      attribute.setType(AttributeProto.AttributeType.FLOATS);
      for (float real : reals) {
        attribute.addFloats(real);
      }
    } else if (value instanceof List<?> texts) {
      attribute.setType(AttributeProto.AttributeType.STRINGS);
      texts.forEach(text -> attribute.addStrings(ByteString.copyFromUtf8(text.toString())));
    } else if (value instanceof TensorProto tensor) {
      attribute.setType(AttributeProto.AttributeType.TENSOR).setT(tensor);
    } else if (value instanceof GraphProto sub) {
      attribute.setType(AttributeProto.AttributeType.GRAPH).setG(sub);
    } else {
      throw new IllegalArgumentException("attribute of " + value.getClass());
    }
    return attribute.build();
  }

  static long[] ints(long... values) {
    return values;
  }

  GraphProto graph() {
    return graph.build();
  }

  ModelProto model() {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setProducerName("test")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset))
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(3))
            .setGraph(graph);
    if (graph.getNodeList().stream().anyMatch(node -> node.getDomain().equals(RUNTIME))) {
      model.addOpsetImport(OperatorSetIdProto.newBuilder().setDomain(RUNTIME).setVersion(1));
    }
    return model.build();
  }

  Path write(Path folder, String name) throws IOException {
    Path file = folder.resolve(name + ".onnx");
    Files.write(file, model().toByteArray());
    return file;
  }
}
