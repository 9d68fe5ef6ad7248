package io.github.primesim.training.dataset;

import java.util.Arrays;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * How loud a recording is in each frame of time and each band of frequencies, as an image of bytes:
 * a row a frame, a column a band, low bands first.
 *
 * <p>A frame is seen through a Hann window of {@code window} samples, and begins {@code hop}
 * samples after the one before. Bands are triangles that are equally wide on the mel scale, {@code
 * 2595 log10(1 + f / 700)}, and overlap by half. Levels are in decibels below the loudest place of
 * the recording: 255 is that place, 0 is {@code range} below it or less. So a recording's loudness
 * does not matter.
 *
 * <p>The number of frames is fixed. A shorter recording stands in the middle, between rows of 0; of
 * a longer one the consecutive frames stay that are loudest together.
 *
 * <p>Source: Davis and Mermelstein, Comparison of Parametric Representations for Monosyllabic Word
 * Recognition in Continuously Spoken Sentences (1980), without the cosine transform.
 *
 * @param rate samples a second
 * @param window samples of a frame, a power of two
 * @param hop samples from one frame to the next
 * @param frames rows of the image
 * @param bands columns of the image
 * @param lowest where the lowest band begins, in hertz; the highest ends at half the rate
 * @param range decibels from 0 to 255
 */
public record LogMelSpectrogram(
    int rate, int window, int hop, int frames, int bands, double lowest, double range) {
  private static final int LOUDEST = 255;

  /** The image of a recording, {@code frames * bands} bytes. */
  byte[] of(double[] samples) {
    double[][] levels = decibels(samples);
    double loudest = Double.NEGATIVE_INFINITY;
    for (double[] frame : levels) {
      for (double level : frame) {
        loudest = Math.max(loudest, level);
      }
    }
    int[][] image = new int[levels.length][bands];
    for (int frame = 0; frame < levels.length; frame++) {
      for (int band = 0; band < bands; band++) {
        double below = loudest - levels[frame][band];
        // Nothing but silence has no loudest place; it stays black.
        image[frame][band] = below < range ? (int) Math.rint(LOUDEST * (range - below) / range) : 0;
      }
    }
    byte[] bytes = new byte[frames * bands];
    int from = levels.length > frames ? loudestStart(image) : 0;
    int kept = Math.min(frames, levels.length);
    int top = (frames - kept) / 2;
    for (int frame = 0; frame < kept; frame++) {
      for (int band = 0; band < bands; band++) {
        bytes[(top + frame) * bands + band] = (byte) image[from + frame][band];
      }
    }
    return bytes;
  }

  /** Level of each band in each whole frame; a recording shorter than one is filled up. */
  private double[][] decibels(double[] samples) {
    double[] filled = Arrays.copyOf(samples, Math.max(window, samples.length));
    double[][] filters = filters();
    FastFourierTransformer fourier = new FastFourierTransformer(DftNormalization.STANDARD);
    double[][] levels = new double[(filled.length - window) / hop + 1][bands];
    double[] seen = new double[window];
    for (int frame = 0; frame < levels.length; frame++) {
      for (int i = 0; i < window; i++) {
        double hann = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * i / window);
        seen[i] = hann * filled[frame * hop + i];
      }
      Complex[] spectrum = fourier.transform(seen, TransformType.FORWARD);
      for (int band = 0; band < bands; band++) {
        double power = 0;
        for (int bin = 0; bin <= window / 2; bin++) {
          double re = spectrum[bin].getReal();
          double im = spectrum[bin].getImaginary();
          power += filters[band][bin] * (re * re + im * im);
        }
        levels[frame][band] = 10 * StrictMath.log10(power);
      }
    }
    return levels;
  }

  /** For each band the weight of each frequency of the transform. */
  private double[][] filters() {
    double low = mel(lowest);
    double step = (mel(rate / 2.0) - low) / (bands + 1);
    double[][] filters = new double[bands][window / 2 + 1];
    for (int bin = 0; bin <= window / 2; bin++) {
      double place = (mel((double) bin * rate / window) - low) / step;
      for (int band = 0; band < bands; band++) {
        filters[band][bin] = Math.max(0, 1 - Math.abs(place - (band + 1)));
      }
    }
    return filters;
  }

  private static double mel(double hertz) {
    return 2595 * StrictMath.log10(1 + hertz / 700);
  }

  /** First of the consecutive frames that are loudest together; of equal ones the earliest. */
  private int loudestStart(int[][] image) {
    long[] sums = Arrays.stream(image).mapToLong(row -> Arrays.stream(row).sum()).toArray();
    long sum = Arrays.stream(sums, 0, frames).sum();
    long best = sum;
    int start = 0;
    for (int first = 1; first + frames <= sums.length; first++) {
      sum += sums[first + frames - 1] - sums[first - 1];
      if (sum > best) {
        best = sum;
        start = first;
      }
    }
    return start;
  }
}
