package io.github.primesim.config;

import io.github.primesim.experiment.AccuracyKey;
import io.github.primesim.experiment.Classification;
import io.github.primesim.experiment.sweep.PointDesign;
import io.github.primesim.experiment.sweep.SweepPoint;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantization;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.onnx.ImportOptions;
import io.github.primesim.units.InputProblem;
import io.github.primesim.units.WholeNumber;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Designs of the points of a sweep. Each network, hardware file and calibration is read once;
 * threads share them.
 */
final class SweepDesigns implements PointDesign.Source {
  private final Path installation;
  private final List<String> keys;
  private final Map<String, HardwareBase> memories = new ConcurrentHashMap<>();
  private final Map<NetworkChoice, LoadedNetwork> networks = new ConcurrentHashMap<>();
  private final Map<CalibratedFor, NetworkCalibration> calibrations = new ConcurrentHashMap<>();
  private final Map<ImagesOf, LabelledImages> images = new ConcurrentHashMap<>();

  /** The first {@code limit} test images of a network. */
  private record ImagesOf(NetworkChoice network, int limit) {}

  /**
   * A network and what is said of it.
   *
   * @param options nothing, unless it is an ONNX file
   */
  record NetworkChoice(String name, ImportOptions options) {
    private static NetworkChoice of(DesignFiles.Choices choices) {
      return new NetworkChoice(choices.network(), DesignFiles.importOptions(choices));
    }
  }

  /** All that the calibration of a network depends on. */
  private record CalibratedFor(
      NetworkChoice network,
      Quantization quantization,
      int crossbarRows,
      int arrayRows,
      SignScheme signs) {
    static CalibratedFor of(DesignFiles.Choices choices, HardwareSpec spec) {
      return new CalibratedFor(
          NetworkChoice.of(choices),
          spec.quantization(),
          spec.organization().crossbarRows().count(),
          spec.organization().arrayRows().count(),
          DesignFiles.signs(choices));
    }
  }

  /**
   * Designs made of what an installation bundles and of files of the user.
   *
   * @param keys all keys the sweep speaks of
   */
  SweepDesigns(Path installation, List<String> keys) {
    this.installation = installation;
    this.keys = List.copyOf(keys);
  }

  /** The network of a point. */
  LoadedNetwork network(Map<String, String> values) {
    return network(NetworkChoice.of(choices(values)));
  }

  private LoadedNetwork network(NetworkChoice choice) {
    return networks.computeIfAbsent(
        choice, any -> new NetworkFiles(installation).load(choice.name(), choice.options()));
  }

  HardwareBase hardware(String name) {
    return memories.computeIfAbsent(name, any -> HardwareFiles.read(installation, name));
  }

  @Override
  public PointDesign of(SweepPoint point) {
    DesignFiles.Choices choices = choices(point.values());
    LoadedHardware hardware = hardware(choices.hardware()).with(DesignFiles.overrides(choices));
    LoadedNetwork network = network(NetworkChoice.of(choices));
    NetworkCalibration calibration =
        calibrations.computeIfAbsent(
            CalibratedFor.of(choices, hardware.spec()),
            any -> CalibrationFiles.choose(network, hardware.spec(), DesignFiles.signs(choices)));
    return new PointDesign(
        DesignFiles.request(choices, hardware, network, calibration),
        settings(point.values(), hardware),
        classification(point.values(), network, calibration));
  }

  private Optional<Classification> classification(
      Map<String, String> values, LoadedNetwork network, NetworkCalibration calibration) {
    if (!values.containsKey(AccuracyKey.IMAGES.key())) {
      return Optional.empty();
    }
    ImagesOf wanted =
        new ImagesOf(
            NetworkChoice.of(choices(values)), imageCount(values.get(AccuracyKey.IMAGES.key())));
    return Optional.of(
        new Classification(
            images.computeIfAbsent(wanted, any -> TestImages.beside(network, wanted.limit())),
            calibration,
            ChipChoices.ofPoint(values).sample()));
  }

  private static int imageCount(String value) {
    return WholeNumber.of(AccuracyKey.IMAGES.key(), value, 1, Integer.MAX_VALUE);
  }

  private Map<String, String> settings(Map<String, String> values, LoadedHardware hardware) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (DesignKey key : DesignKey.values()) {
      settings.put(key.key(), chosen(values, key).orElse(""));
    }
    settings.put(
        DesignKey.CROSSBAR.key(),
        hardware.spec().organization().crossbarRows().count()
            + "x"
            + hardware.spec().organization().crossbarBitlines().count());
    for (String key : keys) {
      if (AccuracyKey.keys().contains(key)) {
        settings.put(key, values.getOrDefault(key, ""));
      } else if (!settings.containsKey(key)) {
        settings.put(key, hardware.value(key));
      }
    }
    return settings;
  }

  private static DesignFiles.Choices choices(Map<String, String> values) {
    List<String> sets = new ArrayList<>();
    values.forEach(
        (key, value) -> {
          if (!DesignKey.keys().contains(key) && !AccuracyKey.keys().contains(key)) {
            sets.add(key + "=" + value);
          }
        });
    return new DesignFiles.Choices(
        chosen(values, DesignKey.NETWORK).orElseThrow(),
        chosen(values, DesignKey.HARDWARE).orElseThrow(),
        chosen(values, DesignKey.MAPPING).orElseThrow(),
        chosen(values, DesignKey.CROSSBAR),
        chosen(values, DesignKey.SIGNS).orElseThrow(),
        chosen(values, DesignKey.REPLICATION).orElseThrow(),
        chosen(values, DesignKey.BATCH).orElseThrow(),
        chosen(values, DesignKey.SEED).orElseThrow(),
        sets,
        listed(values, DesignKey.INPUT_SHAPE),
        listed(values, DesignKey.INPUT_VALUE),
        Boolean.parseBoolean(chosen(values, DesignKey.SKIP_UNSUPPORTED).orElseThrow()));
  }

  /** What is separated by commas. */
  private static List<String> listed(Map<String, String> values, DesignKey key) {
    return chosen(values, key).stream()
        .flatMap(list -> Arrays.stream(list.split(",", -1)))
        .map(String::strip)
        .toList();
  }

  /** Refuses a value that no design can have; networks are read with all that is said of them. */
  void check(String key, String value) {
    if (key.equals(AccuracyKey.IMAGES.key())) {
      imageCount(value);
    }
    ChipChoices.ofPoint(Map.of(key, value)).check();
    DesignFiles.Choices choices = choices(Map.of(key, value));
    if (key.equals(DesignKey.HARDWARE.key())) {
      hardware(value);
    } else if (key.equals(DesignKey.SKIP_UNSUPPORTED.key()) && !value.matches("true|false")) {
      throw new InputProblem(key + " '" + value + "': allowed: true, false");
    } else if (DesignKey.keys().contains(key)) {
      DesignFiles.check(choices);
      DesignFiles.overrides(choices);
      DesignFiles.importOptions(choices);
    }
  }

  private static Optional<String> chosen(Map<String, String> values, DesignKey key) {
    return Optional.ofNullable(values.get(key.key())).or(key::unchosen);
  }
}
