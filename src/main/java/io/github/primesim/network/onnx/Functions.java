package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Operators that a file defines itself: their nodes in place of each that calls them. */
final class Functions {
  /** Functions that call functions make many nodes of a short file. */
  private static final int MOST_NODES = 1_000_000;

  /** Functions within each other: each takes room of the stack. */
  private static final int MOST_LEVELS = 100;

  /** Characters of all names that are made: a long name of a short file is there for each call. */
  private static final int MOST_CHARACTERS = 1 << 28;

  private final Path file;
  private final long opset;
  private final Map<String, FunctionProto> functions = new HashMap<>();

  /** Of those that are being put in; one that calls itself would never end. */
  private final Set<String> open = new HashSet<>();

  private int nodes;
  private long characters;

  private Functions(Path file, long opset, ModelProto model) {
    this.file = file;
    this.opset = opset;
    for (FunctionProto function : model.getFunctionsList()) {
      functions.put(
          key(function.getDomain(), function.getName(), function.getOverload()), function);
    }
  }

  /** Several functions may share a name; a call says which overload it means. */
  private static String key(String domain, String name, String overload) {
    return domain + "\0" + name + "\0" + overload;
  }

  /** The graph of a model without calls of its functions. */
  static GraphProto inlined(Path file, long opset, ModelProto model) {
    return model.getFunctionsCount() == 0
        ? model.getGraph()
        : new Functions(file, opset, model).graph(model.getGraph());
  }

  private GraphProto graph(GraphProto graph) {
    List<NodeProto> all = new ArrayList<>();
    graph.getNodeList().forEach(node -> add(node, all));
    return graph.toBuilder().clearNode().addAllNode(all).build();
  }

  private void add(NodeProto node, List<NodeProto> all) {
    String key = key(node.getDomain(), node.getOpType(), node.getOverload());
    FunctionProto function = functions.get(key);
    if (++nodes > MOST_NODES) {
      throw problem(node, "with its functions the file has over " + MOST_NODES + " nodes");
    }
    if (function == null) {
      NodeProto.Builder same = node.toBuilder();
      for (AttributeProto.Builder attribute : same.getAttributeBuilderList()) {
        if (attribute.hasG()) {
          attribute.setG(graph(attribute.getG()));
        }
      }
      all.add(same.build());
      return;
    }
    if (!open.add(key)) {
      throw problem(node, "its function calls itself, allowed: functions that end");
    }
    if (open.size() > MOST_LEVELS) {
      throw problem(node, "it is a call within " + MOST_LEVELS + " others, allowed: fewer of them");
    }
    for (OperatorSetIdProto each : function.getOpsetImportList()) {
      if (each.getDomain().isEmpty() && each.getVersion() != opset) {
        throw problem(
            node,
            "its function is written for operator set "
                + each.getVersion()
                + ", allowed: that of the file, "
                + opset);
      }
    }
    Call call = new Call(node, function, nodes);
    for (NodeProto inner : function.getNodeList()) {
      NodeProto own = call.own(inner);
      characters += characters(own);
      if (characters > MOST_CHARACTERS) {
        throw problem(
            node, "the names of what functions make have over " + MOST_CHARACTERS + " characters");
      }
      add(own, all);
    }
    open.remove(key);
  }

  private static long characters(NodeProto node) {
    return Stream.concat(node.getInputList().stream(), node.getOutputList().stream())
        .mapToLong(String::length)
        .sum();
  }

  private InputProblem problem(NodeProto node, String what) {
    return new InputProblem(
        file + ": node '" + Node.label(node) + "' (" + Node.operator(node) + "): " + what);
  }

  /** One call of a function: names within it, and values of its attributes. */
  private static final class Call {
    private final String label;
    private final String prefix;
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeProto> attributes = new HashMap<>();

    Call(NodeProto node, FunctionProto function, int number) {
      label = Node.label(node);
      prefix = label + "#" + number + "/";
      for (int i = 0; i < function.getInputCount(); i++) {
        names.put(function.getInput(i), i < node.getInputCount() ? node.getInput(i) : "");
      }
      for (int i = 0; i < function.getOutputCount(); i++) {
        if (i < node.getOutputCount() && !node.getOutput(i).isEmpty()) {
          names.put(function.getOutput(i), node.getOutput(i));
        }
      }
      function.getAttributeProtoList().forEach(each -> attributes.put(each.getName(), each));
      node.getAttributeList().forEach(each -> attributes.put(each.getName(), each));
    }

    /** The node of the function as a node of the caller. */
    NodeProto own(NodeProto inner) {
      NodeProto.Builder own = inner.toBuilder().clearInput().clearOutput().clearAttribute();
      inner.getInputList().forEach(name -> own.addInput(outside(name)));
      inner.getOutputList().forEach(name -> own.addOutput(outside(name)));
      own.setName(label + "/" + Node.label(inner));
      for (AttributeProto attribute : inner.getAttributeList()) {
        AttributeProto given = attribute;
        if (!attribute.getRefAttrName().isEmpty()) {
          given = attributes.get(attribute.getRefAttrName());
        }
        if (given != null) {
          AttributeProto.Builder copy = given.toBuilder().setName(attribute.getName());
          own.addAttribute(copy.hasG() ? copy.setG(own(copy.getG())) : copy);
        }
      }
      return own.build();
    }

    private GraphProto own(GraphProto inner) {
      GraphProto.Builder own = inner.toBuilder().clearNode();
      inner.getNodeList().forEach(node -> own.addNode(own(node)));
      own.getInitializerBuilderList().forEach(each -> each.setName(outside(each.getName())));
      own.getOutputBuilderList().forEach(each -> each.setName(outside(each.getName())));
      return own.build();
    }

    private String outside(String name) {
      return name.isEmpty() ? "" : names.getOrDefault(name, prefix + name);
    }
  }
}
