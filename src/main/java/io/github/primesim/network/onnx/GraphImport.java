package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.primesim.network.Network;
import io.github.primesim.network.Shape;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Walks the nodes of a graph and makes layers of them. */
final class GraphImport {
  private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;

  private final Path file;
  private final long opset;
  private final ImportOptions options;
  private final TensorReader tensors;

  /** What is known of each name so far. */
  private final Map<String, Value> values = new HashMap<>();

  /** How often each name is read, in all branches. */
  private final Map<String, Integer> readers = new HashMap<>();

  /** Shapes that the file states for names. */
  private final Map<String, ValueInfoProto> stated = new HashMap<>();

  private final FoldedConstants folded = new FoldedConstants();
  private final List<String> left = new ArrayList<>();
  private final List<String> sinks = new ArrayList<>();

  /** Shapes of inputs that the file states for several images, by their names. */
  private final Map<String, int[]> severalImages = new LinkedHashMap<>();

  /** Where inputs of several images are read for one. */
  private Optional<FixedBatch> batch = Optional.empty();

  private Layers layers;
  private ShapeOperators shapeOperators;
  private List<Operators> computing;

  GraphImport(Path file, long opset, ImportOptions options) {
    this.file = file;
    this.opset = opset;
    this.options = options;
    this.tensors = new TensorReader(file);
  }

  /** A family of operators. */
  @FunctionalInterface
  private interface Operators {
    Optional<List<Value>> apply(Node node);
  }

  /** The network of the whole model, up to the scores that it takes labels from. */
  OnnxNetwork network(GraphProto whole) {
    ClassLabels labels = ClassLabels.of(whole);
    GraphProto graph = labels.scores();
    initializers(graph);
    count(graph);
    inputs(graph);
    shapeOperators = new ShapeOperators(layers, tensors);
    Composition composition = new Composition(this::supported);
    computing =
        List.of(
            new MaskedOperators(composition)::apply,
            new WeightOperators(layers)::apply,
            new RecurrentOperators(layers, readers::containsKey)::apply,
            new ElementwiseOperators(layers)::apply,
            new ChoiceOperators(layers)::apply,
            new PoolingOperators(layers)::apply,
            new ResizeOperators(layers)::apply,
            new CompositeOperators(composition)::apply,
            new QuantizedOperators(composition)::apply,
            new Einsum(composition)::apply);
    nodes(graph);
    labels.ends().forEach(this::leftToReader);
    List<Signal> outputs = outputs(graph);
    Network network;
    try {
      network = layers.network(name(), description(), outputs, sinks);
    } catch (IllegalArgumentException | RefusedNodeException e) {
      throw new InputProblem(file + ": makes no network: " + e.getMessage(), e);
    }
    if (network.weightedLayers().isEmpty()) {
      throw new InputProblem(file + ": has no layer with weights, at least one is needed");
    }
    List<Path> files = new ArrayList<>(List.of(file));
    files.addAll(tensors.externalFiles());
    return new OnnxNetwork(
        network, new OnnxWeights(file.toString(), network, layers.filters()), files, left);
  }

  private String name() {
    return file.getFileName().toString().replaceFirst("(?i)\\.onnx$", "");
  }

  private String description() {
    String from = "Imported from " + file.getFileName();
    return left.isEmpty() ? from : from + "; left to the host: " + left.size() + " nodes";
  }

  // ---------------------------------------------------------------- what the graph begins with

  private void initializers(GraphProto graph) {
    for (TensorProto tensor : graph.getInitializerList()) {
      values.put(tensor.getName(), tensors.read(tensor));
    }
    if (graph.getSparseInitializerCount() > 0) {
      throw new InputProblem(file + ": has sparse initialisers, allowed: dense ones");
    }
    graph.getValueInfoList().forEach(info -> stated.put(info.getName(), info));
    graph.getOutputList().forEach(info -> stated.put(info.getName(), info));
  }

