package io.github.primesim.config;

import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.trace.TraceReader;
import io.github.primesim.units.InputProblem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the memory that a saved trace is to be replayed on. */
public final class TraceFiles {
  /** How a line begins that holds one: no other may, before the stages. */
  private static final Pattern OVERRIDE = Pattern.compile("\\s*override(?=[\\s\"])");

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
    return HardwareFiles.load(
        installation, hardware, header.overrides(), places(file, header.overrides().size()));
  }

  /**
   * Where a trace holds its overrides, as far as that can be told: what was read from a pipe has no
   * lines any more.
   */
  private static List<String> places(Path file, int overrides) {
    List<String> places = new ArrayList<>();
    if (overrides > 0 && Files.isRegularFile(file)) {
      try (BufferedReader lines = Files.newBufferedReader(file)) {
        String line = lines.readLine();
        for (int number = 1; line != null && places.size() < overrides; number++) {
          if (OVERRIDE.matcher(line).lookingAt()) {
            places.add(file + ":" + number + ": override");
          }
          line = lines.readLine();
        }
      } catch (IOException e) {
        // Read a moment ago: the file alone is named.
        places.clear();
      }
    }
    return places.size() == overrides
        ? places
        : Collections.nCopies(overrides, file + ": override");
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
