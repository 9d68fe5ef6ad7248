package io.github.primesim.config;

import io.github.primesim.baseline.Baseline;
import io.github.primesim.hardware.ComponentTable;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.Network;
import io.github.primesim.validation.AbsentFigureException;
import io.github.primesim.validation.Design;
import io.github.primesim.validation.Sources;
import io.github.primesim.validation.StoredEvaluation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What figures are computed from, as it is installed. */
public final class InstalledSources implements Sources {
  private final Path installation;
  private final NetworkFiles networks;

  /**
   * The files of an installation.
   *
   * @param installation folder that holds {@code hw-configs/} and {@code networks/}
   */
  public InstalledSources(Path installation) {
    this.installation = installation;
    this.networks = new NetworkFiles(installation);
  }

  @Override
  public boolean hasNetwork(String name) {
    return networks.names().contains(name);
  }

  @Override
  public Network network(String name) {
    return networks.load(name).network();
  }

  @Override
  public HardwareSpec hardware(Design design) {
    return DesignFiles.hardware(installation, choices(design)).spec();
  }

  @Override
  public CompileRequest request(Design design) {
    return DesignFiles.load(installation, choices(design)).request();
  }

  @Override
  public Examination examination(Design design, int images) {
    LoadedDesign loaded = DesignFiles.load(installation, choices(design));
    if (!loaded.hasTestImages()) {
      throw new AbsentFigureException("no test images beside the network");
    }
    return new Examination(
        loaded.request(),
        loaded.calibration(),
        loaded.testImages(Optional.empty(), Optional.of(Integer.toString(images))));
  }

  @Override
  public Baseline baseline(String name) {
    return BaselineFiles.load(installation, name);
  }

  @Override
  public ComponentTable components(String name) {
    return ComponentFiles.load(installation, name);
  }

  @Override
  public OptionalDouble statedAccuracy(String network, String state) {
    if (state.equals("crossbars")) {
      return NetworkCard.studied(installation, network, state);
    }
    NetworkCard card = NetworkCard.of(installation, network);
    return state.equals("dense") ? card.dense() : card.pruned();
  }

  @Override
  public List<Map<String, String>> accuracyInBits(String network) {
    Path file = installation.resolve("docs").resolve("accuracy").resolve(network + "-bits.csv");
    return Files.isRegularFile(file)
        ? EvaluationResults.read(file, "sparsity", "weights", "accuracy")
        : List.of();
  }

  @Override
  public Optional<StoredEvaluation> evaluation(String table) {
    return EvaluationResults.load(installation, table);
  }

  private static DesignFiles.Choices choices(Design design) {
    return new DesignFiles.Choices(
        design.network(),
        design.hardware(),
        design.mapping(),
        design.crossbar(),
        design.signs(),
        design.replication(),
        "0",
        "1",
        design.sets());
  }
}
