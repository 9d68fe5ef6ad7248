package io.github.primesim.config;

import io.github.primesim.functional.Calibration;
import io.github.primesim.functional.Formats;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.functional.SliceActivity;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.lowering.Activity;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Replication;
import io.github.primesim.network.onnx.ImportOptions;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what a user chose, by names and files, into something that can be compiled. */
public final class DesignFiles {
  private static final Pattern CROSSBAR = Pattern.compile("([1-9]\\d{0,4})x([1-9]\\d{0,4})");
  private static final Pattern INPUT_SHAPE =
      Pattern.compile("(.+)=([1-9]\\d{0,7}(?:x[1-9]\\d{0,7})*)");
  private static final int LARGEST_BATCH = 1_000_000;

  private DesignFiles() {}

  /**
   * What the user chose, as written.
   *
   * @param network bundled name, folder or ONNX file
   * @param hardware bundled name or YAML file
   * @param mapping name of a scheme
   * @param crossbar wordlines and bitlines such as {@code 32x32}, or as in the hardware
   * @param signs name of a sign scheme
   * @param replication name of a policy
   * @param batch number of images, 0 for an endless stream
   * @param seed whole number that mappings draw from, for those that draw
   * @param sets hardware keys to be set, as {@code key=value}
   * @param inputShapes shapes of inputs that an ONNX file leaves open, as {@code name=1x3x48x320}
   * @param inputValues values of inputs that are constants, as {@code name=16000}
   * @param skipUnsupported whether nodes of an ONNX file that are not supported are left to the
   *     host
   */
  public record Choices(
      String network,
      String hardware,
      String mapping,
      Optional<String> crossbar,
      String signs,
      String replication,
      String batch,
      String seed,
      List<String> sets,
      List<String> inputShapes,
      List<String> inputValues,
      boolean skipUnsupported) {
    public Choices {
      sets = List.copyOf(sets);
      inputShapes = List.copyOf(inputShapes);
      inputValues = List.copyOf(inputValues);
    }

    /** Without what is said of ONNX files only. */
    public Choices(
        String network,
        String hardware,
        String mapping,
        Optional<String> crossbar,
        String signs,
        String replication,
        String batch,
        String seed,
        List<String> sets) {
      this(
          network,
          hardware,
          mapping,
          crossbar,
          signs,
          replication,
          batch,
          seed,
          sets,
          List.of(),
          List.of(),
          false);
    }

    /**
     * A network mapped by a scheme, everything else as where nothing is chosen.
     *
     * @param crossbar wordlines and bitlines such as {@code 32x32}
     */
    public static Choices of(String network, String mapping, String crossbar) {
      return new Choices(
          network,
          "prime-45nm",
          mapping,
          Optional.of(crossbar),
          "pairs",
          "layer",
          "0",
          "1",
          List.of());
    }
  }

  /**
   * Reads all files a design needs.
   *
   * @param installation folder that holds {@code hw-configs/} and {@code networks/}
   * @throws InputProblem naming option or file, value and what is allowed
   */
  public static LoadedDesign load(Path installation, Choices choices) {
    // What needs no file comes first: a mistyped option should not wait for a large network.
    check(choices);
    LoadedHardware hardware = hardware(installation, choices);
    LoadedNetwork network = network(installation, choices);
    NetworkCalibration calibration =
        CalibrationFiles.choose(network, hardware.spec(), signs(choices));
    CompileRequest request = request(choices, hardware, network, calibration);
    request.refuseWhatIsMissing();
    return new LoadedDesign(
        request, calibration, hardware, network.directory(), network.images(), network.left());
  }

  /** Refuses what is mistyped, before any file is read. */
  static void check(Choices choices) {
    signs(choices);
    replication(choices.replication());
    batch(choices.batch());
    seed(choices.seed());
    LoadedDesign.checkMapping("--mapping", choices.mapping());
  }

  /**
   * What is to be compiled, of parts that were read before.
   *
   * @throws InputProblem naming option, value and what is allowed
   */
  static CompileRequest request(
      Choices choices,
      LoadedHardware hardware,
      LoadedNetwork network,
      NetworkCalibration calibration) {
    LoadedDesign.checkMapping("--mapping", choices.mapping());
    long seed = seed(choices.seed());
    return new CompileRequest(
        network.network(),
        network.weights(),
        network.digest(),
        activity(
            calibration, signs(choices), hardware.spec().organization().crossbarRows().count()),
        hardware.spec(),
        hardware.digest(),
        hardware.overrides(),
        LoadedDesign.mapping(choices.mapping(), seed),
        signs(choices),
        replication(choices.replication()),
        seed,
        batch(choices.batch()));
  }

