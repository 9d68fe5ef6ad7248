package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers of a layer as a list like any other. */
class FloatListTest {
  @Test
  void holdsWhatItWasMadeOf() {
    FloatList copied = FloatList.copyOf(List.of(1.5f, -0.1f));
    assertThat(copied).containsExactly(1.5f, -0.1f).isEqualTo(List.of(1.5f, -0.1f));
    assertThat(FloatList.nearest(new double[] {1.5, -0.1}))
        .isEqualTo(copied)
        .hasToString("[1.5, -0.1]");
    assertThat(FloatList.copyOf(copied)).isSameAs(copied);
    assertThat(FloatList.copyOf(List.of())).isEmpty();
  }

  @Test
  void layersDoNotCopyIt() {
    FloatList factors = FloatList.nearest(new double[] {1, 2});
    Affine layer = new Affine("a", List.of("input"), factors, List.of(0f, 1f), Activation.NONE);
    assertThat(layer.factors()).isSameAs(factors);
    assertThat(layer.offsets()).isInstanceOf(FloatList.class).containsExactly(0f, 1f);
  }
}
