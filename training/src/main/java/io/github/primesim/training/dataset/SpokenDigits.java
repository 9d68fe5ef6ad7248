package io.github.primesim.training.dataset;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Free Spoken Digit Dataset: English digits, spoken 50 times each by six speakers, as {@link
 * LogMelSpectrogram} images of 48 frames and 32 bands.
 *
 * <p>Files are called {@code digit_speaker_take.wav}, one channel of 16 bits at 8 kHz. As the
 * authors want it, takes 0 to 4 are to test on, all others to train on. Recordings are ordered by
 * take, speaker, digit, so that the first ones are of all digits.
 *
 * <p>Source: Jakobovski et al., github.com/Jakobovski/free-spoken-digit-dataset, CC BY-SA 4.0.
 */
public final class SpokenDigits {
  /** What the network sees of a recording: 32 ms every 20 ms, up to a second of them. */
  public static final LogMelSpectrogram SPECTROGRAM =
      new LogMelSpectrogram(8000, 256, 160, 48, 32, 50, 64);

  private static final Pattern NAME = Pattern.compile("([0-9])_([a-z]+)_([0-9]{1,4})\\.wav");
  private static final int TEST_TAKES = 5;

  private record Take(int number, String speaker, int digit, Path file) {
    boolean isTest() {
      return number < TEST_TAKES;
    }
  }

  private SpokenDigits() {}

  /**
   * The digits from the user's folder.
   *
   * @throws UnusableInput without a folder, since no registry has the recordings as a package
   */
  public static ImageDataset obtain(Optional<Path> folder, Path cache) throws IOException {
    return read(
        folder.orElseThrow(
            () ->
                new UnusableInput(
                    "the spoken digits are in no package: get the free-spoken-digit-dataset of"
                        + " Jakobovski, unpack it, and name its folder with --data DIR")));
  }

  /**
   * Reads the recordings of a folder, or of the folder {@code recordings} in it.
   *
   * @throws UnusableInput if a wav file has another name or is damaged, or either part is empty
   */
  public static ImageDataset read(Path folder) throws IOException {
    Path inside = folder.resolve("recordings");
    List<Take> takes = takes(Files.isDirectory(inside) ? inside : folder);
    LabelledImages training = images(takes.stream().filter(take -> !take.isTest()).toList());
    LabelledImages test = images(takes.stream().filter(Take::isTest).toList());
    if (training.count() == 0 || test.count() == 0) {
      throw new UnusableInput(
          folder
              + ": "
              + training.count()
              + " recordings to train on and "
              + test.count()
              + " to test on; digit_speaker_take.wav is wanted, takes 0 to "
              + (TEST_TAKES - 1)
              + " to test on");
    }
    return new ImageDataset(training, test);
  }

  private static List<Take> takes(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new UnusableInput(folder + ": no such folder");
    }
    List<Take> takes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".wav")).toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
          throw new UnusableInput(file + ": digit_speaker_take.wav is allowed");
        }
        takes.add(
            new Take(
                Integer.parseInt(name.group(3)),
                name.group(2),
                Integer.parseInt(name.group(1)),
                file));
      }
    }
    takes.sort(
        Comparator.comparingInt(Take::number)
            .thenComparing(Take::speaker)
            .thenComparingInt(Take::digit));
    return takes;
  }

  private static LabelledImages images(List<Take> takes) {
    int size = SPECTROGRAM.frames() * SPECTROGRAM.bands();
    byte[] pixels = new byte[takes.size() * size];
    byte[] labels = new byte[takes.size()];
    for (int i = 0; i < labels.length; i++) {
      Take take = takes.get(i);
      byte[] image = SPECTROGRAM.of(Recording.read(take.file(), SPECTROGRAM.rate()));
      System.arraycopy(image, 0, pixels, i * size, size);
      labels[i] = (byte) take.digit();
    }
    return new LabelledImages(1, SPECTROGRAM.frames(), SPECTROGRAM.bands(), pixels, labels);
  }
}
