package io.github.primesim.report;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Temporary files of programs that were killed, as by the system where memory runs out: nothing
 * else leaves any. They are known by a name that ends with the process.
 */
final class Leftovers {
  private static final String SUFFIX = ".unfinished";
  private static final Pattern NAME =
      Pattern.compile("\\..+\\.(\\d{1,18})" + Pattern.quote(SUFFIX));

  /** The process may be one of another machine that shares the folder. */
  private static final Duration LONGEST_RUN = Duration.ofDays(7);

  private Leftovers() {}

  /** The temporary name of a file that this process writes. */
  static String temporary(String name) {
    return "." + name + "." + ProcessHandle.current().pid() + SUFFIX;
  }

  /** Removes what has been lying in a folder for long and has no process. */
  static void remove(Path folder) {
    Instant before = Instant.now().minus(LONGEST_RUN);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + SUFFIX)) {
      for (Path file : files) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()
            && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
            && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // They are in nobody's way.
    }
  }
}
