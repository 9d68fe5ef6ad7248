package io.github.primesim.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogMelSpectrogramTest {
  private static final LogMelSpectrogram SPECTROGRAM = SpokenDigits.SPECTROGRAM;
  private static final int BANDS = SPECTROGRAM.bands();

  private static int at(byte[] image, int frame, int band) {
    return Byte.toUnsignedInt(image[frame * BANDS + band]);
  }

  /** Band b is centred at mel (b + 1) / 33 of the way from 50 Hz to 4 kHz. */
  @ParameterizedTest
  @ValueSource(ints = {4, 10, 17, 24, 30})
  void aToneIsLoudestInTheBandThatIsCentredOnIt(int band) {
    double low = 2595 * Math.log10(1 + 50 / 700.0);
    double high = 2595 * Math.log10(1 + 4000 / 700.0);
    double mel = low + (high - low) * (band + 1) / (BANDS + 1);
    double hertz = 700 * (Math.pow(10, mel / 2595) - 1);
    byte[] image = SPECTROGRAM.of(Tone.of(hertz, 0.3, 8000));
    for (int frame = 2; frame < 46; frame++) {
      int loudest = 0;
      for (int other = 0; other < BANDS; other++) {
        loudest = at(image, frame, other) > at(image, frame, loudest) ? other : loudest;
      }
      assertThat(loudest).as("frame %d", frame).isEqualTo(band);
    }
  }

  /** A tenth of the amplitude is 20 dB less: 255 * 20 / 64 levels. */
  @Test
  void levelsAreDecibelsBelowTheLoudestPlace() {
    double[] samples = Tone.of(1000, 0.9, 8000);
    for (int i = 4000; i < 8000; i++) {
      samples[i] /= 10;
    }
    byte[] image = SPECTROGRAM.of(samples);
    for (int band = 0; band < BANDS; band++) {
      int loud = at(image, 10, band);
      if (loud > 100) {
        assertThat((double) loud - at(image, 40, band)).isCloseTo(255 * 20 / 64.0, within(1.5));
      }
    }
    assertThat(
            Arrays.equals(image, SPECTROGRAM.of(Arrays.stream(samples).map(x -> x / 3).toArray())))
        .as("loudness as a whole does not matter")
        .isTrue();
  }

  /** 10 frames begin within 256 + 9 * 160 samples. */
  @Test
  void aShortRecordingStandsInTheMiddleBetweenSilence() {
    byte[] image = SPECTROGRAM.of(Tone.of(1000, 0.5, 256 + 9 * 160 + 159));
    for (int frame = 0; frame < SPECTROGRAM.frames(); frame++) {
      int sum = 0;
      for (int band = 0; band < BANDS; band++) {
        sum += at(image, frame, band);
      }
      assertThat(sum > 0).as("frame %d", frame).isEqualTo(frame >= 19 && frame < 29);
    }
  }

  @Test
  void ofALongRecordingTheLoudestFramesStay() {
    double[] samples = new double[24_000];
    System.arraycopy(Tone.of(1000, 0.5, 8000), 0, samples, 9600, 8000);
    byte[] image = SPECTROGRAM.of(samples);
    // The tone lies in frames 59 to 109; 48 of them fill the image.
    for (int frame = 0; frame < SPECTROGRAM.frames(); frame++) {
      int most = 0;
      for (int band = 0; band < BANDS; band++) {
        most = Math.max(most, at(image, frame, band));
      }
      assertThat(most).as("frame %d", frame).isGreaterThan(200);
    }
  }

  @Test
  void silenceIsBlackHoweverShort() {
    assertThat(SPECTROGRAM.of(new double[7])).containsOnly(0).hasSize(48 * 32);
    assertThat(SPECTROGRAM.of(new double[20_000])).containsOnly(0);
  }
}
