package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The end of a classifier, where scores become labels: the place of the largest one, and what gives
 * it a name. It computes nothing for anyone but the reader of the result, who can take the largest
 * score as well, so a network ends at the scores.
 */
final class ClassLabels {
  private static final String EXTRACTOR = "ai.onnx.ml.ArrayFeatureExtractor";
  private static final String ZIP = "ai.onnx.ml.ZipMap";

  /** What may be done with a label on its way out, by the input that is the label. */
  private static final Map<String, Integer> NAMING =
      Map.ofEntries(
          Map.entry("Cast", 0),
          Map.entry("Identity", 0),
          Map.entry("Reshape", 0),
          Map.entry("Flatten", 0),
          Map.entry("Squeeze", 0),
          Map.entry("Unsqueeze", 0),
          Map.entry("Transpose", 0),
          Map.entry("ai.onnx.ml.LabelEncoder", 0),
          Map.entry("Gather", 1),
          Map.entry(EXTRACTOR, 1));

  /** What leaves the order of scores as it is. */
  private static final Set<String> ORDERED =
      Set.of(
          "Softmax",
          "LogSoftmax",
          "Sigmoid",
          "Identity",
          "Cast",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "ai.onnx.ml.Normalizer");

  private final GraphProto whole;
  private final Map<String, NodeProto> producers = new HashMap<>();

  /** Names that are labels, and the scores they are taken from. */
  private final Map<String, String> labels = new HashMap<>();

  private final Set<NodeProto> ends = nodes();

  private ClassLabels(GraphProto graph) {
    this.whole = graph;
    for (NodeProto node : graph.getNodeList()) {
      node.getOutputList().forEach(output -> producers.put(output, node));
    }
    findLabels();
    findEnds();
  }

  /** By identity: nodes may hold large tensors. */
  private static Set<NodeProto> nodes() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** The end of a graph, found but not yet left out. */
  static ClassLabels of(GraphProto graph) {
    return new ClassLabels(graph);
  }

  /** The nodes that are left out, in the order of the graph. */
  List<NodeProto> ends() {
    return whole.getNodeList().stream().filter(ends::contains).toList();
  }

  /** Why one of them is left out. */
  static String reason(NodeProto end) {
    if (isLargest(end)) {
      return "it takes labels from scores; the network ends at the scores, of which 'accuracy'"
          + " takes the largest itself";
    }
    return Node.operator(end).equals(ZIP) ? "it names the scores" : "it names labels";
  }

  /** Whether a node takes the place of the largest score. */
  static boolean isLargest(NodeProto node) {
    return switch (Node.operator(node)) {
      case "ArgMax" -> true;
      case "TopK" -> node.getOutputCount() > 1 && !node.getOutput(1).isEmpty() && fromAbove(node);
      default -> false;
    };
  }

  private static boolean fromAbove(NodeProto node) {
    return node.getAttributeList().stream()
        .noneMatch(each -> each.getName().equals("largest") && each.getI() == 0);
  }

  /**
   * Refuses a node that takes its label along another axis than that of the classes.
   *
   * @param scores shape of what it reads
   */
  static void checkAxis(Node node, int[] scores) {
    long given = node.integer("axis", node.operator().equals("TopK") ? -1 : 0);
    if (scores[Dims.axis(given, scores.length)] == 1) {
      throw new RefusedNodeException(
          "axis "
              + given
              + " of "
              + Dims.text(scores)
              + " has a single place, allowed: the axis of the classes");
    }
  }

  // ---------------------------------------------------------------- what the end is

  private void findLabels() {
    Set<String> computed = new HashSet<>();
    whole.getInputList().forEach(input -> computed.add(input.getName()));
    whole.getInitializerList().forEach(tensor -> computed.remove(tensor.getName()));
    for (NodeProto node : whole.getNodeList()) {
      if (node.getInputList().stream().anyMatch(computed::contains)) {
        computed.addAll(node.getOutputList());
      }
      if (isLargest(node) && node.getInputCount() > 0 && !labels.containsKey(node.getInput(0))) {
        node.getOutputList().forEach(output -> labels.put(output, node.getInput(0)));
        continue;
      }
      Integer place = NAMING.get(Node.operator(node));
      if (place == null || node.getInputCount() <= place) {
        continue;
      }
      String scores = labels.get(node.getInput(place));
      boolean table = place == 0 || !computed.contains(node.getInput(0));
      if (scores != null && table) {
        node.getOutputList().forEach(output -> labels.put(output, scores));
      }
    }
  }

