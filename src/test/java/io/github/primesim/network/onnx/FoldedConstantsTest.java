package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldedConstantsTest {
  private static final int HALF = Dims.LARGEST / 2;

  @TempDir Path folder;

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

  @Test
  void allStepsCountTogether() {
    folded.spend(FoldedConstants.MOST_STEPS - 1);
    folded.spend(1);

    assertThatThrownBy(() -> folded.spend(2))
        .isInstanceOf(RefusedNodeException.class)
        .hasMessage(
            "with it, constants that are computed at import take 134217730 steps, allowed: up to"
                + " 134217728");
  }

  /** Each product is small enough; a file may have any number of them. */
  @Test
  void productsOfAFileCountTogether() throws IOException {
    int rows = 256;
    ModelBuilder model =
        new ModelBuilder(13, 1).input("x", 1, rows).weights("w0", rows, rows).weights("v", rows, 1);
    int products = 9;
    for (int i = 0; i < products; i++) {
      model.node("MatMul", "w" + i + " w0", "w" + (i + 1));
    }
    Path file =
        model
            .node("MatMul", "w" + products + " v", "u")
            .node("MatMul", "x u", "y")
            .output("y")
            .write(folder, "products");

    assertThatThrownBy(() -> OnnxFile.read(file, ImportOptions.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessage(
            file
                + ": node 'MatMul_w9' (MatMul): with it, constants that are computed at import"
                + " take "
                + (long) products * rows * rows * rows
                + " steps, allowed: up to 134217728");
  }

  /** Claims its values: none of them is looked at. */
  private static Tensor computed(int size) {
    return Tensor.of(new int[] {size}, false, new double[0]);
  }
}
