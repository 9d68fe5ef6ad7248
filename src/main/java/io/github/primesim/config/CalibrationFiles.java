package io.github.primesim.config;

import io.github.primesim.functional.Accuracy;
import io.github.primesim.functional.AssumedActivity;
import io.github.primesim.functional.Calibration;
import io.github.primesim.functional.Calibrator;
import io.github.primesim.functional.Formats;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.functional.SenseAmplifierWindow;
import io.github.primesim.functional.SliceActivity;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.ColumnGains;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.core.JsonPointer;

/**
 * The dynamic fixed point of a network, in {@code calibration.yaml} beside it or measured on {@code
 * calibration-images.npz}.
 */
public final class CalibrationFiles {
  /** Name of the file in the folder of a network. */
  public static final String FILE = "calibration.yaml";

  /** Name of the file of images in the folder of a network, or in the one that it names. */
  public static final String IMAGES = "calibration-images.npz";

  private static final String SCHEMA = "primesim.calibration/1";

  private CalibrationFiles() {}

  /** The file. */
  private record CalibrationYaml(
      String schema,
      String network,
      String networkDigest,
      NetworkCalibration.Basis basis,
      int images,
      Formats formats,
      List<Calibration> layers) {}

  /**
   * The calibration to use for a network on a memory: the file, where it was made for these
   * weights, number formats and crossbars; else measured on the images beside the network, for the
   * crossbars of this memory only; else assumed.
   *
   * @throws InputProblem if the file or the images are unusable
   */
  public static NetworkCalibration choose(
      LoadedNetwork network, HardwareSpec spec, SignScheme signs) {
    Path file = network.directory().resolve(FILE);
    Formats formats = Formats.of(spec.quantization());
    int rows = spec.organization().crossbarRows().count();
    if (Files.exists(file)) {
      Optional<NetworkCalibration> stored = read(file, network);
      if (stored.isPresent()
          && stored.get().formats().equals(formats)
          && stored.get().covers(signs, rows)) {
        return stored.get();
      }
    }
    if (Files.exists(network.images().resolve(IMAGES))) {
      return new Calibrator(network.network(), network.weights(), spec)
          .calibrate(images(network), List.of(signs), List.of(rows));
    }
    return AssumedActivity.of(network.network(), formats);
  }

  /**
   * Measures a calibration for all crossbars, to be written.
   *
   * @throws InputProblem if there are no usable images beside the network
   */
  public static NetworkCalibration measure(LoadedNetwork network, HardwareSpec spec) {
    return new Calibrator(network.network(), network.weights(), spec).calibrate(images(network));
  }

  /**
   * Measures a calibration for certain crossbars, to be written.
   *
   * @param signs sign schemes to measure windows for
   * @param rows crossbar heights to measure windows for
   * @param progress is told how far it has come
   * @throws InputProblem if there are no usable images beside the network
   */
  public static NetworkCalibration measure(
      LoadedNetwork network,
      HardwareSpec spec,
      List<SignScheme> signs,
      List<Integer> rows,
      Calibrator.Progress progress) {
    return new Calibrator(network.network(), network.weights(), spec)
        .calibrate(images(network), signs, rows, progress);
  }

  private static List<float[]> images(LoadedNetwork network) {
    LabelledImages images =
        ImageFiles.read(network.images().resolve(IMAGES), Integer.MAX_VALUE, network.network());
    return IntStream.range(0, images.count()).mapToObj(i -> Accuracy.input(images, i)).toList();
  }

  /**
   * Reads a calibration.
   *
   * @param network the network it has to fit
   * @return empty if it was made for other weights
   * @throws InputProblem if the file is unusable or its layers are not those of the network
   */
  public static Optional<NetworkCalibration> read(Path file, LoadedNetwork network) {
    YamlDocument document = StrictYaml.read(file);
    CalibrationYaml yaml = document.as(CalibrationYaml.class);
    if (!yaml.schema().equals(SCHEMA)) {
      throw document.problem(JsonPointer.compile("/schema"), "allowed: " + SCHEMA);
    }
    if (!yaml.networkDigest().equals(network.digest())) {
      return Optional.empty();
    }
    List<String> expected = network.network().weightedLayers().stream().map(Layer::name).toList();
    List<String> found = yaml.layers().stream().map(Calibration::name).toList();
    if (!found.equals(expected)) {
      throw document.problem(
          JsonPointer.compile("/layers"),
          "are "
              + String.join(", ", found)
              + ", must be those of the network: "
              + String.join(", ", expected));
    }
    if (yaml.images() < 0) {
      throw document.problem(JsonPointer.compile("/images"), "must not be negative");
    }
    for (int i = 0; i < found.size(); i++) {
      checkSlices(document, yaml, i);
      checkGains(document, yaml, network.network(), i);
    }
    return Optional.of(
        new NetworkCalibration(
            yaml.network(), yaml.basis(), yaml.images(), yaml.formats(), yaml.layers()));
  }

