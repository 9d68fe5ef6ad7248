package io.github.primesim.config;

import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantization;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.onnx.ImportOptions;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Many designs of few networks and memories: each file is read and each calibration measured once.
 * Threads share them.
 */
public final class SharedDesigns {
  private final Path installation;
  private final Map<String, HardwareBase> memories = new ConcurrentHashMap<>();
  private final Map<String, LoadedNetwork> networks = new ConcurrentHashMap<>();
  private final Map<CalibratedFor, NetworkCalibration> calibrations = new ConcurrentHashMap<>();

  /** All that the calibration of a network depends on. */
  private record CalibratedFor(
      String network,
      Quantization quantization,
      int crossbarRows,
      int arrayRows,
      SignScheme signs) {}

  /**
   * Designs of nothing yet.
   *
   * @param installation folder that holds {@code hw-configs/} and {@code networks/}
   */
  public SharedDesigns(Path installation) {
    this.installation = installation;
  }

  /**
   * What is to be compiled, as {@link DesignFiles#load} has it.
   *
   * @throws io.github.primesim.units.InputProblem naming option or file, value and what is allowed
   */
  public CompileRequest request(DesignFiles.Choices choices) {
    DesignFiles.check(choices);
    LoadedHardware hardware =
        memories
            .computeIfAbsent(choices.hardware(), name -> HardwareFiles.read(installation, name))
            .with(DesignFiles.overrides(choices));
    LoadedNetwork network =
        networks.computeIfAbsent(
            choices.network(),
            name -> new NetworkFiles(installation).load(name, ImportOptions.NONE));
    HardwareSpec spec = hardware.spec();
    SignScheme signs = DesignFiles.signs(choices);
    NetworkCalibration calibration =
        calibrations.computeIfAbsent(
            new CalibratedFor(
                choices.network(),
                spec.quantization(),
                spec.organization().crossbarRows().count(),
                spec.organization().arrayRows().count(),
                signs),
            measured -> CalibrationFiles.choose(network, spec, signs));
    CompileRequest request = DesignFiles.request(choices, hardware, network, calibration);
    request.refuseWhatIsMissing();
    return request;
  }
}
