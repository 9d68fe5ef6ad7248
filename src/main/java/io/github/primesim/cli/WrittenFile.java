package io.github.primesim.cli;

import io.github.primesim.report.OutputFolder;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A single file that an option asks for. It is there when all of it is written, or as it was.
 *
 * @param option that names it
 */
record WrittenFile(String option, Path path) {
  /**
   * Refuses early what could not be written in the end.
   *
   * @throws InputProblem if the path names a folder, or something else than a file
   */
  WrittenFile {
    OutputFolder.requireReplaceable(option + " '" + path + "'", path);
  }

  /**
   * Refuses to replace a file of another kind, which somebody may have named by mistake: the model
   * that is compiled, the trace that is replayed.
   *
   * @param kind what the option writes
   * @param start how each of them begins
   * @throws InputProblem if there is a file that does not begin so
   */
  WrittenFile replacing(String kind, String start) {
    byte[] expected = start.getBytes(StandardCharsets.UTF_8);
    if (Files.exists(path) && !startsWith(expected)) {
      throw new InputProblem(
          option + " '" + path + "': is there and no " + kind + ", so it is not replaced");
    }
    return this;
  }

  private boolean startsWith(byte[] expected) {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] found = in.readNBytes(expected.length);
      return found.length == 0 || Arrays.equals(found, expected);
    } catch (IOException e) {
      throw new InputProblem(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** Opens the folder of the file for it alone. */
  OutputFolder open() {
    return OutputFolder.open(path.toAbsolutePath().getParent());
  }

  /** Its name in that folder. */
  String name() {
    return path.getFileName().toString();
  }

  /** Writes the file. */
  void write(OutputFolder.Content content) {
    try (OutputFolder output = open()) {
      output.put(name(), content).publish();
    }
  }

  /** Writes the file as text. */
  void write(String text) {
    write(file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
