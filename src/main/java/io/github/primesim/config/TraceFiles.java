package io.github.primesim.config;

import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.trace.TraceReader;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the memory that a saved trace is to be replayed on. */
public final class TraceFiles {
  private TraceFiles() {}

  /**
   * Reads a trace and its hardware.
   *
   * @param hardware bundled name or YAML file; the one the trace was compiled for where empty
   * @throws InputProblem if the trace is unusable, the hardware it was compiled for is not bundled
   *     or has changed, or the hardware given has other crossbars
   */
  public static LoadedTrace load(Path installation, Path file, Optional<String> hardware) {
    Trace trace = TraceReader.read(file);
    LoadedHardware found =
        hardware.isPresent()
            ? given(installation, file, hardware.get(), trace.header())
            : original(installation, file, trace.header());
    checkCrossbars(file, trace.header(), found);
    return new LoadedTrace(new Trace(on(found, trace.header()), trace.stages()), found);
  }

  private static LoadedHardware original(Path installation, Path file, TraceHeader header) {
    if (!HardwareFiles.bundled(installation).contains(header.hardware())) {
      throw new InputProblem(
          file
              + ": was compiled for the hardware '"
              + header.hardware()
              + "', which is not bundled; name its file with --hardware");
    }
    LoadedHardware found = load(installation, file, header.hardware(), header);
    if (!header.fitsHardwareDigest(found.digest())) {
      throw new InputProblem(
          file
              + ": was compiled for another version of the hardware '"
              + header.hardware()
              + "' (digest "
              + header.hardwareDigest()
              + ", bundled "
              + found.digest()
              + "); name a file with --hardware to replay it on that");
    }
    return found;
  }

  /** A file that was resolved for this trace holds the overrides already. */
  private static LoadedHardware given(
      Path installation, Path file, String hardware, TraceHeader header) {
    LoadedHardware plain = HardwareFiles.load(installation, hardware, List.of());
    return plain.digest().equals(header.hardwareDigest())
        ? plain
        : load(installation, file, hardware, header);
  }

  private static LoadedHardware load(
      Path installation, Path file, String hardware, TraceHeader header) {
    return HardwareFiles.load(installation, hardware, header.overrides(), file + ": override");
  }

  private static void checkCrossbars(Path file, TraceHeader header, LoadedHardware hardware) {
    int rows = hardware.spec().organization().crossbarRows().count();
    int bitlines = hardware.spec().organization().crossbarBitlines().count();
    if (rows != header.crossbarRows() || bitlines != header.crossbarBitlines()) {
      throw new InputProblem(
          file
              + ": was compiled for crossbars of "
              + header.crossbarRows()
              + "x"
              + header.crossbarBitlines()
              + ", hardware '"
              + hardware.spec().name()
              + "' has "
              + rows
              + "x"
              + bitlines);
    }
  }

  /** The header with the hardware that is really replayed on; the same where it is the same. */
  private static TraceHeader on(LoadedHardware hardware, TraceHeader header) {
    return new TraceHeader(
        header.network(),
        header.weights(),
        header.networkDigest(),
        hardware.spec().name(),
        hardware.digest(),
        header.overrides(),
        header.mapping(),
        header.crossbarRows(),
        header.crossbarBitlines(),
        header.signs(),
        header.replication(),
        header.seed(),
        header.instances(),
        header.banksPerInstance(),
        header.copies(),
        header.batch(),
        header.cellUtilization(),
        header.ffBefore(),
        header.ffAfter(),
        header.indexMemoryBits(),
        header.activityImages());
  }
}
