package io.github.primesim.report;

import io.github.primesim.units.InputProblem;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files that appear together or not at all.
 *
 * <p>Everything is written under temporary names in the folder itself and moved when {@link
 * #publish} is called. Whatever ends the program before that, the user's interrupt included, leaves
 * the folder as it was; an interrupt during the moves waits until they are done. Only a program
 * that is killed outright leaves temporary files, which those that come later take away ({@link
 * Leftovers}).
 */
public final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private final Deque<Path> created = new ArrayDeque<>();
  private final Map<Path, Path> pending = new LinkedHashMap<>();
  private final Thread onInterrupt = new Thread(this::close, "discard-output");
  private final Set<Path> stale = new LinkedHashSet<>();
  private boolean closed;

  private OutputFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Opens a folder for writing, creating it and its parents where they are missing.
   *
   * @throws InputProblem if files cannot be made there
   */
  public static OutputFolder open(Path folder) {
    requireNamed(folder);
    OutputFolder output = new OutputFolder(folder);
    Runtime.getRuntime().addShutdownHook(output.onInterrupt);
    try {
      output.create();
      // A folder can refuse files although it exists: better known before a long simulation.
      output.probe();
      return output;
    } catch (InputProblem e) {
      output.close();
      throw e;
    }
  }

  private synchronized void probe() {
    try {
      delete(Files.createFile(temporary("probe")));
      Leftovers.remove(folder);
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  private Path temporary(String name) {
    return folder.resolve(Leftovers.temporary(name));
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream file) throws IOException;
  }

  /** Adds a text file under a temporary name. */
  public OutputFolder put(String name, String text) {
    return put(name, file -> file.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Adds a file under a temporary name. */
  public synchronized OutputFolder put(String name, Content content) {
    if (closed) {
      // The user has interrupted the program, which works on until the virtual machine stops it.
      return this;
    }
    Path temporary = temporary(name);
    try {
      pending.put(temporary, folder.resolve(name));
      try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(temporary))) {
        content.writeTo(file);
      }
      return this;
    } catch (IOException e) {
      throw unwritable(folder.resolve(name), e);
    }
  }

  /** Has {@link #publish} remove these files, unless they are written anew. */
  public synchronized OutputFolder removing(List<String> names) {
    names.forEach(name -> stale.add(folder.resolve(name)));
    return this;
  }

  /**
   * Makes sure that nothing is in the way of the files.
   *
   * @throws InputProblem naming what is
   */
  public synchronized void requireFree() {
    pending.values().forEach(target -> requireReplaceable(target.toString(), target));
  }

  /** Gives all files their names. */
  public synchronized void publish() {
    requireFree();
    try {
      stale.removeAll(pending.values());
      stale.forEach(OutputFolder::delete);
      for (Map.Entry<Path, Path> file : List.copyOf(pending.entrySet())) {
        Path target = file.getValue();
        // A link stays, and what it leads to is written.
        move(file.getKey(), Files.isSymbolicLink(target) ? target.toRealPath() : target);
        pending.remove(file.getKey());
      }
      created.clear();
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
  }

  /** Whether a file is among those that wait to be published. */
  public synchronized boolean holds(Path file) {
    Path asked = file.toAbsolutePath().normalize();
    return pending.values().stream()
        .anyMatch(each -> each.toAbsolutePath().normalize().equals(asked));
  }

  /**
   * Refuses a folder without a name, which would be the one the program was started in: what a
   * variable of the shell that was never set comes to.
   *
   * @throws InputProblem if so
   */
  public static void requireNamed(Path folder) {
    if (folder.toString().isEmpty()) {
      throw new InputProblem("--out '': is no folder, allowed: the name of one, . for this one");
    }
  }

  /**
   * Refuses to write where something else than a file is: a folder, a device, a pipe.
   *
   * @param named what the refusal begins with
   * @throws InputProblem if so
   */
  public static void requireReplaceable(String named, Path target) {
    if (Files.isDirectory(target)) {
      throw new InputProblem(named + ": is a folder, allowed: the name of a file");
    }
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(target)) {
      throw new InputProblem(
          named + ": is no regular file, allowed: a new file, or one to be replaced");
    }
  }

  /** Removes what was not published. */
  @Override
  public synchronized void close() {
    closed = true;
    forget();
    while (!created.isEmpty()) {
      delete(created.pop());
    }
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException shuttingDown) {
      // The hook is running or about to; there is nothing left for it to do.
    }
  }

  private synchronized void forget() {
    pending.keySet().forEach(OutputFolder::delete);
    pending.clear();
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      // A folder that somebody else has put files into meanwhile stays.
    }
  }

  private synchronized void create() {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = folder.toAbsolutePath(); at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    try {
      for (Path each : missing) {
        Files.createDirectory(each);
        created.push(each);
      }
    } catch (IOException e) {
      throw unwritable(folder, e);
    }
    if (!Files.isDirectory(folder)) {
      throw new InputProblem(folder + ": is a file, a folder for the output is expected");
    }
  }

  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  static InputProblem unwritable(Path path, IOException e) {
    return new InputProblem(path + ": cannot be written: " + reason(e), e);
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    // All that these say of themselves is the path.
    if (e instanceof NoSuchFileException) {
      return "no such folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "something else has this name";
    }
    if (e instanceof FileSystemException refused && refused.getReason() != null) {
      return refused.getReason();
    }
    return String.valueOf(e.getMessage());
  }
}
