package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  private static final Shape IMAGE = new Shape(4, 9, 7);

  private static Network network(Layer... layers) {
    return new Network("n", Origin.IMPORTED, "", IMAGE, true, List.of(layers));
  }

  private static Convolution convolution(String name, String input, Activation activation) {
    return new Convolution(name, List.of(input), 6, 3, 2, 2, 1, 1, 0, 2, true, activation);
  }

  private static Pooling pooling(String name, String input) {
    return new Pooling(name, List.of(input), Pooling.Kind.MAX, 3, 2, 2, 2, 1, 0);
  }

  private static FullyConnected connected(String name, String input, Activation activation) {
    return new FullyConnected(name, List.of(input), 10, false, activation);
  }

  @Test
  void aGroupedConvolutionIsOneMatrixPerGroup() {
    Convolution c = convolution("c", "input", Activation.RELU);
    Network network = network(c);
    assertThat(network.outputShape("c")).isEqualTo(new Shape(6, 5, 6));
    assertThat(network.positions(c)).isEqualTo(30);
    assertThat(network.matrices(c)).isEqualTo(2);
    assertThat(network.rows(c)).isEqualTo(4 / 2 * 3 * 2 + 1);
    assertThat(network.inputRows(c)).isEqualTo(12);
    assertThat(network.columns(c)).isEqualTo(3);
    assertThat(network.weights(c)).isEqualTo(2 * 12 * 3);
  }

  @Test
  void aFullyConnectedLayerFlattensItsInput() {
    FullyConnected f = connected("f", "p", Activation.NONE);
    Network network = network(pooling("p", "input"), f);
    assertThat(network.inputShape(f)).isEqualTo(new Shape(4, 5, 3));
    assertThat(network.rows(f)).isEqualTo(60);
    assertThat(network.columns(f)).isEqualTo(10);
    assertThat(network.positions(f)).isEqualTo(1);
    assertThat(network.matrices(f)).isEqualTo(1);
    assertThat(network.outputShape("f")).isEqualTo(Shape.vector(10));
    assertThat(network.weightedLayers()).containsExactly(f);
    assertThat(network.output()).isEqualTo(f);
    assertThat(network.readers("p")).containsExactly(f);
    assertThat(network.readers("input")).containsExactly(network.layer("p"));
  }

  @Test
  void poolingHasNoWeights() {
    Pooling p = pooling("p", "input");
    Network network = network(p);
    assertThat(network.matrices(p)).isZero();
    assertThat(network.positions(p)).isEqualTo(15);
    assertThatThrownBy(() -> network.rows(p)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whetherAnInputCanBeNegativeFollowsTheProducer() {
    Layer relu = connected("relu", "input", Activation.RELU);
    Layer linear = connected("linear", "relu", Activation.NONE);
    Layer sigmoid = connected("sigmoid", "linear", Activation.SIGMOID);
    Layer tanh = connected("tanh", "sigmoid", Activation.TANH);
    Layer pool = new Pooling("pool", List.of("tanh"), Pooling.Kind.MEAN, 1, 1, 1, 1, 0, 0);
    Layer sum = new Addition("sum", List.of("relu", "pool"), Activation.NONE);
    Layer positive = new Addition("positive", List.of("relu", "sigmoid"), Activation.NONE);
    Layer clipped = new Addition("clipped", List.of("relu", "pool"), Activation.RELU);
    Layer end = new Addition("end", List.of("sum", "positive", "clipped"), Activation.NONE);
    Layer last = new Addition("last", List.of("positive", "clipped"), Activation.NONE);
    Network network = network(relu, linear, sigmoid, tanh, pool, sum, positive, clipped, end, last);
    assertThat(network.layers().stream().map(network::signedInput))
        .containsExactly(true, false, true, false, true, true, false, true, true, false);
  }

  private static void refused(String reason, Layer... layers) {
    assertThatThrownBy(() -> network(layers))
        .isInstanceOf(LayerRefusedException.class)
        .hasMessageContaining(reason)
        .satisfies(
            e -> assertThat(((LayerRefusedException) e).index()).isEqualTo(layers.length - 1));
  }

  @Test
  void layersThatDoNotFormANetworkAreRefused() {
    Layer first = connected("f", "input", Activation.RELU);
    refused("the name is given twice", first, connected("f", "f", Activation.RELU));
    refused("stands for the input", connected("input", "input", Activation.RELU));
    refused("one word", connected("a b", "input", Activation.RELU));
    refused("one word", connected("../f", "input", Activation.RELU));
    refused("reads 'g', allowed: input, f", first, connected("h", "g", Activation.RELU));
    refused("reads 'h', allowed: input", connected("h", "h", Activation.RELU));
    refused(
        "reads 2 layers, one is allowed",
        new FullyConnected("h", List.of("input", "input"), 3, true, Activation.NONE));
    refused(
        "reads 0 layers, one is allowed",
        new Pooling("h", List.of(), Pooling.Kind.MAX, 1, 1, 1, 1, 0, 0));
    refused("two or more", new Addition("h", List.of("input"), Activation.NONE));
    refused(
        "adds the shapes 4x9x7 and 10x1x1",
        first,
        new Addition("h", List.of("input", "f"), Activation.NONE));
    refused(
        "4 input channels cannot be divided into 3 groups",
        new Convolution("h", List.of("input"), 6, 1, 1, 1, 1, 0, 0, 3, true, Activation.NONE));
    refused(
        "height of the window: kernel 10 exceeds the padded input of 9",
        new Convolution("h", List.of("input"), 6, 10, 1, 1, 1, 0, 0, 1, true, Activation.NONE));
    refused(
        "width of the window: kernel 2 exceeds the padded input of 1",
        first,
        new Pooling("h", List.of("f"), Pooling.Kind.MAX, 1, 2, 1, 1, 0, 0));
    refused(
        "at most 2^31-9",
        new FullyConnected("h", List.of("input"), 10_000_000, true, Activation.NONE));
  }

  @Test
  void layersThatMakeNoSenseAreRefused() {
    List<String> in = List.of("input");
    assertThatThrownBy(
            () -> new Convolution("c", in, 7, 1, 1, 1, 1, 0, 0, 2, true, Activation.NONE))
        .hasMessageContaining("7 output channels cannot be divided into 2 groups");
    assertThatThrownBy(
            () -> new Convolution("c", in, 7, 1, 1, 0, 1, 0, 0, 1, true, Activation.NONE))
        .hasMessageContaining("height of the window");
    assertThatThrownBy(() -> new Pooling("p", in, Pooling.Kind.MAX, 2, 2, 1, 1, 0, 2))
        .hasMessageContaining("padding 2");
    assertThatThrownBy(() -> new FullyConnected("f", in, 0, true, Activation.NONE))
        .hasMessageContaining("outputs is 0");
    assertThatThrownBy(() -> new Shape(1, 0, 1)).hasMessageContaining("1x0x1");
    assertThatThrownBy(() -> new Shape(1 << 20, 1 << 20, 1 << 30)).hasMessageContaining("2^31-1");
    assertThatThrownBy(() -> network()).hasMessageContaining("at least one layer");
  }

  @Test
  void aVisitorSeesEveryKindOfLayer() {
    List<String> in = List.of("a");
    List<Layer> layers =
        List.of(
            convolution("c", "input", Activation.NONE),
            connected("c", "input", Activation.NONE),
            pooling("c", "input"),
            new Addition("c", in, Activation.NONE),
            new Product("c", in, Activation.NONE),
            new Affine("c", in, List.of(1f), List.of(0f), Activation.NONE),
            new Lookup("c", in, ScalarFunction.of(ScalarFunction.Kind.EXP)),
            new Softmax("c", in),
            new Recurrence("c", in, Recurrence.Cell.GRU, false, true),
            new Concatenation("c", in),
            View.reshape("c", "a", Shape.vector(3)),
            new HostStep("c", in, "Sort", Shape.vector(3), false));
    @SuppressWarnings("unchecked")
    LayerVisitor<String> kind =
        (LayerVisitor<String>)
            Proxy.newProxyInstance(
                LayerVisitor.class.getClassLoader(),
                new Class<?>[] {LayerVisitor.class},
                (proxy, method, arguments) -> method.getName());

    for (Layer layer : layers) {
      assertThat(layer.accept(kind)).isEqualToIgnoringCase(layer.getClass().getSimpleName());
    }
    assertThat(layers.stream().map(Object::getClass))
        .containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
  }

  /** Rows of 4 x 3 values taken backwards, and every value twice. */
  @Test
  void aViewCountsThroughTheValuesOfItsSource() {
    View view =
        new View("v", List.of("input"), new Shape(4, 3, 2), 2, List.of(4, 3, 2), List.of(3, -1, 0));

    assertThat(view.places())
        .startsWith(2, 2, 1, 1, 0, 0, 5, 5, 4, 4, 3, 3)
        .endsWith(9, 9)
        .hasSize(24);
    assertThat(view.lowest()).isZero();
    assertThat(view.highest()).isEqualTo(11);
    refused(
        "reads the places -1 to 2",
        new View("v", List.of("input"), Shape.vector(4), 2, List.of(4), List.of(-1)));
    assertThatThrownBy(
            () -> new View("v", List.of("input"), Shape.vector(4), 0, List.of(5), List.of(1)))
        .hasMessageContaining("do not make the 4 values");
  }

  @Test
  void aRecurrenceHoldsTheWeightsOfItsStateAlone() {
    Convolution gates =
        new Convolution("gates", List.of("input"), 12, 1, 1, 1, 1, 0, 0, 1, true, Activation.NONE);
    Recurrence lstm = new Recurrence("lstm", List.of("gates"), Recurrence.Cell.LSTM, false, false);
    Recurrence gru = new Recurrence("gru", List.of("gates"), Recurrence.Cell.GRU, true, true);
    Network network =
        new Network("n", Origin.TRAINED, "", new Shape(5, 9, 1), false, List.of(gates, lstm, gru));

    assertThat(network.outputShape("lstm")).isEqualTo(new Shape(3, 9, 1));
    assertThat(network.rows(lstm)).isEqualTo(3);
    assertThat(network.columns(lstm)).isEqualTo(12);
    assertThat(network.positions(lstm)).isEqualTo(9);
    assertThat(network.signedInput(lstm)).isTrue();
    assertThat(network.outputShape("gru")).isEqualTo(new Shape(4, 9, 1));
    assertThat(network.rows(gru)).isEqualTo(5);
    assertThat(network.columns(gru)).isEqualTo(12);
  }
}