  private void count(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      node.getInputList().forEach(name -> readers.merge(name, 1, Integer::sum));
      for (AttributeProto attribute : node.getAttributeList()) {
        if (attribute.hasG()) {
          count(attribute.getG());
        }
      }
    }
    graph.getOutputList().forEach(info -> readers.merge(info.getName(), 1, Integer::sum));
  }

  /** One input is the input of the network; several are cut out of it, behind one another. */
  private void inputs(GraphProto graph) {
    Map<String, int[]> real = new LinkedHashMap<>();
    for (ValueInfoProto input : graph.getInputList()) {
      String name = input.getName();
      Double value = options.values().get(name);
      if (value != null) {
        boolean integer = input.getType().getTensorType().getElemType() != FLOAT;
        values.put(name, new Tensor(constantDims(input), integer, i -> value));
      } else if (!values.containsKey(name)) {
        real.put(name, dims(input));
      }
    }
    batch = oneImage(graph, real);
    checkNames(graph, options.shapes().keySet(), "--input-shape");
    checkNames(graph, options.values().keySet(), "--input-value");
    if (real.isEmpty()) {
      throw new InputProblem(file + ": has no input, at least one is needed");
    }
    try {
      long size = 0;
      for (int[] dims : real.values()) {
        size += Dims.size(dims);
      }
      Dims.size(new int[] {(int) Math.min(size, Integer.MAX_VALUE)});
      int[] first = real.values().iterator().next();
      layers = new Layers(real.size() == 1 ? Layers.shape(first) : Shape.vector((int) size));
      int offset = 0;
      for (Map.Entry<String, int[]> each : real.entrySet()) {
        int[] dims = each.getValue();
        values.put(
            each.getKey(), new Signal(Network.INPUT, offset, dims, Dims.rowMajor(dims), false));
        offset += Dims.size(dims);
      }
    } catch (RefusedNodeException e) {
      throw new InputProblem(file + ": its inputs: " + e.getMessage(), e);
    }
  }

  /** What the file states for several images where all inputs are asked for with one. */
  private Optional<FixedBatch> oneImage(GraphProto graph, Map<String, int[]> real) {
    Set<Integer> images = new HashSet<>();
    for (ValueInfoProto input : graph.getInputList()) {
      int[] dims = real.get(input.getName());
      if (dims == null || dims.length == 0) {
        continue;
      }
      List<Dimension> stated = input.getType().getTensorType().getShape().getDimList();
      long batch = stated.size() == dims.length ? stated.get(0).getDimValue() : 1;
      if (dims[0] > 1) {
        severalImages.put(input.getName(), dims);
      }
      images.add(dims[0] == 1 && batch > 1 && batch <= Dims.LARGEST ? (int) batch : 1);
    }
    return images.size() == 1 && !images.contains(1)
        ? Optional.of(new FixedBatch(images.iterator().next()))
        : Optional.empty();
  }

  /** What asks for one image in place of several. */
  private String remedy() {
    StringBuilder remedy = new StringBuilder();
    severalImages.forEach(
        (name, dims) -> {
          int[] one = dims.clone();
          one[0] = 1;
          remedy
              .append(remedy.isEmpty() ? "; one image: " : " ")
              .append("--input-shape ")
              .append(Node.cut(name))
              .append('=')
              .append(Dims.text(one));
        });
    return remedy.toString();
  }

  private void checkNames(GraphProto graph, Iterable<String> names, String option) {
    List<String> known = graph.getInputList().stream().map(ValueInfoProto::getName).toList();
    for (String name : names) {
      if (!known.contains(name)) {
        throw new InputProblem(
            option
                + " '"
                + name
                + "': "
                + file
                + " has the inputs "
                + Node.cut(String.join(", ", known)));
      }
    }
  }

  private static int[] constantDims(ValueInfoProto input) {
    return input.getType().getTensorType().getShape().getDimList().stream()
        .mapToInt(d -> 1)
        .toArray();
  }

  /** The shape of an input; one image where the number of images is open. */
  private int[] dims(ValueInfoProto input) {
    List<Integer> given = options.shapes().get(input.getName());
    if (given != null) {
      return given.stream().mapToInt(Integer::intValue).toArray();
    }
    String label = file + ": input '" + Node.cut(input.getName()) + "' ";
    if (!input.getType().hasTensorType()) {
      throw new InputProblem(label + "is no tensor, allowed: tensors");
    }
    int type = input.getType().getTensorType().getElemType();
    List<Dimension> stated = input.getType().getTensorType().getShape().getDimList();
    if (type != FLOAT
        && type != TensorProto.DataType.DOUBLE_VALUE
        && type != TensorProto.DataType.FLOAT16_VALUE
        && type != TensorProto.DataType.UINT8_VALUE
        && type != TensorProto.DataType.INT8_VALUE) {
      throw new InputProblem(
          label
              + "is of type "
              + Optional.ofNullable(TensorProto.DataType.forNumber(type))
                  .map(Enum::name)
                  .orElse("?")
              + ", allowed: real numbers, or a value for it: --input-value "
              + Node.cut(input.getName())
              + "=1");
    }
    int[] dims = new int[stated.size()];
    boolean open = !input.getType().getTensorType().hasShape();
    for (int axis = 0; axis < dims.length; axis++) {
      Dimension each = stated.get(axis);
      if (each.hasDimValue() && (each.getDimValue() < -1 || each.getDimValue() > Dims.LARGEST)) {
        throw new InputProblem(
            label + "has the extent " + each.getDimValue() + ", allowed: 1 to " + Dims.LARGEST);
      }
      boolean known = each.hasDimValue() && each.getDimValue() > 0;
      dims[axis] = known ? (int) each.getDimValue() : 1;
      open |= !known && axis > 0;
    }
    if (open) {
      String shown =
          stated.stream()
              .map(d -> d.hasDimValue() && d.getDimValue() > 0 ? "" + d.getDimValue() : "?")
              .collect(Collectors.joining("x"));
      throw new InputProblem(
          label
              + "has the open shape "
              + Node.cut(shown)
              + ", say which: --input-shape "
              + Node.cut(input.getName())
              + "="
              + Node.cut(shown.replaceFirst("^\\?", "1").replace("?", "N")));
    }
    return dims;
  }

  // ---------------------------------------------------------------- nodes

  private void nodes(GraphProto graph) {
    Map<String, NodeProto> producers = null;
    Set<String> given = given(graph);
    for (NodeProto proto : graph.getNodeList()) {
      List<Value> inputs = new ArrayList<>();
      for (String name : proto.getInputList()) {
        Value value = name.isEmpty() ? null : values.get(name);
        if (value == null && !name.isEmpty()) {
          producers = producers == null ? producers(graph) : producers;
          throw undefined(proto, name, producers.get(name));
        }
        boolean once = readers.getOrDefault(name, 0) == 1;
        inputs.add(value instanceof Signal signal ? signal.readOnce(once && signal.sole()) : value);
      }
      Node node = new Node(proto, opset, inputs);
      for (String name : proto.getOutputList()) {
        if (!name.isEmpty() && !given.add(name)) {
          throw problem(
              proto,
              "it gives '" + Node.cut(name) + "', which is given already, allowed: a new name");
        }
      }
      List<Value> results = results(node);
      for (int i = 0; i < proto.getOutputCount(); i++) {
        if (!proto.getOutput(i).isEmpty()) {
          values.put(
              proto.getOutput(i),
              i < results.size() ? results.get(i) : new Value.Unknown(node.label()));
        }
      }
    }
  }

  /** Names that a graph has values for before its first node; branches may name theirs alike. */
  private static Set<String> given(GraphProto graph) {
    Set<String> given = new HashSet<>();
    graph.getInputList().forEach(input -> given.add(input.getName()));
    graph.getInitializerList().forEach(tensor -> given.add(tensor.getName()));
    return given;
  }

  private static Map<String, NodeProto> producers(GraphProto graph) {
    Map<String, NodeProto> producers = new HashMap<>();
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
    }
    return producers;
  }

  private InputProblem undefined(NodeProto node, String name, NodeProto later) {
    String what =
        later == null
            ? ", which nothing gives"
            : ", which node '"
                + Node.label(later)
                + "' gives only after it: the graph is cyclic or out of order";
    return problem(node, "it reads '" + Node.cut(name) + "'" + what);
  }

  private InputProblem problem(NodeProto node, String reason) {
    return new InputProblem(
        file + ": node '" + Node.label(node) + "' (" + Node.operator(node) + "): " + reason);
  }

  private List<Value> results(Node read) {
    Node node = read;
    try {
      Attributes.check(node);
      node = batch.isPresent() ? batch.get().one(read) : read;
      List<Value> results = node.operator().equals("If") ? branch(node) : supported(node);
      folded.keep(results);
      return results;
    } catch (RefusedNodeException | IllegalArgumentException | ArithmeticException e) {
      if (!options.skipUnsupported()) {
        String remedy = e instanceof SeveralImagesException ? remedy() : "";
        throw problem(node.proto(), e.getMessage() + remedy);
      }
      return leftOut(node, e.getMessage());
    }
  }

  private List<Value> supported(Node node) {
    for (Value input : node.inputs()) {
      if (input instanceof Value.Unknown unknown) {
        unknown.dims();
      }
    }
    Optional<List<Value>> results = shapeOperators.apply(node);
    if (results.isEmpty() && node.inputs().stream().noneMatch(GraphImport::isComputed)) {
      results = ConstantFolding.fold(node, folded);
    }
    for (Operators family : computing) {
      results = results.isPresent() ? results : family.apply(node);
    }
    return results.orElseThrow(() -> unsupported(node));
  }

  private static boolean isComputed(Value value) {
    return value instanceof Signal || value instanceof Value.Masked;
  }

  private RefusedNodeException unsupported(Node node) {
    String reason =
        switch (node.operator()) {
          case "ArgMax", "TopK" ->
              "it chooses among scores, allowed: the largest, at the end of the network, for labels"
                  + " that nothing computes with";
          case "GatherND", "ScatterND" -> "it reads what layers give, allowed: constants";
          default -> "the operator is not supported";
        };
    return new RefusedNodeException(
        options.skipUnsupported() ? reason : reason + "; --skip-unsupported leaves it to the host");
  }

  /** The branch whose condition holds. */
  private List<Value> branch(Node node) {
    boolean condition = node.constant(0).single() != 0;
    return branch(node.graph(condition ? "then_branch" : "else_branch"));
  }

  private List<Value> branch(GraphProto graph) {
    initializers(graph);
    nodes(graph);
    List<Value> results = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      Value value = values.get(output.getName());
      if (value == null) {
        throw new RefusedNodeException(
            "its branch gives '" + Node.cut(output.getName()) + "', which nothing computes");
      }
      boolean once = readers.getOrDefault(output.getName(), 0) == 1;
      results.add(value instanceof Signal signal ? signal.readOnce(once && signal.sole()) : value);
    }
    return results;
  }

  // ---------------------------------------------------------------- what is left out

  /** What makes labels of scores: whoever reads the scores does so. */
  private void leftToReader(NodeProto end) {
    if (ClassLabels.isLargest(end) && values.get(end.getInput(0)) instanceof Signal scores) {
      Node node = new Node(end, opset, List.of(scores));
      try {
        Attributes.check(node);
        ClassLabels.checkAxis(node, scores.dims());
      } catch (RefusedNodeException e) {
        throw problem(end, e.getMessage());
      }
    }
    left.add(
        "node '" + Node.label(end) + "' (" + Node.operator(end) + "): " + ClassLabels.reason(end));
  }

  private List<Value> leftOut(Node node, String reason) {
    try {
      return leftToHost(node, reason);
    } catch (RefusedNodeException e) {
      throw problem(node.proto(), e.getMessage());
    }
  }

  private List<Value> leftToHost(Node node, String reason) {
    left.add("node '" + node.label() + "' (" + node.operator() + "): " + reason);
    List<Signal> inputs = new ArrayList<>();
    for (Value input : node.inputs()) {
      if (input instanceof Signal signal) {
        inputs.add(signal);
      } else if (input instanceof Value.Masked masked) {
        inputs.add(masked.signal());
      }
    }
    if (node.operator().equals("If")) {
      return chosen(node, inputs);
    }
    List<int[]> shapes = new ArrayList<>();
    for (String output : node.proto().getOutputList()) {
      if (output.isEmpty()) {
        continue;
      }
      Optional<int[]> shape = HostShapes.of(node, stated.get(output));
      if (shape.isEmpty()) {
        if (!inputs.isEmpty()) {
          // Nothing can follow, but what leads here is kept.
          sinks.add(
              layers
                  .host(node.label(), node.operator(), inputs, List.of(new int[] {1}))
                  .get(0)
                  .source());
        }
        return List.of();
      }
      shapes.add(shape.get());
    }
    if (inputs.isEmpty() || shapes.isEmpty()) {
      return List.of();
    }
    return new ArrayList<>(layers.host(node.label(), node.operator(), inputs, shapes));
  }

  /** Both branches are computed, since either may be needed; the host chooses. */
  private List<Value> chosen(Node node, List<Signal> inputs) {
    List<List<Value>> branches =
        List.of(branch(node.graph("then_branch")), branch(node.graph("else_branch")));
    for (List<Value> branch : branches) {
      for (Value value : branch) {
        if (value instanceof Signal signal) {
          inputs.add(signal);
        }
      }
    }
    List<int[]> shapes = new ArrayList<>();
    for (Value value : branches.get(0)) {
      if (value instanceof Value.Unknown) {
        inputs.forEach(input -> sinks.add(input.source()));
        return List.of();
      }
      shapes.add(value.dims());
    }
    return inputs.isEmpty() || shapes.isEmpty()
        ? List.of()
        : new ArrayList<>(layers.host(node.label(), node.operator(), inputs, shapes));
  }

  private List<Signal> outputs(GraphProto graph) {
    List<Signal> outputs = new ArrayList<>();
    for (ValueInfoProto output : graph.getOutputList()) {
      Value value = values.get(output.getName());
      if (value == null) {
        throw new InputProblem(
            file + ": output '" + Node.cut(output.getName()) + "' is computed by nothing");
      }
      if (value instanceof Value.Masked) {
        throw new InputProblem(
            file
                + ": output '"
                + Node.cut(output.getName())
                + "' is minus infinity at places, allowed: finite numbers");
      }
      if (value instanceof Signal signal) {
        checkImage(output, signal);
        outputs.add(signal);
      }
    }
    if (outputs.isEmpty() && sinks.isEmpty()) {
      throw new InputProblem(
          file + ": has no output that depends on its inputs, at least one is needed");
    }
    return outputs;
  }

  private void checkImage(ValueInfoProto output, Signal signal) {
    int[] shape =
        output.getType().getTensorType().getShape().getDimList().stream()
            .mapToInt(each -> (int) Math.max(0, Math.min(each.getDimValue(), Integer.MAX_VALUE)))
            .toArray();
    try {
      batch.ifPresent(all -> all.check(shape, signal.dims()));
    } catch (RefusedNodeException e) {
      throw new InputProblem(
          file + ": output '" + Node.cut(output.getName()) + "' " + e.getMessage(), e);
    }
  }
}
