package io.github.primesim.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelledImagesTest {
  /** Image i is one pixel of value i and belongs to class i modulo 4. */
  private static LabelledImages numbered(int count) {
    byte[] pixels = new byte[count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (byte) i;
      labels[i] = (byte) (i % 4);
    }
    return new LabelledImages(1, 1, 1, pixels, labels);
  }

  @Test
  void anEvenChoiceHasEachClassEquallyOftenInFileOrder() {
    LabelledImages chosen = numbered(100).evenly(10, 4, new SplittableRandom(3));
    int[] perClass = new int[4];
    for (int i = 0; i < chosen.count(); i++) {
      perClass[chosen.label(i)]++;
      assertThat(chosen.pixels()[i] % 4)
          .as("pixels and labels stay together")
          .isEqualTo(chosen.label(i));
    }
    assertThat(perClass).containsExactly(3, 3, 2, 2);
    assertThat(chosen.pixels()).isSorted().doesNotHaveDuplicates();
    assertThat(chosen.pixels())
        .isEqualTo(numbered(100).evenly(10, 4, new SplittableRandom(3)).pixels())
        .isNotEqualTo(numbered(100).evenly(10, 4, new SplittableRandom(4)).pixels());
  }

  @Test
  void tooFewImagesOfAClassAreRefused() {
    assertThatThrownBy(() -> numbered(7).evenly(8, 4, new SplittableRandom(3)))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("class 3");
  }

  @Test
  void aPermutationHasEveryImageOnce() {
    assertThat(numbered(50).permutation(new SplittableRandom(1)))
        .hasSize(50)
        .doesNotHaveDuplicates()
        .isNotEqualTo(numbered(50).permutation(new SplittableRandom(2)));
  }

  @Test
  void inputsArePixelsOver256() {
    LabelledImages image =
        new LabelledImages(1, 1, 3, new byte[] {0, (byte) 128, (byte) 255}, new byte[1]);
    float[] inputs = new float[4];
    Augmentation.none().copy(image, 0, new SplittableRandom(1), inputs, 1);
    assertThat(inputs).containsExactly(0f, 0f, 0.5f, 255f / 256f);
  }

  @Test
  void aShiftMovesTheWholeImageAndFillsWithZero() {
    byte[] pixels = new byte[2 * 5 * 5];
    pixels[2 * 5 + 2] = (byte) 64;
    pixels[25 + 3 * 5 + 2] = (byte) 128;
    LabelledImages image = new LabelledImages(2, 5, 5, pixels, new byte[1]);
    boolean[] seen = new boolean[25];
    SplittableRandom random = new SplittableRandom(9);
    for (int trial = 0; trial < 500; trial++) {
      float[] inputs = new float[50];
      Augmentation.shifts(2).copy(image, 0, random, inputs, 0);
      int at = -1;
      for (int i = 0; i < 25; i++) {
        if (inputs[i] != 0) {
          assertThat(at).as("one bright pixel").isNegative();
          at = i;
        }
      }
      assertThat(inputs[at]).isEqualTo(0.25f);
      seen[at] = true;
      if (at + 5 < 25) {
        assertThat(inputs[25 + at + 5]).as("channels move together").isEqualTo(0.5f);
      }
    }
    assertThat(seen).as("every offset from -2 to 2 occurs").doesNotContain(false);
  }

  @Test
  void aMirrorSwapsLeftAndRightOfEverySecondImage() {
    LabelledImages image =
        new LabelledImages(1, 1, 3, new byte[] {32, 64, (byte) 128}, new byte[1]);
    SplittableRandom random = new SplittableRandom(2);
    int mirrored = 0;
    for (int trial = 0; trial < 200; trial++) {
      float[] inputs = new float[3];
      new Augmentation(0, true).copy(image, 0, random, inputs, 0);
      assertThat(inputs[1]).isEqualTo(0.25f);
      assertThat(inputs[0] + inputs[2]).isEqualTo(0.625f);
      mirrored += inputs[0] == 0.5f ? 1 : 0;
    }
    assertThat(mirrored).isBetween(70, 130);
  }

  @Test
  void aLabelThatIsNoClassIsRefused() {
    ImageDataset data = new ImageDataset(numbered(8), numbered(8));
    data.requireImages(1, 1, 1, 4);
    assertThatThrownBy(() -> data.requireImages(1, 1, 1, 3))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("label 3");
    assertThatThrownBy(() -> data.requireImages(1, 28, 28, 4)).hasMessageContaining("1 x 1 x 1");
  }
}
