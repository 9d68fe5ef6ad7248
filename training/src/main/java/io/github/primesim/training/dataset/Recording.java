package io.github.primesim.training.dataset;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Reads a wav file of one channel with 16 bits a sample. */
final class Recording {
  private static final int BYTES = 2;

  private Recording() {}

  /**
   * The samples of a file, from -1 to 1.
   *
   * @param rate samples a second that it must have
   * @throws UnusableInput if the file is missing, damaged, empty, or of another format
   */
  static double[] read(Path file, int rate) {
    if (!Files.isRegularFile(file)) {
      throw new UnusableInput(file + ": no such file");
    }
    byte[] bytes;
    AudioFormat format;
    long frames;
    try (AudioInputStream audio = AudioSystem.getAudioInputStream(file.toFile())) {
      format = audio.getFormat();
      frames = audio.getFrameLength();
      bytes = audio.readAllBytes();
    } catch (UnsupportedAudioFileException e) {
      throw new UnusableInput(file + ": is no wav file", e);
    } catch (IOException e) {
      throw new UnusableInput(file + ": cannot be read: " + e.getMessage(), e);
    }
    if (format.getChannels() != 1
        || format.getSampleSizeInBits() != 8 * BYTES
        || format.isBigEndian()
        || format.getSampleRate() != rate
        || !format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)) {
      throw new UnusableInput(
          file + ": is " + format + "; one channel of 16 bits at " + rate + " Hz is allowed");
    }
    if (bytes.length == 0 || bytes.length != frames * BYTES) {
      throw new UnusableInput(
          file + ": holds " + bytes.length / BYTES + " samples, its header says " + frames);
    }
    double[] samples = new double[bytes.length / BYTES];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) ((bytes[2 * i] & 0xff) | (bytes[2 * i + 1] << 8)) / 32768.0;
    }
    return samples;
  }
}
