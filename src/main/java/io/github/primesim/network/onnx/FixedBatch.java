package io.github.primesim.network.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A file that is made for several images at once, imported for one of them. Its constants may hold
 * the number of images: as the first extent of a shape, or as repetitions of what each image is
 * combined with. Both are taken for one image where the shapes say that they mean the images, and
 * refused where each image has constants of its own.
 *
 * @param images images the file is made for, above 1
 */
record FixedBatch(int images) {
  /** Operators that repeat their operands along axes of 1, or join them. */
  private static final Set<String> MEETING =
      Set.of(
          "Add",
          "Sub",
          "Mul",
          "Div",
          "Pow",
          "Max",
          "Min",
          "Sum",
          "Where",
          "PRelu",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "Concat",
          "com.microsoft.QLinearAdd",
          "com.microsoft.QLinearMul");

  /** A node with its constants taken for one image. */
  Node one(Node node) {
    return switch (node.operator()) {
      case "Reshape", "Expand" -> oneShape(node);
      case "LSTM", "GRU", "RNN" -> oneState(node);
      default -> MEETING.contains(node.operator()) ? oneOperand(node) : node;
    };
  }

  /**
   * Refuses an output that is not that of one image.
   *
   * @param stated shape the file states for all images, 0 where it is open
   */
  void check(int[] stated, int[] found) {
    boolean same = stated.length == found.length && stated.length > 0 && stated[0] == images;
    if (!same) {
      return;
    }
    for (int axis = 0; axis < found.length; axis++) {
      int one = axis == 0 ? 1 : stated[axis];
      if (one > 0 && found[axis] != one) {
        throw new RefusedNodeException(
            "has the shape "
                + Dims.text(found)
                + " for one image, where the file has "
                + Dims.text(stated)
                + " for "
                + images
                + ", allowed: images that are kept apart");
      }
    }
  }

  /** Values of one image, which had the images as their first axis. */
  private static boolean isImage(Value value) {
    return value instanceof Signal signal && signal.rank() > 1 && signal.dims()[0] == 1;
  }

  private Node oneShape(Node node) {
    if (!node.has(1) || !isImage(node.input(0)) || !(node.input(1) instanceof Tensor target)) {
      return node;
    }
    long[] extents = target.toIntegers();
    if (extents.length == 0 || extents[0] != images) {
      return node;
    }
    boolean reshape = node.operator().equals("Reshape");
    if (reshape ? !splits(extents, node.signal(0)) : extents.length != node.signal(0).rank()) {
      return node;
    }
    int[] one = new int[extents.length];
    for (int i = 1; i < one.length; i++) {
      one[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, extents[i]));
    }
    one[0] = 1;
    return with(node, 1, Tensor.integers(one));
  }

  /** Whether a shape of all images, of which the first extent is their number, fits to one. */
  private static boolean splits(long[] extents, Signal image) {
    double others = 1;
    boolean open = false;
    for (int i = 1; i < extents.length; i++) {
      open |= extents[i] == -1;
      boolean copied = extents[i] == 0 && i < image.rank();
      others *= copied ? image.dims()[i] : extents[i] == -1 ? 1 : extents[i];
    }
    return open ? image.size() % others == 0 : others == image.size();
  }

  /** Initial states, which recurrences have as their inputs from the sixth on. */
  private Node oneState(Node node) {
    boolean first = node.integer("layout", 0) == 1;
    Node result = node;
    for (int i = 5; i < node.inputs().size(); i++) {
      if (node.inputs().get(i) instanceof Tensor state
          && state.dims().length == 3
          && state.dims()[first ? 0 : 1] == images) {
        result =
            with(
                result,
                i,
                first ? oneOf(state, i) : oneOf(state.transpose(1, 0, 2), i).transpose(1, 0, 2));
      }
    }
    return result;
  }

  private Node oneOperand(Node node) {
    int rank = 0;
    boolean image = false;
    for (Value input : node.inputs()) {
      if (input instanceof Signal signal) {
        rank = Math.max(rank, signal.rank());
        image |= isImage(signal);
      }
    }
    if (!image || (node.operator().equals("Concat") && joinsImages(node, rank))) {
      return node;
    }
    Node result = node;
    for (int i = 0; i < node.inputs().size(); i++) {
      if (node.inputs().get(i) instanceof Tensor constant
          && constant.dims().length == rank
          && constant.dims()[0] == images) {
        result = with(result, i, oneOf(constant, i));
      }
    }
    return result;
  }

  private static boolean joinsImages(Node node, int rank) {
    return Dims.axis(node.integer("axis", 0), rank) == 0;
  }

  /** What is the same for all images. */
  private Tensor oneOf(Tensor constant, int input) {
    int each = constant.size() / images;
    for (int i = each; i < constant.size(); i++) {
      if (constant.at(i) != constant.at(i % each)) {
        throw new RefusedNodeException(
            "input "
                + input
                + ", a constant of the shape "
                + Dims.text(constant.dims())
                + ", differs among the "
                + images
                + " images the file is made for, allowed for one of them: the same for each");
      }
    }
    return constant.slice(0, 0, 1, 1);
  }

  private static Node with(Node node, int input, Value value) {
    List<Value> inputs = new ArrayList<>(node.inputs());
    inputs.set(input, value);
    return new Node(node.proto(), node.opset(), inputs);
  }
}
