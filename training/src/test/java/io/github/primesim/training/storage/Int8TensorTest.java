package io.github.primesim.training.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Int8TensorTest {
  @Test
  void theLargestOfEachOutputIs127AndZeroStaysZero() {
    Int8Tensor whole =
        Int8Tensor.of(new Tensor(new int[] {3, 2}, new float[] {127, -1.6f, 0, -4, 0, 0}));
    assertThat(whole.levels()).containsExactly(127, -2, 0, -127, 0, 0);
    assertThat(whole.scales()).containsExactly(1, 4f / 127, 1);
    assertThat(whole.floats().values()).containsExactly(127, -2, 0, 127 * -(4f / 127), 0, 0);
  }

  @Test
  void noWeightIsOffByMoreThanHalfALevel() {
    SplittableRandom random = new SplittableRandom(4);
    float[] values = new float[5 * 60];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    Tensor tensor = new Tensor(new int[] {5, 4, 3, 5}, values);
    Int8Tensor whole = Int8Tensor.of(tensor);
    float[] back = whole.floats().values();
    for (int i = 0; i < values.length; i++) {
      float scale = whole.scales()[i / 60];
      assertThat(back[i]).as("weight %d", i).isCloseTo(values[i], within(0.5001f * scale));
    }
  }

  @Test
  void anArchiveKeepsLevelsAndScales(@TempDir Path folder) throws IOException {
    Int8Tensor whole =
        Int8Tensor.of(new Tensor(new int[] {2, 3}, new float[] {1, -0.5f, 0, 3, 0, -3}));
    Path file = folder.resolve("weights.npz");
    new Npz().putInt8("fc.weight", "fc.scale", whole).write(file);
    Npz read = Npz.read(file);
    assertThat(read.isInt8("fc.weight")).isTrue();
    assertThat(read.isInt8("fc.scale")).isFalse();
    Int8Tensor back = read.int8("fc.weight", "fc.scale");
    assertThat(back.shape()).containsExactly(2, 3);
    assertThat(back.levels()).isEqualTo(whole.levels());
    assertThat(back.scales()).isEqualTo(whole.scales());
    assertThatThrownBy(() -> read.int8("fc.scale", "fc.scale"))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("fc.scale");
    assertThatThrownBy(() -> read.int8("fc.weight", "fc.weight"))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("fc.weight");
  }
}
