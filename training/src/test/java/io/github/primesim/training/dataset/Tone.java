package io.github.primesim.training.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Sine waves, as samples and as wav files. */
public final class Tone {
  private static final int RATE = 8000;

  private Tone() {}

  static double[] of(double hertz, double amplitude, int samples) {
    double[] tone = new double[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = amplitude * Math.sin(2 * Math.PI * hertz * i / RATE);
    }
    return tone;
  }

  /** Writes a tone of half the largest amplitude, 16 bits, one channel. */
  public static void write(Path file, double hertz, int samples) throws IOException {
    write(file, of(hertz, 0.5, samples), RATE, 1);
  }

  static void write(Path file, double[] samples, int rate, int channels) throws IOException {
    byte[] bytes = new byte[2 * channels * samples.length];
    for (int i = 0; i < channels * samples.length; i++) {
      int level = (int) Math.rint(samples[i / channels] * 32767);
      bytes[2 * i] = (byte) level;
      bytes[2 * i + 1] = (byte) (level >> 8);
    }
    AudioFormat format = new AudioFormat(rate, 16, channels, true, false);
    try (AudioInputStream audio =
        new AudioInputStream(new ByteArrayInputStream(bytes), format, samples.length)) {
      AudioSystem.write(audio, AudioFileFormat.Type.WAVE, file.toFile());
    }
  }
}
