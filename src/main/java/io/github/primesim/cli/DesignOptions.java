package io.github.primesim.cli;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.LoadedDesign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what is simulated on what. */
final class DesignOptions {
  /** The network of a command line that names none. */
  static final String DEFAULT_NETWORK = "lenet5-mnist";

  @Option(
      names = "--network",
      paramLabel = "N",
      completionCandidates = Candidates.Networks.class,
      description =
          "Bundled name, a directory with network.yaml and weights.npz or weights.safetensors, or"
              + " an ONNX file. Default: lenet5-mnist.")
  private String network;

  @Option(
      names = "--hardware",
      paramLabel = "H",
      completionCandidates = Candidates.Memories.class,
      defaultValue = "prime-45nm",
      description = "Bundled name or YAML file. Default: ${DEFAULT-VALUE}.")
  private String hardware;

  @Option(
      names = "--mapping",
      paramLabel = "M",
      completionCandidates = Candidates.Schemes.class,
      defaultValue = "block-compact",
      description = "Mapping scheme, see 'primesim list mappings'. Default: ${DEFAULT-VALUE}.")
  private String mapping;

  @Option(
      names = "--crossbar",
      paramLabel = "RxC",
      description =
          "Wordlines and bitlines of a crossbar, such as 32x32. Default: as in the hardware file.")
  private String crossbar;

  @Option(
      names = "--signs",
      paramLabel = "S",
      completionCandidates = Candidates.Signs.class,
      defaultValue = "pairs",
      description =
          "Signed weights: pairs (subtracted on the bitlines, as PRIME) or independent (placed on"
              + " their own, subtracted digitally). Default: ${DEFAULT-VALUE}.")
  private String signs;

  @Option(
      names = "--replication",
      paramLabel = "P",
      completionCandidates = Candidates.Policies.class,
      defaultValue = "layer",
      description =
          "What free mats are used for: none, network (copies of all), layer (copies of the"
              + " slowest). Default: ${DEFAULT-VALUE}.")
  private String replication;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "0",
      description =
          "Inferences that throughput is measured over; 0 is an endless stream. Default:"
              + " ${DEFAULT-VALUE}.")
  private String batch;

  @Option(
      names = "--seed",
      paramLabel = "X",
      defaultValue = "1",
      description =
          "Seed of the mappings that draw, those by k-means, and of chips (accuracy). Default:"
              + " ${DEFAULT-VALUE}.")
  private String seed;

  @Option(
      names = "--set",
      paramLabel = "key=value",
      description =
          "Sets any key of the resolved hardware file, such as quantization.weightBits=4. May be"
              + " given several times.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--input-shape",
      paramLabel = "name=1x3x48x320",
      description =
          "Shape of an input that an ONNX file leaves open, or another one than it has, such as one"
              + " image of several. May be given several times.")
  private List<String> inputShapes = new ArrayList<>();

  @Option(
      names = "--input-value",
      paramLabel = "name=16000",
      description =
          "Value of an input of an ONNX file that is a constant here. May be given several times.")
  private List<String> inputValues = new ArrayList<>();

  @Option(
      names = "--skip-unsupported",
      description =
          "Leaves nodes of an ONNX file that are not supported to the host, and names them.")
  private boolean skipUnsupported;

  /** Whether a network was named. */
  boolean namesNetwork() {
    return network != null;
  }

  /** Whether the size of the crossbars was chosen. */
  boolean choosesCrossbar() {
    return crossbar != null
        || sets.stream().anyMatch(set -> set.strip().startsWith("organization.crossbar"));
  }

  /** As given. */
  DesignFiles.Choices choices() {
    return choices(crossbar);
  }

  /** As given, with crossbars of another size. */
  DesignFiles.Choices choices(String size) {
    return new DesignFiles.Choices(
        network == null ? DEFAULT_NETWORK : network,
        hardware,
        mapping,
        Optional.ofNullable(size),
        signs,
        replication,
        batch,
        seed,
        sets,
        inputShapes,
        inputValues,
        skipUnsupported);
  }

  /** Loads a design; what of an imported network is left to the host is said. */
  static LoadedDesign load(Terminal terminal, DesignFiles.Choices choices) {
    LoadedDesign loaded = DesignFiles.load(terminal.installation(), choices);
    loaded.left().forEach(line -> terminal.err().println("primesim: left to the host: " + line));
    return loaded;
  }
}
