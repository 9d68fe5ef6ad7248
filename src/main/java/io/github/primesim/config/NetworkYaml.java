package io.github.primesim.config;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.LayerRefusedException;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import io.github.primesim.network.StoredWeights;
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
 * {@code description}, {@code input} (channels, height, width, signed), {@code layers}, and {@code
 * synthetic} (seed, model, sigma, densities by layer) for synthetic weights only.
 *
 * <p>Keys of a layer: {@code name}; {@code type}; {@code inputs}, a list of layer names, by default
 * the layer before, {@code input} for the first; further by type:
 *
 * <ul>
 *   <li>{@code convolution}: outputChannels, kernel, stride (1), padding (0), groups (1), bias
 *       (true), activation (none), batchNorm (false), epsilon (1e-5)
 *   <li>{@code fullyConnected}: outputs, bias (true), activation (none), batchNorm (false), epsilon
 *       (1e-5)
 *   <li>{@code maxPool}, {@code meanPool}: kernel, stride (as kernel), padding (0)
 *   <li>{@code add}: activation (none)
 * </ul>
 *
 * Kernel, stride and padding are one integer or {@code [height, width]}; defaults are those in
 * parentheses and part of the format. Activations are none, relu, sigmoid and tanh.
 *
 * @param network the graph
 * @param forms how the weights of each layer are stored; what a batch normalisation adds is in the
 *     graph as a bias
 * @param synthetic the random model, present exactly where the weights are synthetic
 */
