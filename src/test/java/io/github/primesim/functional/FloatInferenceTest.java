package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class FloatInferenceTest {
  private static final List<String> IN = List.of(Network.INPUT);

  @Test
  void fullyConnectedAddsTheBiasAndActivates() {
    GivenWeights weights = new GivenWeights().with("fc", 0, 3, 2, 1, 2, 3, 4, 10, -100);

    assertThat(run(Shape.vector(2), weights, fc(Activation.NONE), 1, 10)).containsExactly(41, -58);
    assertThat(run(Shape.vector(2), weights, fc(Activation.RELU), 1, 10)).containsExactly(41, 0);
    assertThat(run(Shape.vector(2), weights, fc(Activation.SIGMOID), 1, 1)[0])
        .isCloseTo((float) (1 / (1 + Math.exp(-14))), within(1e-6f));
    assertThat(run(Shape.vector(2), weights, fc(Activation.TANH), 0, 25)[1])
        .isEqualTo((float) Math.tanh(0));
  }

  private static Layer fc(Activation activation) {
    return new FullyConnected("fc", IN, 2, true, activation);
  }

  @Test
  void convolutionPadsAndStrides() {
    // 2 x 2 kernel 1 2 / 3 4 on the 3 x 3 map 1..9, a zero line on each side, stride 2.
    Layer layer = new Convolution("c", IN, 1, 2, 2, 2, 2, 1, 1, 1, false, Activation.NONE);
    GivenWeights weights = new GivenWeights().with("c", 0, 4, 1, 1, 2, 3, 4);

    assertThat(run(new Shape(1, 3, 3), weights, layer, 1, 2, 3, 4, 5, 6, 7, 8, 9))
        .containsExactly(4, 3 * 2 + 4 * 3, 2 * 4 + 4 * 7, 5 + 2 * 6 + 3 * 8 + 4 * 9);
  }

  @Test
  void convolutionReadsTheChannelsOfItsGroup() {
    // Two groups of one 1 x 1 channel with two outputs each, and a bias.
    Layer layer = new Convolution("c", IN, 4, 1, 1, 1, 1, 0, 0, 2, true, Activation.NONE);
    GivenWeights weights =
        new GivenWeights().with("c", 0, 2, 2, 2, 3, 0, 1).with("c", 1, 2, 2, 5, 7, 0, 2);

    assertThat(run(new Shape(2, 1, 2), weights, layer, 1, 10, 100, 1000))
        .containsExactly(2, 20, 4, 31, 500, 5000, 702, 7002);
  }

  @Test
  void convolutionRowsRunOverChannelThenRowThenColumn() {
    Layer layer = new Convolution("c", IN, 1, 2, 2, 1, 1, 0, 0, 1, false, Activation.NONE);
    GivenWeights weights = new GivenWeights().with("c", 0, 8, 1, 1, 2, 3, 4, 5, 6, 7, 8);

    assertThat(run(new Shape(2, 2, 2), weights, layer, 1, 10, 100, 1000, 2, 20, 200, 2000))
        .containsExactly(1 + 20 + 300 + 4000 + 10 + 120 + 1400 + 16000);
  }

  @Test
  void poolingTakesMaximumOrMeanOfTheWindow() {
    float[] map = {-1, -2, -3, -4, -5, -6, -7, -8, -9};
    assertThat(
            run(
                new Shape(1, 3, 3),
                new GivenWeights(),
                new Pooling("p", IN, Pooling.Kind.MAX, 2, 2, 2, 2, 1, 1),
                map))
        .as("padding is no maximum")
        .containsExactly(-1, -2, -4, -5);
    assertThat(
            run(
                new Shape(1, 3, 3),
                new GivenWeights(),
                new Pooling("p", IN, Pooling.Kind.MEAN, 2, 2, 2, 2, 1, 1),
                map))
        .as("padding counts in the mean")
        .containsExactly(-0.25f, -1.25f, -2.75f, -7);
  }

  @Test
  void additionSumsItsInputsBeforeTheActivation() {
    Network network =
        new Network(
            "n",
            Origin.TRAINED,
            "",
            Shape.vector(2),
            true,
            List.of(
                fc(Activation.NONE),
                new Addition("add", List.of("fc", Network.INPUT), Activation.RELU)));
    GivenWeights weights = new GivenWeights().with("fc", 0, 3, 2, 1, 0, 0, 1, 0, -9);

    assertThat(new FloatInference(network, weights).run(new float[] {1, 2})).containsExactly(2, 0);
  }

  @Test
  void refusesAnInputOfAnotherSize() {
    assertThatThrownBy(
            () ->
                run(
                    Shape.vector(2),
                    new GivenWeights().with("fc", 0, 3, 2, 0, 0, 0, 0, 0, 0),
                    fc(Activation.NONE),
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 input values");
  }

  private static float[] run(Shape shape, GivenWeights weights, Layer layer, float... input) {
    return new FloatInference(
            new Network("n", Origin.TRAINED, "", shape, true, List.of(layer)), weights)
        .run(input);
  }
}
