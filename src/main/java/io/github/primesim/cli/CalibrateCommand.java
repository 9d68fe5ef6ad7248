package io.github.primesim.cli;

import io.github.primesim.config.CalibrationFiles;
import io.github.primesim.config.DesignFiles;
import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedNetwork;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code primesim calibrate}: measures the dynamic fixed point that is stored beside a network. For
 * those who bundle a network, so not listed with the others.
 */
@Command(
    name = "calibrate",
    hidden = true,
    description =
        "Measures input scales, activity, sense amplifier windows and gains of columns on the"
            + " calibration images beside a network.",
    sortOptions = false)
final class CalibrateCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(
      names = "--network",
      paramLabel = "N",
      required = true,
      description = "Bundled name or directory.")
  private String network;

  @Option(
      names = "--hardware",
      paramLabel = "H",
      defaultValue = "prime-45nm",
      description = "Bundled name or YAML file. Default: ${DEFAULT-VALUE}.")
  private String hardware;

  @Option(
      names = "--out",
      paramLabel = "F.yaml",
      description = "File to write. Default: calibration.yaml beside the network.")
  private Optional<Path> out;

  @Option(
      names = "--rows",
      paramLabel = "R,R,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "16,32,64,128,256,512",
      description =
          "Crossbar heights to measure windows and gains for; others are measured when they are"
              + " used. Default: ${DEFAULT-VALUE}.")
  private List<Integer> rows;

  @Option(
      names = "--signs",
      paramLabel = "S,S",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "pairs,independent",
      description = "Sign schemes, the same. Default: ${DEFAULT-VALUE}.")
  private List<String> signs;

  CalibrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LoadedNetwork loaded = new NetworkFiles(terminal.installation()).load(network);
    Path file = out.orElse(loaded.directory().resolve(CalibrationFiles.FILE));
    HardwareSpec spec = HardwareFiles.load(terminal.installation(), hardware, List.of()).spec();
    List<SignScheme> schemes = signs.stream().map(DesignFiles::signs).toList();
    NetworkCalibration measured;
    try (LineProgress progress = new LineProgress(terminal, "calibrate")) {
      measured = CalibrationFiles.measure(loaded, spec, schemes, heights(), progress::step);
    }
    CalibrationFiles.write(file, measured, loaded.digest());
    terminal.print(file + "\n");
    return Primesim.DONE;
  }

  private List<Integer> heights() {
    for (int height : rows) {
      if (height < 1 || height > 4096) {
        throw new InputProblem("--rows '" + height + "': allowed: 1 to 4096");
      }
    }
    return rows;
  }
}