  /** What lowering needs to know of the data: how active inputs are, how cells are programmed. */
  private static Map<String, Activity> activity(
      NetworkCalibration calibration, SignScheme signs, int rows) {
    Formats formats = calibration.formats();
    Map<String, Activity> activity = new LinkedHashMap<>();
    for (Calibration layer : calibration.layers()) {
      List<Integer> bias = new ArrayList<>();
      for (int slice = 0; slice < formats.inputSlices(); slice++) {
        bias.add(formats.inputSlice(layer.biasLevel(), slice));
      }
      activity.put(
          layer.name(),
          new Activity(
              layer.slices().stream().map(SliceActivity::meanSquare).toList(),
              layer.slices().stream().map(SliceActivity::nonZeroShare).toList(),
              bias,
              layer.biasInput(),
              layer.gains(signs, rows)));
    }
    return activity;
  }

  /** How signed weights are to be held. */
  public static SignScheme signs(Choices choices) {
    return signs(choices.signs());
  }

  /**
   * The sign scheme of that name.
   *
   * @throws InputProblem if there is none
   */
  public static SignScheme signs(String name) {
    return choice("--signs", name, SignScheme.values());
  }

  /**
   * What free mats are used for, by its name.
   *
   * @throws InputProblem if there is no such policy
   */
  public static Replication replication(String name) {
    return choice("--replication", name, Replication.values());
  }

  /** Reads the hardware alone, with everything that was set. */
  public static LoadedHardware hardware(Path installation, Choices choices) {
    return HardwareFiles.load(installation, choices.hardware(), overrides(choices));
  }

  /** All that is set beside the hardware file, as {@code key=value}. */
  static List<String> overrides(Choices choices) {
    List<String> sets = new ArrayList<>();
    choices.crossbar().ifPresent(size -> sets.addAll(crossbarKeys(size)));
    sets.addAll(choices.sets());
    return sets;
  }

  private static LoadedNetwork network(Path installation, Choices choices) {
    return new NetworkFiles(installation).load(choices.network(), importOptions(choices));
  }

  /**
   * What is said of an ONNX file beside it.
   *
   * @throws InputProblem naming option, value and what is allowed
   */
  static ImportOptions importOptions(Choices choices) {
    return new ImportOptions(
        shapes(choices.inputShapes()), values(choices.inputValues()), choices.skipUnsupported());
  }

  private static Map<String, List<Integer>> shapes(List<String> given) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    for (String each : given) {
      Matcher matcher = INPUT_SHAPE.matcher(each);
      if (!matcher.matches()) {
        throw new InputProblem(
            "--input-shape '" + each + "': allowed: name=1x3x224x224, each from 1 to 99999999");
      }
      refuseTwice("--input-shape", each, matcher.group(1), shapes);
      shapes.put(
          matcher.group(1),
          Arrays.stream(matcher.group(2).split("x", -1)).map(Integer::valueOf).toList());
    }
    return shapes;
  }

  private static Map<String, Double> values(List<String> given) {
    Map<String, Double> values = new LinkedHashMap<>();
    for (String each : given) {
      int at = each.lastIndexOf('=');
      try {
        double value = Double.parseDouble(at < 0 ? "" : each.substring(at + 1));
        if (at > 0 && Double.isFinite(value)) {
          refuseTwice("--input-value", each, each.substring(0, at), values);
          values.put(each.substring(0, at), value);
          continue;
        }
      } catch (NumberFormatException e) {
        // Refused below, like an infinite one.
      }
      throw new InputProblem("--input-value '" + each + "': allowed: name=number");
    }
    return values;
  }

  private static void refuseTwice(
      String option, String given, String input, Map<String, ?> before) {
    if (before.containsKey(input)) {
      throw new InputProblem(
          option + " '" + given + "': '" + input + "' is set twice, allowed: once");
    }
  }

  private static List<String> crossbarKeys(String size) {
    Matcher matcher = CROSSBAR.matcher(size);
    if (!matcher.matches()) {
      throw new InputProblem(
          "--crossbar '" + size + "': allowed: wordlines x bitlines such as 32x32");
    }
    return List.of(
        "organization.crossbarRows=" + matcher.group(1),
        "organization.crossbarBitlines=" + matcher.group(2));
  }

  private static <E extends Enum<E>> E choice(String option, String value, E[] allowed) {
    return Arrays.stream(allowed)
        .filter(each -> name(each).equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new InputProblem(
                    option
                        + " '"
                        + value
                        + "' is unknown, allowed: "
                        + String.join(
                            ", ", Arrays.stream(allowed).map(DesignFiles::name).toList())));
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** Names of the sign schemes. */
  public static List<String> signSchemes() {
    return Arrays.stream(SignScheme.values()).map(DesignFiles::name).toList();
  }

  /** Names of what free mats can be used for. */
  public static List<String> replications() {
    return Arrays.stream(Replication.values()).map(DesignFiles::name).toList();
  }

  private static int batch(String value) {
    if (value.matches("\\d{1,7}") && Integer.parseInt(value) <= LARGEST_BATCH) {
      return Integer.parseInt(value);
    }
    throw new InputProblem(
        "--batch '" + value + "': allowed: an integer from 0 to " + LARGEST_BATCH);
  }

  private static long seed(String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new InputProblem(
          "--seed '" + value + "': allowed: an integer of 64 bits with its sign", e);
    }
  }
}
