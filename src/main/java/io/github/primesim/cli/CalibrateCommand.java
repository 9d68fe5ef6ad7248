package io.github.primesim.cli;

import io.github.primesim.config.CalibrationFiles;
import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedNetwork;
import io.github.primesim.config.NetworkFiles;
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
        "Measures input scales, activity and sense amplifier windows on the calibration images beside"
            + " a network.",
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

  CalibrateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    LoadedNetwork loaded = new NetworkFiles(terminal.installation()).load(network);
    Path file = out.orElse(loaded.directory().resolve(CalibrationFiles.FILE));
    CalibrationFiles.write(
        file,
        CalibrationFiles.measure(
            loaded, HardwareFiles.load(terminal.installation(), hardware, List.of()).spec()),
        loaded.digest());
    terminal.print(file + "\n");
    return Primesim.DONE;
  }
}
