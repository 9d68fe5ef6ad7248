package io.github.primesim.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads every bundled memory, network and calibration, as a process of its own. */
final class BundledFiles {
  private BundledFiles() {}

  /** Prints how many of each there are. */
  public static void main(String[] arguments) {
    Path here = Path.of("");
    List<String> memories = HardwareFiles.bundled(here);
    memories.forEach(name -> HardwareFiles.load(here, name, List.of()));
    NetworkFiles networks = new NetworkFiles(here);
    int calibrations = 0;
    for (String name : networks.names()) {
      LoadedNetwork network = networks.load(name);
      Path calibration = network.directory().resolve(CalibrationFiles.FILE);
      if (Files.exists(calibration)) {
        CalibrationFiles.read(calibration, network);
        calibrations++;
      }
    }
    System.out.printf(
        "%d memories, %d networks, %d calibrations%n",
        memories.size(), networks.names().size(), calibrations);
  }
}
