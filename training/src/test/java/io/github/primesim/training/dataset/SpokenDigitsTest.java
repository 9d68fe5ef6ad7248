package io.github.primesim.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpokenDigitsTest {
  @TempDir private Path folder;

  private void speak(String name, double hertz) throws IOException {
    Tone.write(Files.createDirectories(folder.resolve("recordings")).resolve(name), hertz, 3000);
  }

  @Test
  void takesBelowFiveAreToTestOnAndTheFirstOnesAreOfAllSpeakersAndDigits() throws IOException {
    for (String name : new String[] {"7_ann_0", "2_bob_4", "3_ann_5", "0_ann_10", "9_bob_5"}) {
      speak(name + ".wav", 1000);
    }
    Files.writeString(folder.resolve("README.md"), "other files are left alone");
    ImageDataset data = SpokenDigits.read(folder);
    assertThat(labels(data.test())).containsExactly(7, 2);
    assertThat(labels(data.training())).containsExactly(3, 9, 0);
    assertThat(labels(SpokenDigits.read(folder.resolve("recordings")).test()))
        .containsExactly(7, 2);
    data.requireImages(1, 48, 32, 10);
  }

  private static int[] labels(LabelledImages images) {
    int[] labels = new int[images.count()];
    Arrays.setAll(labels, images::label);
    return labels;
  }

  /** Little-endian two's complement, full scale 1. */
  @Test
  void samplesAreReadAsTheyWereWritten() throws IOException {
    Path file = folder.resolve("0_ann_0.wav");
    Tone.write(file, new double[] {0, 1, -1, 0.5, -300 / 32767.0}, 8000, 1);
    assertThat(Recording.read(file, 8000))
        .containsExactly(0, 32767 / 32768.0, -32767 / 32768.0, 0.5, -300 / 32768.0);
  }

  @Test
  void whatCannotBeUsedIsRefusedByName() throws IOException {
    assertThatThrownBy(() -> SpokenDigits.obtain(Optional.empty(), folder))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("--data DIR");
    refused("no such folder", folder.resolve("nowhere"));
    refused("0 recordings to train on and 0 to test on", folder);
    speak("1_ann_0.wav", 500);
    refused("0 recordings to train on and 1 to test on", folder);
    speak("1_ann_5.wav", 500);
    SpokenDigits.read(folder);

    Path recordings = folder.resolve("recordings");
    speak("one_ann_6.wav", 500);
    refused("one_ann_6.wav: digit_speaker_take.wav is allowed", folder);
    Files.delete(recordings.resolve("one_ann_6.wav"));

    Path file = recordings.resolve("2_ann_5.wav");
    Tone.write(file, Tone.of(500, 0.5, 900), 16000, 1);
    refused("16000", folder);
    Tone.write(file, Tone.of(500, 0.5, 900), 8000, 2);
    refused("stereo", folder);
    Tone.write(file, new double[0], 8000, 1);
    refused("2_ann_5.wav: holds 0 samples", folder);
    Tone.write(file, Tone.of(500, 0.5, 900), 8000, 1);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 500));
    refused("2_ann_5.wav: holds 650 samples, its header says 900", folder);
    Files.writeString(file, "RIFF");
    refused("2_ann_5.wav: is no wav file", folder);
  }

  private static void refused(String message, Path folder) {
    assertThatThrownBy(() -> SpokenDigits.read(folder))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining(message);
  }
}
