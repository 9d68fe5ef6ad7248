package io.github.primesim.lowering;

import static io.github.primesim.lowering.LoweringFixture.connected;
import static io.github.primesim.lowering.LoweringFixture.convolution;
import static io.github.primesim.lowering.LoweringFixture.network;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.mapping.InputOrder;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputPathTest {
  private static InputPath permuted(Shape input, Layer... layers) {
    return path(InputOrder.PERMUTED, network(input, layers), layers[layers.length - 1]);
  }

  private static InputPath path(InputOrder order, Network network, Layer layer) {
    return InputPath.of(order, network, layer, before -> true);
  }

  @Test
  void anOrderIsFreeBetweenFullyConnectedLayersOnly() {
    Shape vector = new Shape(8, 1, 1);
    Shape image = new Shape(1, 8, 8);
    Layer fc1 = connected("fc1", Network.INPUT, 8);
    Layer conv1 = convolution("conv1", 2, 3, 1);
    Layer pool = new Pooling("pool", List.of("conv1"), Pooling.Kind.MAX, 2, 2, 2, 2, 0, 0);

    assertThat(permuted(vector, fc1, connected("fc2", "fc1", 4)))
        .isEqualTo(InputPath.PRODUCER_SIDE);
    assertThat(permuted(vector, fc1)).isEqualTo(InputPath.NETWORK_INPUTS);
    assertThat(permuted(image, conv1, convolution("conv2", 2, 3, 1))).isEqualTo(InputPath.WINDOWS);
    assertThat(permuted(image, conv1, connected("fc", "conv1", 4))).isEqualTo(InputPath.POSITIONS);
    assertThat(permuted(image, conv1, pool, connected("fc", "pool", 4)))
        .isEqualTo(InputPath.NO_WEIGHTS);
  }

  @Test
  void oneOrderCannotSuitSeveralReaders() {
    Layer fc1 = connected("fc1", Network.INPUT, 8);
    Layer fc2 = connected("fc2", "fc1", 8);
    Layer sum = new Addition("sum", List.of("fc1", "fc2"), Activation.RELU);
    Network residual = network(new Shape(8, 1, 1), fc1, fc2, sum);

    assertThat(path(InputOrder.PERMUTED, residual, fc2)).isEqualTo(InputPath.SHARED);
    assertThat(path(InputOrder.NATURAL, residual, fc2)).isEqualTo(InputPath.DIRECT);
    assertThat(path(InputOrder.GATHERED, residual, fc2)).isEqualTo(InputPath.GATHER);
    assertThat(InputPath.SHARED.reason()).startsWith("charged");
    assertThat(InputPath.PRODUCER_SIDE.reason()).startsWith("free");
  }

  @Test
  void outputsThatStayInPlaceCannotBeStoredInAnotherOrder() {
    Layer fc2 = connected("fc2", "fc1", 8);
    Network network = network(new Shape(8, 1, 1), connected("fc1", Network.INPUT, 8), fc2);

    assertThat(InputPath.of(InputOrder.PERMUTED, network, fc2, name -> !name.equals("fc1")))
        .isEqualTo(InputPath.IN_PLACE);
    assertThat(InputPath.IN_PLACE.reason()).startsWith("charged");
  }
}