record NetworkYaml(
    Network network, Map<String, StoredWeights.Form> forms, Optional<Synthetic> synthetic) {
  private static final String SCHEMA = "primesim.network/1";
  private static final String MODEL = "log-normal";
  private static final double DEFAULT_EPSILON = 1e-5;
  private static final JsonPointer LAYERS = JsonPointer.compile("/layers");
  private static final JsonPointer SYNTHETIC = JsonPointer.compile("/synthetic");

  /** The keys of the file. */
  record Document(
      String schema,
      String name,
      Origin weights,
      String description,
      Input input,
      List<JsonNode> layers,
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
      Optional<Boolean> batchNorm,
      OptionalDouble epsilon) {}

  private record FullyConnectedKeys(
      String name,
      String type,
      Optional<List<String>> inputs,
      int outputs,
      Optional<Boolean> bias,
      Optional<Activation> activation,
      Optional<Boolean> batchNorm,
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

  /** One or two integers as height and width. */
  private record Extent(int height, int width) {}

  /**
   * Interprets a document.
   *
   * @throws InputProblem if it is not a valid network
   */
  static NetworkYaml of(YamlDocument yaml) {
    Optional<JsonNode> schema = yaml.find(JsonPointer.compile("/schema"));
    if (schema.isPresent() && !schema.get().toString().equals("\"" + SCHEMA + "\"")) {
      throw yaml.problem(JsonPointer.compile("/schema"), "allowed: " + SCHEMA);
    }
    Document document = yaml.as(Document.class);
    LayerReader reader = new LayerReader(yaml);
    for (int i = 0; i < document.layers().size(); i++) {
      reader.read(LAYERS.appendIndex(i));
    }
    Network network = network(yaml, document, reader.layers);
    if (document.weights() == Origin.SYNTHETIC) {
      check(yaml, document, network, reader.forms);
    } else if (document.synthetic().isPresent()) {
      throw yaml.problem(SYNTHETIC, "is allowed with 'weights: synthetic' only");
    }
    return new NetworkYaml(network, reader.forms, document.synthetic());
  }

  private static Network network(YamlDocument yaml, Document document, List<Layer> layers) {
    Shape input;
    try {
      Input keys = document.input();
      input = new Shape(keys.channels(), keys.height(), keys.width());
    } catch (IllegalArgumentException e) {
      throw yaml.problem(JsonPointer.compile("/input"), e.getMessage());
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
      throw new InputProblem(yaml.locate(LAYERS.appendIndex(e.index())) + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw yaml.problem(JsonPointer.compile("/name"), e.getMessage());
    }
  }

  private static void check(
      YamlDocument yaml,
      Document document,
      Network network,
      Map<String, StoredWeights.Form> forms) {
    if (document.synthetic().isEmpty()) {
      throw new InputProblem(
          yaml.locate(SYNTHETIC) + ": key 'synthetic' is missing, 'weights: synthetic' needs it");
    }
    Synthetic synthetic = document.synthetic().get();
    if (!synthetic.model().equals(MODEL)) {
      throw yaml.problem(SYNTHETIC.appendProperty("model"), "allowed: " + MODEL);
    }
    if (!(synthetic.sigma() >= 0 && synthetic.sigma() <= 2)) {
      throw yaml.problem(SYNTHETIC.appendProperty("sigma"), "allowed: 0 to 2");
    }
    JsonPointer densities = SYNTHETIC.appendProperty("densities");
    List<String> weighted = network.weightedLayers().stream().map(Layer::name).toList();
    synthetic
        .densities()
        .forEach(
            (layer, density) -> {
              if (!weighted.contains(layer)) {
                throw yaml.problem(
                    densities.appendProperty(layer),
                    "allowed here: the layers with weights, " + String.join(", ", weighted));
              }
              if (!(density > 0 && density <= 1)) {
                throw yaml.problem(
                    densities.appendProperty(layer), "allowed: above 0 and at most 1");
              }
            });
    for (int i = 0; i < network.layers().size(); i++) {
      String layer = network.layers().get(i).name();
      if (weighted.contains(layer) && !synthetic.densities().containsKey(layer)) {
        throw new InputProblem(
            yaml.locate(densities) + ": key 'synthetic.densities." + layer + "' is missing");
      }
      if (weighted.contains(layer) && forms.get(layer).batchNormEpsilon().isPresent()) {
        throw yaml.problem(
            LAYERS.appendIndex(i).appendProperty("batchNorm"),
            "synthetic weights have no batch normalisation to fold");
      }
    }
  }

  /** Reads the list of layers, each by the record of its type. */
  private static final class LayerReader {
    private final YamlDocument yaml;
    private final List<Layer> layers = new ArrayList<>();
    private final Map<String, StoredWeights.Form> forms = new LinkedHashMap<>();

    LayerReader(YamlDocument yaml) {
      this.yaml = yaml;
    }

    void read(JsonPointer key) {
      if (yaml.find(key).filter(JsonNode::isObject).isEmpty()) {
        throw yaml.problem(key, "allowed: a mapping of keys to values");
      }
      JsonPointer typeKey = key.appendProperty("type");
      JsonNode type =
          yaml.find(typeKey)
              .orElseThrow(
                  () ->
                      new InputProblem(
                          yaml.locate(key)
                              + ": key 'layers["
                              + layers.size()
                              + "].type' is missing"));
      try {
        layers.add(
            switch (type.isString() ? type.stringValue() : "") {
              case "convolution" -> convolution(key);
              case "fullyConnected" -> fullyConnected(key);
              case "maxPool" -> pooling(key, Pooling.Kind.MAX);
              case "meanPool" -> pooling(key, Pooling.Kind.MEAN);
              case "add" -> addition(key);
              default ->
                  throw yaml.problem(
                      typeKey, "allowed: convolution, fullyConnected, maxPool, meanPool, add");
            });
      } catch (IllegalArgumentException e) {
        throw yaml.problem(key, e.getMessage());
      }
    }

    private Layer convolution(JsonPointer key) {
      ConvolutionKeys keys = yaml.as(key, ConvolutionKeys.class);
      Extent kernel = extent(key.appendProperty("kernel"), Optional.empty());
      Extent stride = extent(key.appendProperty("stride"), Optional.of(new Extent(1, 1)));
      Extent padding = extent(key.appendProperty("padding"), Optional.of(new Extent(0, 0)));
      StoredWeights.Form form = form(key, keys.bias(), keys.batchNorm(), keys.epsilon());
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
      FullyConnectedKeys keys = yaml.as(key, FullyConnectedKeys.class);
      StoredWeights.Form form = form(key, keys.bias(), keys.batchNorm(), keys.epsilon());
      forms.put(keys.name(), form);
      return new FullyConnected(
          keys.name(),
          inputs(keys.inputs()),
          keys.outputs(),
          form.bias() || form.batchNormEpsilon().isPresent(),
          keys.activation().orElse(Activation.NONE));
    }

    private Layer pooling(JsonPointer key, Pooling.Kind kind) {
      PoolingKeys keys = yaml.as(key, PoolingKeys.class);
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
      AdditionKeys keys = yaml.as(key, AdditionKeys.class);
      return new Addition(
          keys.name(), inputs(keys.inputs()), keys.activation().orElse(Activation.NONE));
    }

    private List<String> inputs(Optional<List<String>> given) {
      return given.orElseGet(
          () -> List.of(layers.isEmpty() ? Network.INPUT : layers.get(layers.size() - 1).name()));
    }

    private StoredWeights.Form form(
        JsonPointer key,
        Optional<Boolean> bias,
        Optional<Boolean> batchNorm,
        OptionalDouble epsilon) {
      boolean normalised = batchNorm.orElse(false);
      if (epsilon.isPresent() && !normalised) {
        throw yaml.problem(key.appendProperty("epsilon"), "is allowed with 'batchNorm: true' only");
      }
      if (epsilon.isPresent() && !(epsilon.getAsDouble() > 0)) {
        throw yaml.problem(key.appendProperty("epsilon"), "allowed: above 0");
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
