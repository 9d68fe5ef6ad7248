package io.github.primesim.report;

import io.github.primesim.units.InputProblem;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/**
 * A table whose rows are appended one at a time and put in order at the end. A row is there as a
 * whole or, to the next reader, not at all, whatever ends the program; of each row only its place
 * in the file is kept in memory.
 */
final class PointsFile implements AutoCloseable {
  private static final long ABSENT = -1;

  private final Path path;
  private final String head;
  private final long[] begins;
  private final int[] lengths;
  private final BitSet present = new BitSet();
  private FileChannel file;
  private long end;
  private int last = -1;
  private boolean ordered = true;

  private PointsFile(Path path, String head, int points) {
    this.path = path;
    this.head = head;
    this.begins = new long[points];
    this.lengths = new int[points];
    Arrays.fill(begins, ABSENT);
  }

  /**
   * Opens a table, or begins one.
   *
   * @param head its first line
   * @param points rows there can be
   * @param number tells the number of a row, or -1 of what is no row of this table
   * @throws InputProblem if it is another table or cannot be read or written
   */
  static PointsFile open(Path path, String head, int points, ToIntFunction<String> number) {
    PointsFile table = new PointsFile(path, head, points);
    try {
      boolean clean = table.read(number);
      if (!clean) {
        table.rewrite();
      }
      table.file =
          FileChannel.open(
              path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      table.file.truncate(table.end);
      if (table.end == 0) {
        table.write(head);
      }
      return table;
    } catch (IOException e) {
      table.close();
      throw OutputFolder.unwritable(path, e);
    }
  }

  /** Numbers of the rows that are there. */
  BitSet present() {
    return (BitSet) present.clone();
  }

  /**
   * Adds a row at once or not at all.
   *
   * @param line with its line feed
   */
  void append(int number, String line) {
    try {
      long begin = end;
      write(line);
      add(number, begin, (int) (end - begin));
    } catch (IOException e) {
      throw OutputFolder.unwritable(path, e);
    }
  }

  /** Puts the rows in the order of their numbers, at once or not at all. */
  void order() {
    if (ordered) {
      return;
    }
    try {
      rewrite();
      file.close();
      file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw OutputFolder.unwritable(path, e);
    }
  }

  /** Shows every row, in the order of their numbers. */
  void forEach(Consumer<String> row) {
    try {
      for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
        row.accept(new String(bytes(file, i), StandardCharsets.UTF_8).stripTrailing());
      }
    } catch (IOException e) {
      throw new InputProblem(path + ": cannot be read: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      if (file != null) {
        file.close();
      }
    } catch (IOException e) {
      // Every row was written before it counted.
    }
  }

  private void write(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    long at = end;
    try {
      while (bytes.hasRemaining()) {
        at += file.write(bytes, at);
      }
      end = at;
    } catch (IOException e) {
      if (at > end) {
        file.truncate(end);
      }
      throw e;
    }
  }

  private void add(int number, long begin, int length) {
    begins[number] = begin;
    lengths[number] = length;
    present.set(number);
    ordered &= number > last;
    last = Math.max(last, number);
  }

  /** Finds the rows there are; whether nothing but rows stands between the first and the last. */
  private boolean read(ToIntFunction<String> number) throws IOException {
    if (!Files.exists(path)) {
      return true;
    }
    boolean clean = true;
    byte[] expected = head.getBytes(StandardCharsets.UTF_8);
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      byte[] found = in.readNBytes(expected.length);
      if (found.length < expected.length && head.startsWith(utf8(found))) {
        return true;
      }
      if (!Arrays.equals(found, expected)) {
        throw new InputProblem(
            path + ":1: has other columns than this sweep, allowed: its own output folder");
      }
      end = expected.length;
      long at = end;
      for (byte[] line = line(in); line.length > 0; line = line(in)) {
        int row = line[line.length - 1] == '\n' ? number.applyAsInt(utf8(line).strip()) : -1;
        if (row >= 0 && !present.get(row)) {
          clean &= at == end;
          add(row, at, line.length);
          end = at + line.length;
        }
        at += line.length;
      }
    }
    return clean;
  }

  private static byte[] line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(2048);
    for (int next = in.read(); next >= 0; next = in.read()) {
      line.write(next);
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Writes all rows in order into a new file that takes the place of the old one. */
  private void rewrite() throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + SweepOutput.UNFINISHED);
    long[] moved = begins.clone();
    long at;
    try (FileChannel from = FileChannel.open(path, StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(
                unfinished,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(to), 1 << 16)) {
      byte[] first = head.getBytes(StandardCharsets.UTF_8);
      out.write(first);
      at = first.length;
      for (int i = present.nextSetBit(0); i >= 0; i = present.nextSetBit(i + 1)) {
        out.write(bytes(from, i));
        moved[i] = at;
        at += lengths[i];
      }
      out.flush();
      // The old file goes away; the new one must be on the disk before.
      to.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      throw e;
    }
    OutputFolder.move(unfinished, path);
    System.arraycopy(moved, 0, begins, 0, moved.length);
    end = at;
    ordered = true;
  }

  private byte[] bytes(FileChannel from, int number) throws IOException {
    ByteBuffer row = ByteBuffer.allocate(lengths[number]);
    while (row.hasRemaining()) {
      if (from.read(row, begins[number] + row.position()) < 0) {
        throw new IOException("it has become shorter");
      }
    }
    return row.array();
  }
}