  private static void checkSlices(YamlDocument document, CalibrationYaml yaml, int layer) {
    List<SliceActivity> slices = yaml.layers().get(layer).slices();
    if (slices.size() != yaml.formats().inputSlices()) {
      throw document.problem(
          JsonPointer.compile("/layers/" + layer + "/slices"),
          "has "
              + slices.size()
              + " input slices, the formats have "
              + yaml.formats().inputSlices());
    }
    for (int slice = 0; slice < slices.size(); slice++) {
      String key = "/layers/" + layer + "/slices/" + slice;
      int highest = yaml.formats().highestLevel(slice);
      atMost(document, key + "/meanLevel", slices.get(slice).meanLevel(), highest);
      atMost(document, key + "/meanSquare", slices.get(slice).meanSquare(), highest * highest);
    }
    if (yaml.layers().get(layer).biasLevel() > yaml.formats().highestInput()) {
      throw document.problem(
          JsonPointer.compile("/layers/" + layer + "/biasLevel"),
          "must be at most " + yaml.formats().highestInput());
    }
  }

  private static void atMost(YamlDocument document, String key, double value, int most) {
    if (value > most) {
      throw document.problem(
          JsonPointer.compile(key), "must be at most " + most + ", the highest of its bits");
    }
  }

  private static void checkGains(
      YamlDocument document, CalibrationYaml yaml, Network network, int layer) {
    Layer weighted = network.weightedLayers().get(layer);
    int columns = network.matrices(weighted) * network.columns(weighted);
    List<SenseAmplifierWindow> windows = yaml.layers().get(layer).windows();
    for (int i = 0; i < windows.size(); i++) {
      int found = windows.get(i).gains().map(ColumnGains::columns).orElse(columns);
      if (found != columns) {
        throw document.problem(
            JsonPointer.compile("/layers/" + layer + "/windows/" + i + "/gains"),
            "are " + found + " numbers, the layer has " + columns + " columns");
      }
    }
  }

  /**
   * Writes a calibration; an existing file is replaced at once or not at all.
   *
   * @throws InputProblem if the folder cannot be written to
   */
  public static void write(Path file, NetworkCalibration calibration, String networkDigest) {
    Path unfinished = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.writeString(unfinished, text(calibration, networkDigest));
      try {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  /** The file as text. */
  static String text(NetworkCalibration calibration, String networkDigest) {
    Formats formats = calibration.formats();
    StringBuilder text = new StringBuilder();
    line(text, "schema: %s", SCHEMA);
    line(text, "network: %s", calibration.network());
    line(text, "networkDigest: \"%s\"", networkDigest);
    line(text, "basis: %s", lower(calibration.basis()));
    line(text, "images: %d", calibration.images());
    line(
        text,
        "formats: {inputBits: %d, inputSliceBits: %d, weightBits: %d, cellBits: %d,"
            + " outputBits: %d}",
        formats.inputBits(),
        formats.inputSliceBits(),
        formats.weightBits(),
        formats.cellBits(),
        formats.outputBits());
    line(text, "layers:");
    for (Calibration layer : calibration.layers()) {
      line(text, "  - name: %s", layer.name());
      line(text, "    signedInput: %b", layer.signedInput());
      line(text, "    inputScale: %s", exact(layer.inputScale()));
      line(text, "    biasLevel: %d", layer.biasLevel());
      line(text, "    slices:");
      for (SliceActivity slice : layer.slices()) {
        line(
            text,
            "      - {meanLevel: %s, meanSquare: %s, nonZeroShare: %s}",
            rounded(slice.meanLevel()),
            rounded(slice.meanSquare()),
            rounded(slice.nonZeroShare()));
      }
      line(text, layer.windows().isEmpty() ? "    windows: []" : "    windows:");
      for (SenseAmplifierWindow window : layer.windows()) {
        line(
            text,
            "      - {signs: %s, rows: %d, lsb: %s%s}",
            lower(window.signs()),
            window.rows(),
            exact(window.lsb()),
            window.gains().map(gains -> ", gains: \"" + gains + "\"").orElse(""));
      }
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Powers of two have a finite decimal expansion. */
  private static String exact(double value) {
    return new BigDecimal(value).toPlainString();
  }

  /** Means are known to a few digits only. */
  private static String rounded(double value) {
    return new BigDecimal(value, new MathContext(6)).toPlainString();
  }
}
