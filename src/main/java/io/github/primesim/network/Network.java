package io.github.primesim.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A feed-forward network: layers in an order in which each reads only what stands before it.
 *
 * <p>A layer with weights is seen here as what crossbars hold: {@link #matrices} weight matrices of
 * {@link #rows} x {@link #columns}, each multiplied with {@link #positions} input vectors per
 * inference. Rows are inputs, in the order channel, kernel row, kernel column, the bias last;
 * columns are outputs.
 *
 * <p>Immutable. The last layer is the output.
 */
public final class Network {
  /** The name under which layers read the input of the network. */
  public static final String INPUT = "input";

  /**
   * Expression for names of networks and layers. They go into file names, array names and trace
   * lines, so they are plain words.
   */
  public static final String NAME = "[A-Za-z0-9_][A-Za-z0-9_.-]*";

  private static final Pattern PLAIN_WORD = Pattern.compile(NAME);

  private final String name;
  private final Origin origin;
  private final String description;
  private final Shape input;
  private final boolean signedInput;
  private final List<Layer> layers;
  private final Map<String, Layer> byName = new HashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Boolean> signs = new LinkedHashMap<>();

  /**
   * Checks that the layers form a network.
   *
   * @param input shape of one input, such as an image
   * @param signedInput whether input values can be negative
   * @param layers at least one
   * @throws LayerRefusedException if a layer has a name that is taken or not a plain word, reads
   *     something that does not stand before it, or does not fit the shape of what it reads
   */
  public Network(
      String name,
      Origin origin,
      String description,
      Shape input,
      boolean signedInput,
      List<Layer> layers) {
    if (!PLAIN_WORD.matcher(name).matches()) {
      throw new IllegalArgumentException("the name of a network is one word, was '" + name + "'");
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("a network has at least one layer");
    }
    this.name = name;
    this.origin = Objects.requireNonNull(origin);
    this.description = Objects.requireNonNull(description);
    this.input = input;
    this.signedInput = signedInput;
    this.layers = List.copyOf(layers);
    shapes.put(INPUT, input);
    signs.put(INPUT, signedInput);
    for (int i = 0; i < this.layers.size(); i++) {
      Layer layer = this.layers.get(i);
      try {
        add(layer);
      } catch (IllegalArgumentException e) {
        throw new LayerRefusedException(i, layer.name(), e.getMessage());
      }
    }
  }

  private void add(Layer layer) {
    if (!PLAIN_WORD.matcher(layer.name()).matches()) {
      throw new IllegalArgumentException("the name must be one word of letters, digits, _ . -");
    }
    if (shapes.containsKey(layer.name())) {
      throw new IllegalArgumentException(
          layer.name().equals(INPUT)
              ? "the name 'input' stands for the input of the network"
              : "the name is given twice");
    }
    for (String source : layer.inputs()) {
      if (!shapes.containsKey(source)) {
        throw new IllegalArgumentException(
            "reads '" + source + "', allowed: " + String.join(", ", shapes.keySet()));
      }
    }
    Shape output = layer.accept(new OutputShape(layer.inputs().stream().map(shapes::get).toList()));
    boolean negative = layer.accept(new OutputSign());
    byName.put(layer.name(), layer);
    shapes.put(layer.name(), output);
    signs.put(layer.name(), negative);
    if (matrices(layer) > 0) {
      long cells = rowsAsLong(layer) * columns(layer);
      if (cells > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "has a weight matrix of " + cells + " weights, at most 2^31-9 are allowed");
      }
    }
  }

  public String name() {
    return name;
  }

  public Origin origin() {
    return origin;
  }

  public String description() {
    return description;
  }

  /** Shape of one input. */
  public Shape input() {
    return input;
  }

  /** Whether input values of the network can be negative. */
  public boolean signedInput() {
    return signedInput;
  }

  /** All layers; each reads only what stands before it. */
  public List<Layer> layers() {
    return layers;
  }

  /** The layers that have weights, in order. */
  public List<Layer> weightedLayers() {
    return layers.stream().filter(layer -> matrices(layer) > 0).toList();
  }

  /** The last layer. */
  public Layer output() {
    return layers.get(layers.size() - 1);
  }

  /** The layer of that name. */
  public Layer layer(String layerName) {
    Layer layer = byName.get(layerName);
    if (layer == null) {
      throw new IllegalArgumentException("no layer '" + layerName + "'");
    }
    return layer;
  }

  /** The layers that read the output of {@code source}, which may be {@link #INPUT}. */
  public List<Layer> readers(String source) {
    List<Layer> readers = new ArrayList<>();
    for (Layer layer : layers) {
      if (layer.inputs().contains(source)) {
        readers.add(layer);
      }
    }
    return readers;
  }

  /** Shape of what the layer of that name, or {@link #INPUT}, gives. */
  public Shape outputShape(String source) {
    Shape shape = shapes.get(source);
    if (shape == null) {
      throw new IllegalArgumentException("no layer '" + source + "'");
    }
    return shape;
  }

  /**
   * Shape of what {@code layer} reads first; all inputs of an addition or product have the same.
   */
  public Shape inputShape(Layer layer) {
    return outputShape(layer.inputs().get(0));
  }

  /**
   * Whether a value that {@code layer} reads can be negative; of a recurrence its own state, which
   * always can.
   */
  public boolean signedInput(Layer layer) {
    return layer instanceof Recurrence || layer.inputs().stream().anyMatch(signs::get);
  }

  /** Whether a value that the layer of that name, or {@link #INPUT}, gives can be negative. */
  public boolean signedOutput(String source) {
    Boolean signed = signs.get(source);
    if (signed == null) {
      throw new IllegalArgumentException("no layer '" + source + "'");
    }
    return signed;
  }

  /**
   * Input vectors per inference: output positions of a window, steps of a recurrence, 1 for a fully
   * connected layer.
   */
  public long positions(Layer layer) {
    return outputShape(layer.name()).area();
  }

  /** Weight matrices: one per group of a convolution, 0 where there are no weights. */
  public int matrices(Layer layer) {
    if (layer instanceof Convolution convolution) {
      return convolution.groups();
    }
    return layer instanceof FullyConnected || layer instanceof Recurrence ? 1 : 0;
  }

  /** Rows of each weight matrix, the bias row included. */
  public int rows(Layer layer) {
    return Math.toIntExact(rowsAsLong(layer));
  }

  /** Rows of each weight matrix without the bias row: inputs of one output, its fan-in. */
  public int inputRows(Layer layer) {
    return rows(layer) - (layer.bias() ? 1 : 0);
  }

  /** Columns of each weight matrix. */
  public int columns(Layer layer) {
    requireWeights(layer);
    return layer instanceof Recurrence recurrence
        ? units(recurrence) * recurrence.cell().gates()
        : outputShape(layer.name()).channels() / matrices(layer);
  }

  /** Values of the state of a recurrence. */
  public int units(Recurrence layer) {
    return inputShape(layer).channels() / layer.cell().gates();
  }

  /** Weights of the layer over all groups, biases left out. */
  public long weights(Layer layer) {
    return (long) matrices(layer) * inputRows(layer) * columns(layer);
  }

  private long rowsAsLong(Layer layer) {
    requireWeights(layer);
    Shape in = inputShape(layer);
    long rows = in.size();
    if (layer instanceof Convolution convolution) {
      rows =
          (long) in.channels()
              / convolution.groups()
              * convolution.kernelHeight()
              * convolution.kernelWidth();
    } else if (layer instanceof Recurrence recurrence) {
      rows = units(recurrence);
    }
    return rows + (layer.bias() ? 1 : 0);
  }

  private void requireWeights(Layer layer) {
    if (matrices(layer) == 0) {
      throw new IllegalArgumentException("layer '" + layer.name() + "' has no weights");
    }
  }

  @Override
  public String toString() {
    return name + " " + input + " " + layers;
  }

  /** The shape a layer gives, or the reason why it does not fit its inputs. */
  private record OutputShape(List<Shape> inputs) implements LayerVisitor<Shape> {
    @Override
    public Shape convolution(Convolution layer) {
      Shape in = only();
      if (in.channels() % layer.groups() != 0) {
        throw new IllegalArgumentException(
            in.channels() + " input channels cannot be divided into " + layer.groups() + " groups");
      }
      return new Shape(
          layer.outputChannels(),
          Window.positions(
              "height",
              in.height(),
              layer.kernelHeight(),
              layer.strideHeight(),
              layer.paddingHeight()),
          Window.positions(
              "width", in.width(), layer.kernelWidth(), layer.strideWidth(), layer.paddingWidth()));
    }

    @Override
    public Shape fullyConnected(FullyConnected layer) {
      only();
      return Shape.vector(layer.outputs());
    }

    @Override
    public Shape pooling(Pooling layer) {
      Shape in = only();
      return new Shape(
          in.channels(),
          Window.positions(
              "height",
              in.height(),
              layer.kernelHeight(),
              layer.strideHeight(),
              layer.paddingHeight()),
          Window.positions(
              "width", in.width(), layer.kernelWidth(), layer.strideWidth(), layer.paddingWidth()));
    }

    @Override
    public Shape addition(Addition layer) {
      return equal("adds");
    }

    @Override
    public Shape product(Product layer) {
      return equal("multiplies");
    }

    private Shape equal(String does) {
      if (inputs.size() < 2) {
        throw new IllegalArgumentException(
            does + " " + inputs.size() + " input, two or more needed");
      }
      for (Shape shape : inputs) {
        if (!shape.equals(inputs.get(0))) {
          throw new IllegalArgumentException(
              does + " the shapes " + inputs.get(0) + " and " + shape + ", they must be equal");
        }
      }
      return inputs.get(0);
    }

    @Override
    public Shape affine(Affine layer) {
      if (layer.factors().size() != only().channels()) {
        throw new IllegalArgumentException(
            "has " + layer.factors().size() + " factors for " + only().channels() + " channels");
      }
      return only();
    }

    @Override
    public Shape lookup(Lookup layer) {
      return only();
    }

    @Override
    public Shape softmax(Softmax layer) {
      return only();
    }

    @Override
    public Shape recurrence(Recurrence layer) {
      int states = layer.cell().states();
      if (inputs.size() != 1 && inputs.size() != 1 + states) {
        throw new IllegalArgumentException(
            "reads " + inputs.size() + " layers, 1 or " + (1 + states) + " are allowed");
      }
      Shape in = inputs.get(0);
      int gates = layer.cell().gates();
      if (in.channels() % gates != 0) {
        throw new IllegalArgumentException(
            in.channels() + " input channels cannot be divided into " + gates + " gates");
      }
      int units = in.channels() / gates;
      for (Shape state : inputs.subList(1, inputs.size())) {
        if (state.size() != units) {
          throw new IllegalArgumentException(
              "reads an initial state of " + state.size() + " values for " + units + " units");
        }
      }
      return new Shape(layer.cellStates() ? 2 * units : units, in.height(), in.width());
    }

    @Override
    public Shape concatenation(Concatenation layer) {
      long channels = 0;
      for (Shape shape : inputs) {
        if (shape.height() != inputs.get(0).height() || shape.width() != inputs.get(0).width()) {
          throw new IllegalArgumentException(
              "joins the shapes "
                  + inputs.get(0)
                  + " and "
                  + shape
                  + ", height and width must be equal");
        }
        channels += shape.channels();
      }
      if (inputs.isEmpty() || channels > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("joins " + channels + " channels");
      }
      return new Shape((int) channels, inputs.get(0).height(), inputs.get(0).width());
    }

    @Override
    public Shape view(View layer) {
      if (layer.lowest() < 0 || layer.highest() >= only().size()) {
        throw new IllegalArgumentException(
            "reads the places "
                + layer.lowest()
                + " to "
                + layer.highest()
                + " of "
                + only().size()
                + " values");
      }
      return layer.shape();
    }

    @Override
    public Shape hostStep(HostStep layer) {
      return layer.shape();
    }

    private Shape only() {
      if (inputs.size() != 1) {
        throw new IllegalArgumentException("reads " + inputs.size() + " layers, one is allowed");
      }
      return inputs.get(0);
    }
  }

  /** Whether a layer can give a negative value. */
  private final class OutputSign implements LayerVisitor<Boolean> {
    @Override
    public Boolean convolution(Convolution layer) {
      return !layer.activation().nonNegative();
    }

    @Override
    public Boolean fullyConnected(FullyConnected layer) {
      return !layer.activation().nonNegative();
    }

    @Override
    public Boolean pooling(Pooling layer) {
      return signedInput(layer);
    }

    @Override
    public Boolean addition(Addition layer) {
      return !layer.activation().nonNegative() && signedInput(layer);
    }

    @Override
    public Boolean product(Product layer) {
      return !layer.activation().nonNegative() && signedInput(layer);
    }

    @Override
    public Boolean affine(Affine layer) {
      return !layer.activation().nonNegative()
          && (signedInput(layer)
              || layer.factors().stream().anyMatch(factor -> factor < 0)
              || layer.offsets().stream().anyMatch(offset -> offset < 0));
    }

    @Override
    public Boolean lookup(Lookup layer) {
      return layer.function().signed(signedInput(layer));
    }

    @Override
    public Boolean softmax(Softmax layer) {
      return false;
    }

    @Override
    public Boolean recurrence(Recurrence layer) {
      return true;
    }

    @Override
    public Boolean concatenation(Concatenation layer) {
      return signedInput(layer);
    }

    @Override
    public Boolean view(View layer) {
      return signedInput(layer);
    }

    @Override
    public Boolean hostStep(HostStep layer) {
      return layer.signed();
    }
  }
}
