package io.github.primesim.config;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Affine;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.HostStep;
import io.github.primesim.network.Layer;
import io.github.primesim.network.LayerRefusedException;
import io.github.primesim.network.Lookup;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Product;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.ScalarFunction;
import io.github.primesim.network.Shape;
import io.github.primesim.network.Softmax;
import io.github.primesim.network.StoredWeights;
import io.github.primesim.network.View;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * The format {@code primesim.network/1} of {@code network.yaml}.
 *
 * <p>Top-level keys: {@code schema}, {@code name}, {@code weights} (trained, synthetic, imported),
 * {@code description}, {@code input} (channels, height, width, signed), {@code layers}, {@code
 * images} (a folder that holds images of this network, seen from that of the file; by default that
 * one), and {@code synthetic} (seed, model, sigma, densities by layer) for synthetic weights only.
 *
 * <p>Keys of a layer: {@code name}; {@code type}; {@code inputs}, a list of layer names, by default
 * the layer before, {@code input} for the first; further by type:
 *
 * <ul>
 *   <li>{@code convolution}: outputChannels, kernel, stride (1), padding (0), groups (1), bias
 *       (true), activation (none), batchNorm (false, true, or the module of PyTorch whose arrays it
 *       has), epsilon (1e-5)
 *   <li>{@code fullyConnected}: outputs, bias (true), activation (none), batchNorm (false), epsilon
 *       (1e-5)
 *   <li>{@code maxPool}, {@code meanPool}: kernel, stride (as kernel), padding (0)
 *   <li>{@code add}, {@code multiply}: activation (none)
 *   <li>{@code lstm}, {@code gru}, {@code rnn}: units, bidirectional (false); see {@link
 *       Recurrence}. Reads features as channels and steps as positions; the weights are those of
 *       the layers it stands for, NAME.input and NAME, in a bidirectional one NAME.forward.input,
 *       NAME.forward, NAME.backward.input and NAME.backward. An LSTM or RNN has one bias, with the
 *       input weights; a GRU one with either.
 *   <li><code>recurrence</code>: cell (lstm, gru, rnn, rnnRelu), reverse (false), bias (false),
 *       cellStates (false)
 *   <li>{@code affine}: factors and offsets, a number for each channel, activation (none)
 *   <li>{@code lookup}: function, a list of steps such as {@code add 3}; see {@link ScalarFunction}
 *   <li>{@code softmax}, {@code concatenate}: over, or along, the channels
 *   <li>{@code view}: shape, offset (0), sizes and strides; see {@link View}
 *   <li>{@code host}: operator, shape, signed (true); see {@link HostStep}
 * </ul>
 *
 * Kernel, stride and padding are one integer or {@code [height, width]}; defaults are those in
 * parentheses and part of the format. Activations are none, relu, sigmoid and tanh.
 *
 * @param network the graph
 * @param forms how the weights of each layer are stored; what a batch normalisation adds is in the
 *     graph as a bias
 * @param normalisations by layer the module of PyTorch that normalises it, where one is named
 * @param recurrences LSTM, GRU and RNN layers as the file has them
 * @param images where the images lie that are not beside the file
 * @param synthetic the random model, present exactly where the weights are synthetic
 */