  /** From the last node back: what nobody but the end reads, then on from what gives labels. */
  private void findEnds() {
    Map<String, Integer> others = new HashMap<>();
    whole.getNodeList().forEach(node -> count(node, others, 1));
    Set<String> outputs = new HashSet<>();
    whole.getOutputList().forEach(output -> outputs.add(output.getName()));
    Set<NodeProto> found = nodes();
    for (int i = whole.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = whole.getNode(i);
      List<String> given = node.getOutputList();
      boolean unread = given.stream().allMatch(name -> others.getOrDefault(name, 0) == 0);
      boolean zip = Node.operator(node).equals(ZIP) && node.getInputCount() > 0;
      if (unread && (zip || given.stream().anyMatch(labels::containsKey))) {
        found.add(node);
        count(node, others, -1);
      }
    }
    Set<String> shown = new HashSet<>(outputs);
    for (int i = whole.getNodeCount() - 1; i >= 0; i--) {
      NodeProto node = whole.getNode(i);
      if (found.contains(node) && named(node).stream().anyMatch(shown::contains)) {
        shown.addAll(node.getInputList());
      } else {
        found.remove(node);
      }
    }
    Set<String> open = new HashSet<>();
    for (NodeProto node : whole.getNodeList()) {
      boolean begins = isLargest(node) || Node.operator(node).equals(ZIP);
      boolean follows = node.getInputList().stream().anyMatch(open::contains);
      if (found.contains(node) && (begins || follows)) {
        ends.add(node);
        open.addAll(node.getOutputList());
      }
    }
  }

  /** Outputs that tell which class it is; the largest scores themselves do not. */
  private static List<String> named(NodeProto node) {
    List<String> outputs = node.getOutputList();
    return node.getOpType().equals("TopK") ? outputs.subList(1, outputs.size()) : outputs;
  }

  /** Counts what a node reads, its branches included. */
  private static void count(NodeProto node, Map<String, Integer> reads, int times) {
    node.getInputList().forEach(name -> reads.merge(name, times, Integer::sum));
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attribute.hasG()) {
        attribute.getG().getNodeList().forEach(inner -> count(inner, reads, times));
        attribute
            .getG()
            .getOutputList()
            .forEach(o -> reads.merge(o.getName(), times, Integer::sum));
      }
    }
  }

  // ---------------------------------------------------------------- the graph without it

  /** The graph that ends at the scores. */
  GraphProto scores() {
    if (ends.isEmpty()) {
      return whole;
    }
    Set<String> gone = new HashSet<>();
    ends.forEach(end -> gone.addAll(end.getOutputList()));
    GraphProto.Builder graph = whole.toBuilder().clearNode().clearOutput().clearInitializer();
    List<ValueInfoProto> outputs = outputs(gone);
    graph.addAllOutput(outputs);
    Map<String, Integer> reads = new HashMap<>();
    outputs.forEach(output -> reads.merge(output.getName(), 1, Integer::sum));
    whole.getNodeList().stream()
        .filter(node -> !ends.contains(node))
        .forEach(node -> count(node, reads, 1));
    Set<String> names = new HashSet<>();
    ends.forEach(end -> names.addAll(end.getInputList()));
    names.removeAll(reads.keySet());
    // Tables of names may be texts, which no tensor of a network is.
    whole.getInitializerList().stream()
        .filter(tensor -> !names.contains(tensor.getName()))
        .forEach(graph::addInitializer);
    for (NodeProto node : whole.getNodeList()) {
      boolean table =
          node.getOpType().equals("Constant") && names.containsAll(node.getOutputList());
      if (!ends.contains(node) && !table) {
        graph.addNode(node);
      }
    }
    return graph.build();
  }

  /** Outputs other than labels; scores in place of labels whose scores are not among them. */
  private List<ValueInfoProto> outputs(Set<String> gone) {
    Map<String, ValueInfoProto> kept = new HashMap<>();
    List<String> order = new ArrayList<>();
    Set<String> origins = new HashSet<>();
    for (ValueInfoProto output : whole.getOutputList()) {
      String name = output.getName();
      NodeProto producer = producers.get(name);
      if (gone.contains(name) && Node.operator(producer).equals(ZIP)) {
        name = producer.getInput(0);
      }
      if (!gone.contains(name)) {
        boolean same = name.equals(output.getName());
        kept.put(name, same ? output : info(name));
        origins.add(origin(name));
      }
    }
    for (ValueInfoProto output : whole.getOutputList()) {
      String name = output.getName();
      NodeProto producer = producers.get(name);
      if (gone.contains(name)) {
        boolean zip = Node.operator(producer).equals(ZIP);
        name = zip ? producer.getInput(0) : labels.get(name);
        if (!kept.containsKey(name) && origins.add(origin(name))) {
          kept.put(name, info(name));
        }
      }
      if (kept.containsKey(name) && !order.contains(name)) {
        order.add(name);
      }
    }
    return order.stream().map(kept::get).toList();
  }

  private static ValueInfoProto info(String name) {
    return ValueInfoProto.newBuilder().setName(name).build();
  }

  /** The scores that others differ from in scale only, so that the largest one is the same. */
  private String origin(String scores) {
    String at = scores;
    NodeProto producer = producers.get(at);
    // A damaged file may be cyclic.
    for (int i = 0; i < whole.getNodeCount() && producer != null; i++) {
      if (!ORDERED.contains(Node.operator(producer)) || producer.getInputCount() == 0) {
        return at;
      }
      at = producer.getInput(0);
      producer = producers.get(at);
    }
    return at;
  }
}
