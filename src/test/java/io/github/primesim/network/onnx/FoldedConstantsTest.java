package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FoldedConstantsTest {
  private static final int HALF = Dims.LARGEST / 2;

  private final FoldedConstants folded = new FoldedConstants();

  @Test
  void allThatIsKeptCountsTogether() {
    folded.keep(List.of(computed(HALF)));
    folded.keep(List.of(computed(HALF)));

    assertThatThrownBy(() -> folded.keep(List.of(computed(1))))
        .isInstanceOf(RefusedNodeException.class)
        .hasMessage(
            "with it, all constants that are computed at import are 67108865 values, allowed: up"
                + " to 67108864");
  }

  @Test
  void whatIsReadInAnotherShapeOrOrderCountsOnce() {
    Tensor all = computed(Dims.LARGEST);

    assertThatCode(
            () -> {
              folded.keep(List.of(all));
              folded.keep(List.of(all.reshape(new int[] {2, HALF}).transpose(1, 0)));
              folded.keep(List.of(all.map(false, x -> -x)));
            })
        .doesNotThrowAnyException();
  }

  /** The result of a node may keep what was computed on the way to it. */
  @Test
  void whatAResultFollowsFromCounts() {
    folded.keep(List.of(computed(Dims.LARGEST)));

    assertThatThrownBy(() -> folded.keep(List.of(computed(2).slice(0, 1, 1, 1))))
        .hasMessageContaining("are 67108866 values");
  }

  @Test
  void whatStaysAsTheBytesOfTheFileDoesNotCount() {
    Tensor read = new Tensor(new int[] {Dims.LARGEST}, false, place -> 1);

    assertThatCode(
            () -> {
              folded.keep(List.of(computed(Dims.LARGEST)));
              folded.keep(List.of(read, read.map(false, x -> -x)));
            })
        .doesNotThrowAnyException();
  }

  /** Claims its values: none of them is looked at. */
  private static Tensor computed(int size) {
    return Tensor.of(new int[] {size}, false, new double[0]);
  }
}