record NetworkYaml(
    Network network,
    Map<String, StoredWeights.Form> forms,
    Map<String, String> normalisations,
    List<Recurrent> recurrences,
    Optional<String> images,
    Optional<Synthetic> synthetic) {
  /** Place of the key that names the folder of images. */
  static final JsonPointer IMAGES = JsonPointer.compile("/images");

  private static final String SCHEMA = "primesim.network/1";
  private static final String MODEL = "log-normal";
  private static final double DEFAULT_EPSILON = 1e-5;
  private static final JsonPointer INPUT = JsonPointer.compile("/input");
  private static final JsonPointer LAYERS = JsonPointer.compile("/layers");
  private static final JsonPointer SYNTHETIC = JsonPointer.compile("/synthetic");

  /**
   * An LSTM, GRU or RNN layer as the file has it.
   *
   * @param stateBias whether the weights of the state have a bias of their own
   */
  record Recurrent(String name, List<Direction> directions, boolean stateBias) {}

  /** One direction of a recurrent layer and the name of its recurrence. */
  record Direction(String name, boolean reverse) {}

  /** The keys of the file. */
  record Document(
      String schema,
      String name,
      Origin weights,
      String description,
      Input input,
      List<JsonNode> layers,
      Optional<String> images,
      Optional<Synthetic> synthetic) {}

  /** The keys of {@code input}. */
  record Input(int channels, int height, int width, boolean signed) {}

  /**
   * The keys of {@code synthetic}.
   *
   * @param densities fraction of weights that are not zero, for each layer with weights
   */
  record Synthetic(long seed, String model, double sigma, Map<String, Double> densities) {}

  private record ConvolutionKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      int outputChannels,
      JsonNode kernel,
      Optional<JsonNode> stride,
      Optional<JsonNode> padding,
      OptionalInt groups,
      Optional<Boolean> bias,
      Optional<Activation> activation,
      Optional<JsonNode> batchNorm,
      OptionalDouble epsilon) {}

  private record FullyConnectedKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      int outputs,
      Optional<Boolean> bias,
      Optional<Activation> activation,
      Optional<JsonNode> batchNorm,
      OptionalDouble epsilon) {}

  private record PoolingKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      JsonNode kernel,
      Optional<JsonNode> stride,
      Optional<JsonNode> padding) {}

  private record AdditionKeys(
      String name, String type, Optional<List<String>> inputs, Optional<Activation> activation) {}

  private record SoftmaxKeys(String name, String type, Optional<List<String>> inputs) {}

  private record AffineKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      List<Double> factors,
      List<Double> offsets,
      Optional<Activation> activation) {}

  private record LookupKeys(
      String name, String type, Optional<List<String>> inputs, List<String> function) {}

  private record ViewKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      List<Integer> shape,
      OptionalInt offset,
      List<Integer> sizes,
      List<Integer> strides) {}

  private record HostKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      String operator,
      List<Integer> shape,
      Optional<Boolean> signed) {}

  private record RecurrenceKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      Recurrence.Cell cell,
      Optional<Boolean> reverse,
      Optional<Boolean> bias,
      Optional<Boolean> cellStates) {}

  private record RecurrentKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      int units,
      Optional<Boolean> bidirectional) {}

  /** One or two integers as height and width. */
  private record Extent(int height, int width) {}

  /**
   * Interprets a document.
   *
   * @throws InputProblem if it is not a valid network
   */
  static NetworkYaml of(YamlDocument yaml) {
    Optional<JsonNode> schema = yaml.find(JsonPointer.compile("/schema"));
    if (schema.isPresent() && !schema.get().stringValue("").equals(SCHEMA)) {
      throw yaml.problem(JsonPointer.compile("/schema"), "allowed: " + SCHEMA);
    }
    Document document = yaml.as(Document.class);
    NetworkRanges.check(yaml, JsonPointer.empty(), NetworkRanges.document());
    NetworkRanges.check(yaml, INPUT, NetworkRanges.input());
    LayerReader reader = new LayerReader(yaml);
    for (int i = 0; i < document.layers().size(); i++) {
      reader.read(LAYERS.appendIndex(i), i);
    }
    Network network = network(yaml, document, reader);
    if (document.weights() == Origin.SYNTHETIC) {
      check(yaml, document, network, reader);
    } else if (document.synthetic().isPresent()) {
      throw yaml.problem(SYNTHETIC, "is allowed with 'weights: synthetic' only");
    }
    return new NetworkYaml(
        network,
        reader.forms,
        reader.normalisations,
        reader.recurrences,
        document.images(),
        document.synthetic());
  }

  private static Network network(YamlDocument yaml, Document document, LayerReader reader) {
    List<Layer> layers = reader.layers;
    List<Integer> entries = reader.entries;
    Shape input;
    try {
      Input keys = document.input();
      input = new Shape(keys.channels(), keys.height(), keys.width());
    } catch (IllegalArgumentException e) {
      throw yaml.problem(INPUT, e.getMessage());
    }
    if (layers.isEmpty()) {
      throw yaml.problem(LAYERS, "is empty, allowed: at least one layer");
    }
    try {
      return new Network(
          document.name(),
          document.weights(),
          document.description(),
          input,
          document.input().signed(),
          layers);
    } catch (LayerRefusedException e) {
      throw new InputProblem(
          yaml.locate(LAYERS.appendIndex(entries.get(e.index()))) + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw yaml.problem(JsonPointer.compile("/name"), e.getMessage());
    }
  }

  private static void check(
      YamlDocument yaml, Document document, Network network, LayerReader reader) {
    Map<String, StoredWeights.Form> forms = reader.forms;
    List<Integer> entries = reader.entries;
    if (document.synthetic().isEmpty()) {
      throw new InputProblem(
          yaml.locate(SYNTHETIC) + ": key 'synthetic' is missing, 'weights: synthetic' needs it");
    }
    Synthetic synthetic = document.synthetic().get();
    if (!synthetic.model().equals(MODEL)) {
      throw yaml.problem(SYNTHETIC.appendProperty("model"), "allowed: " + MODEL);
    }
    NetworkRanges.check(yaml, SYNTHETIC, NetworkRanges.synthetic());
    JsonPointer densities = SYNTHETIC.appendProperty("densities");
    List<String> weighted = network.weightedLayers().stream().map(Layer::name).toList();
    synthetic
        .densities()
        .keySet()
        .forEach(
            layer -> {
              if (!weighted.contains(layer)) {
                throw yaml.problem(
                    densities.appendProperty(layer),
                    "allowed here: the layers with weights, " + String.join(", ", weighted));
              }
            });
    for (int i = 0; i < network.layers().size(); i++) {
      String layer = network.layers().get(i).name();
      int entry = entries.get(i);
      if (weighted.contains(layer) && !synthetic.densities().containsKey(layer)) {
        throw new InputProblem(
            yaml.locate(densities) + ": key 'synthetic.densities." + layer + "' is missing");
      }
      if (weighted.contains(layer) && forms.get(layer).batchNormEpsilon().isPresent()) {
        throw yaml.problem(
            LAYERS.appendIndex(entry).appendProperty("batchNorm"),
            "synthetic weights have no batch normalisation to fold");
      }
    }
  }

  /** Reads the list of layers, each by the record of its type. */
  private static final class LayerReader {
    private final YamlDocument yaml;
    private final List<Layer> layers = new ArrayList<>();

    /** For each layer the entry of the file it comes from. */
    private final List<Integer> entries = new ArrayList<>();

    private final Map<String, StoredWeights.Form> forms = new LinkedHashMap<>();
    private final Map<String, String> normalisations = new LinkedHashMap<>();
    private final List<Recurrent> recurrences = new ArrayList<>();

    LayerReader(YamlDocument yaml) {
      this.yaml = yaml;
    }

    void read(JsonPointer key, int entry) {
      if (yaml.find(key).filter(JsonNode::isObject).isEmpty()) {
        throw yaml.problem(key, "allowed: a mapping of keys to values");
      }
      JsonPointer typeKey = key.appendProperty("type");
      JsonNode type =
          yaml.find(typeKey)
              .orElseThrow(
                  () ->
                      new InputProblem(
                          yaml.locate(key) + ": key 'layers[" + entry + "].type' is missing"));
      try {
        layers.addAll(layers(key, typeKey, type.isString() ? type.stringValue() : ""));
      } catch (IllegalArgumentException e) {
        throw yaml.problem(key, e.getMessage());
      }
      while (entries.size() < layers.size()) {
        entries.add(entry);
      }
    }

    private List<Layer> layers(JsonPointer key, JsonPointer typeKey, String type) {
      return switch (type) {
        case "convolution" -> List.of(convolution(key));
        case "fullyConnected" -> List.of(fullyConnected(key));
        case "maxPool" -> List.of(pooling(key, Pooling.Kind.MAX));
        case "meanPool" -> List.of(pooling(key, Pooling.Kind.MEAN));
        case "add" -> List.of(addition(key));
        case "multiply" -> List.of(product(key));
        case "affine" -> List.of(affine(key));
        case "lookup" -> List.of(lookup(key));
        case "softmax" -> List.of(softmax(key));
        case "concatenate" -> List.of(concatenation(key));
        case "view" -> List.of(view(key));
        case "host" -> List.of(host(key));
        case "recurrence" -> List.of(recurrence(key));
        case "lstm" -> recurrent(key, Recurrence.Cell.LSTM);
        case "gru" -> recurrent(key, Recurrence.Cell.GRU);
        case "rnn" -> recurrent(key, Recurrence.Cell.RNN);
        default ->
            throw yaml.problem(
                typeKey,
                "allowed: convolution, fullyConnected, lstm, gru, rnn, recurrence, maxPool,"
                    + " meanPool, add, multiply, affine, lookup, softmax, concatenate, view, host");
      };
    }

    /** The keys of a layer, each by itself as it may be. */
    private <T> T keys(JsonPointer key, Class<T> record) {
      T keys = yaml.as(key, record);
      String type = yaml.root().at(key.appendProperty("type")).stringValue();
      NetworkRanges.check(yaml, key, NetworkRanges.layer(type));
      return keys;
    }

    private Layer convolution(JsonPointer key) {
      ConvolutionKeys keys = keys(key, ConvolutionKeys.class);
      Extent kernel = extent(key.appendProperty("kernel"), Optional.empty());
      Extent stride = extent(key.appendProperty("stride"), Optional.of(new Extent(1, 1)));
      Extent padding = extent(key.appendProperty("padding"), Optional.of(new Extent(0, 0)));
      StoredWeights.Form form = form(key, keys.name(), keys.bias(), keys.epsilon());
      forms.put(keys.name(), form);
      return new Convolution(
          keys.name(),
          inputs(keys.inputs()),
          keys.outputChannels(),
          kernel.height(),
          kernel.width(),
          stride.height(),
          stride.width(),
          padding.height(),
          padding.width(),
          keys.groups().orElse(1),
          form.bias() || form.batchNormEpsilon().isPresent(),
          keys.activation().orElse(Activation.NONE));
    }

    private Layer fullyConnected(JsonPointer key) {
      FullyConnectedKeys keys = keys(key, FullyConnectedKeys.class);
      StoredWeights.Form form = form(key, keys.name(), keys.bias(), keys.epsilon());
      forms.put(keys.name(), form);
      return new FullyConnected(
          keys.name(),
          inputs(keys.inputs()),
          keys.outputs(),
          form.bias() || form.batchNormEpsilon().isPresent(),
          keys.activation().orElse(Activation.NONE));
    }

    private Layer pooling(JsonPointer key, Pooling.Kind kind) {
      PoolingKeys keys = keys(key, PoolingKeys.class);
      Extent kernel = extent(key.appendProperty("kernel"), Optional.empty());
      Extent stride = extent(key.appendProperty("stride"), Optional.of(kernel));
      Extent padding = extent(key.appendProperty("padding"), Optional.of(new Extent(0, 0)));
      return new Pooling(
          keys.name(),
          inputs(keys.inputs()),
          kind,
          kernel.height(),
          kernel.width(),
          stride.height(),
          stride.width(),
          padding.height(),
          padding.width());
    }

    private Layer addition(JsonPointer key) {
      AdditionKeys keys = keys(key, AdditionKeys.class);
      return new Addition(
          keys.name(), inputs(keys.inputs()), keys.activation().orElse(Activation.NONE));
    }

    private Layer product(JsonPointer key) {
      AdditionKeys keys = keys(key, AdditionKeys.class);
      return new Product(
          keys.name(), inputs(keys.inputs()), keys.activation().orElse(Activation.NONE));
    }

    private Layer affine(JsonPointer key) {
      AffineKeys keys = keys(key, AffineKeys.class);
      return new Affine(
          keys.name(),
          inputs(keys.inputs()),
          keys.factors().stream().map(Double::floatValue).toList(),
          keys.offsets().stream().map(Double::floatValue).toList(),
          keys.activation().orElse(Activation.NONE));
    }

    private Layer lookup(JsonPointer key) {
      LookupKeys keys = keys(key, LookupKeys.class);
      List<ScalarFunction.Step> steps = new ArrayList<>();
      for (String step : keys.function()) {
        try {
          steps.add(ScalarFunction.parse(step));
        } catch (IllegalArgumentException e) {
          throw yaml.problem(
              key.appendProperty("function").appendIndex(steps.size()), e.getMessage());
        }
      }
      return new Lookup(keys.name(), inputs(keys.inputs()), new ScalarFunction(steps));
    }

    private Layer softmax(JsonPointer key) {
      SoftmaxKeys keys = keys(key, SoftmaxKeys.class);
      return new Softmax(keys.name(), inputs(keys.inputs()));
    }

    private Layer concatenation(JsonPointer key) {
      SoftmaxKeys keys = keys(key, SoftmaxKeys.class);
      return new Concatenation(keys.name(), inputs(keys.inputs()));
    }

    private Layer view(JsonPointer key) {
      ViewKeys keys = keys(key, ViewKeys.class);
      return new View(
          keys.name(),
          inputs(keys.inputs()),
          shape(keys.shape()),
          keys.offset().orElse(0),
          keys.sizes(),
          keys.strides());
    }

    private Layer host(JsonPointer key) {
      HostKeys keys = keys(key, HostKeys.class);
      return new HostStep(
          keys.name(),
          inputs(keys.inputs()),
          keys.operator(),
          shape(keys.shape()),
          keys.signed().orElse(true));
    }

    private static Shape shape(List<Integer> extents) {
      return new Shape(extents.get(0), extents.get(1), extents.get(2));
    }

    private Layer recurrence(JsonPointer key) {
      RecurrenceKeys keys = keys(key, RecurrenceKeys.class);
      boolean bias = keys.bias().orElse(false);
      forms.put(keys.name(), new StoredWeights.Form(bias, OptionalDouble.empty()));
      return new Recurrence(
          keys.name(),
          inputs(keys.inputs()),
          keys.cell(),
          keys.reverse().orElse(false),
          bias,
          keys.cellStates().orElse(false));
    }

    /** The layers that a whole LSTM, GRU or RNN stands for. */
    private List<Layer> recurrent(JsonPointer key, Recurrence.Cell cell) {
      RecurrentKeys keys = keys(key, RecurrentKeys.class);
      List<String> inputs = inputs(keys.inputs());
      boolean stateBias = cell == Recurrence.Cell.GRU;
      if (!keys.bidirectional().orElse(false)) {
        recurrences.add(
            new Recurrent(keys.name(), List.of(new Direction(keys.name(), false)), stateBias));
        return direction(keys.name(), inputs, cell, keys.units(), false);
      }
      String forward = keys.name() + ".forward";
      String backward = keys.name() + ".backward";
      recurrences.add(
          new Recurrent(
              keys.name(),
              List.of(new Direction(forward, false), new Direction(backward, true)),
              stateBias));
      List<Layer> all = new ArrayList<>(direction(forward, inputs, cell, keys.units(), false));
      all.addAll(direction(backward, inputs, cell, keys.units(), true));
      all.add(new Concatenation(keys.name(), List.of(forward, backward)));
      return all;
    }

    private List<Layer> direction(
        String name, List<String> inputs, Recurrence.Cell cell, int units, boolean reverse) {
      String product = name + ".input";
      boolean stateBias = cell == Recurrence.Cell.GRU;
      forms.put(product, new StoredWeights.Form(true, OptionalDouble.empty()));
      forms.put(name, new StoredWeights.Form(stateBias, OptionalDouble.empty()));
      return List.of(
          new Convolution(
              product, inputs, units * cell.gates(), 1, 1, 1, 1, 0, 0, 1, true, Activation.NONE),
          new Recurrence(name, List.of(product), cell, reverse, stateBias));
    }

    private List<String> inputs(Optional<List<String>> given) {
      return given.orElseGet(
          () -> List.of(layers.isEmpty() ? Network.INPUT : layers.get(layers.size() - 1).name()));
    }

    private StoredWeights.Form form(
        JsonPointer key, String layer, Optional<Boolean> bias, OptionalDouble epsilon) {
      Optional<JsonNode> batchNorm = yaml.find(key.appendProperty("batchNorm"));
      boolean named = batchNorm.filter(JsonNode::isString).isPresent();
      if (batchNorm.isPresent() && !named && !batchNorm.get().isBoolean()) {
        throw yaml.problem(
            key.appendProperty("batchNorm"), "allowed: true, false, or the name of a module");
      }
      if (named) {
        normalisations.put(layer, batchNorm.get().stringValue());
      }
      boolean normalised = named || batchNorm.map(JsonNode::booleanValue).orElse(false);
      if (epsilon.isPresent() && !normalised) {
        throw yaml.problem(key.appendProperty("epsilon"), "is allowed with 'batchNorm: true' only");
      }
      return new StoredWeights.Form(
          bias.orElse(true),
          normalised ? OptionalDouble.of(epsilon.orElse(DEFAULT_EPSILON)) : OptionalDouble.empty());
    }

    private Extent extent(JsonPointer key, Optional<Extent> absent) {
      JsonNode node = yaml.find(key).orElse(null);
      if (node == null) {
        return absent.orElseThrow();
      }
      if (node.isInt()) {
        return new Extent(node.intValue(), node.intValue());
      }
      if (node.isArray() && node.size() == 2 && node.get(0).isInt() && node.get(1).isInt()) {
        return new Extent(node.get(0).intValue(), node.get(1).intValue());
      }
      throw yaml.problem(key, "allowed: an integer, or [height, width]");
    }
  }
}
