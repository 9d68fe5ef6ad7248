package io.github.primesim.report;

import io.github.primesim.experiment.Version;
import io.github.primesim.experiment.sweep.IsoCheck;
import io.github.primesim.experiment.sweep.Shard;
import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.experiment.sweep.SweepPoint;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The output folder of a sweep or of a shard of one, format {@code primesim.sweep/1}.
 *
 * <p>Whatever ends the program, the folder can be opened again and goes on: a point counts from the
 * moment its row is complete, and its document was complete before. One program writes at a time.
 */
public final class SweepOutput implements AutoCloseable {
  static final String UNFINISHED = ".unfinished";

  private static final String SCHEMA = "primesim.sweep/1";
  private static final String DOCUMENTS = "points";
  private static final String SHARDS = "shard-\\d+-of-\\d+";

  private final Path folder;
  private final Path documents;
  private final SweepPlan plan;
  private final PointTable table;
  private final FileChannel lock;
  private PointsFile points;
  private final Set<String> documentsFound = new HashSet<>();
  private int failed;
  private int firstFailed = Integer.MAX_VALUE;
  private String firstError = "";

  /**
   * What a sweep is made from.
   *
   * @param text the sweep file
   * @param networkDigests sha-256 of each network, by name
   * @param hardwareDigests sha-256 of each hardware file as it stands, by name
   */
  public record Source(
      String text, Map<String, String> networkDigests, Map<String, String> hardwareDigests) {}

  private SweepOutput(Path folder, SweepPlan plan, FileChannel lock) {
    this.folder = folder;
    this.documents = folder.resolve(DOCUMENTS);
    this.plan = plan;
    this.table = new PointTable(plan);
    this.lock = lock;
  }

  /**
   * Opens a folder, creating it where it is missing.
   *
   * @param parent the folder the user named; a shard has one of its own in it
   * @throws InputProblem if the folder holds something else, another program writes there, or it
   *     cannot be written
   */
  public static SweepOutput open(Path parent, SweepPlan plan, Shard shard, Source source) {
    OutputFolder.requireNamed(parent);
    refuseMixture(parent, shard);
    Path folder =
        shard.isWhole() ? parent : parent.resolve("shard-" + shard.number() + "-of-" + shard.of());
    SweepOutput output = null;
    try {
      refuseForeign(folder);
      Files.createDirectories(folder);
      output = new SweepOutput(folder, plan, lock(folder, source.text()));
      output.about(shard, source);
      output.findDocuments();
      output.points =
          PointsFile.open(
              folder.resolve(SweepFolder.POINTS),
              output.table.head(),
              plan.size(),
              output.numbers(shard));
      output.documentsFound.clear();
      return output;
    } catch (IOException e) {
      close(output);
      throw OutputFolder.unwritable(folder, e);
    } catch (RuntimeException e) {
      close(output);
      throw e;
    }
  }

  /** Numbers of the points that are there already. */
  public BitSet present() {
    return points.present();
  }

  /** How many of the points that are there have failed. */
  public int failed() {
    return failed;
  }

  /**
   * What came of all points, a line or two.
   *
   * @param points how many they are
   * @throws InputProblem if every single one has failed
   */
  public String summary(int points) {
    if (failed == points) {
      throw new InputProblem("all " + points + " points failed, the first of them " + firstError);
    }
    String text =
        (points - failed)
            + " points done, "
            + failed
            + " failed; "
            + folder.resolve(SweepFolder.POINTS)
            + "\n";
    return failed == 0 ? text : text + "the first that failed is " + firstError + "\n";
  }

  /**
   * Adds a point.
   *
   * @throws InputProblem if it cannot be written; the folder is as before then
   */
  public void add(SweepEntry entry) {
    if (entry.done()) {
      write(documents.resolve(document(entry.index())), entry.document());
    } else {
      count(entry.index(), table.fields(entry.row().stripTrailing()).orElseThrow());
    }
    points.append(entry.index(), entry.row());
  }

  /**
   * Puts all rows in order, and checks what could not be checked before.
   *
   * @throws InputProblem if points cannot be compared; all files stay
   */
  public void finish() {
    points.order();
    IsoCheck check = new IsoCheck(plan.iso());
    if (check.asksForResults()) {
      points.forEach(
          line -> {
            List<String> fields = table.fields(line).orElseThrow();
            if (table.field(fields, "status").equals(PointTable.DONE)) {
              check.result(table.field(fields, "point"), table.byColumn(fields));
            }
          });
      check.requireWithin();
    }
  }

  @Override
  public void close() {
    if (points != null) {
      points.close();
    }
    try {
      lock.close();
    } catch (IOException e) {
      // The lock ends with the program.
    }
  }

  /** The columns that describe points, as a line. */
  public static String plannedHead(SweepPlan plan) {
    return PointTable.line(new PointTable(plan).plannedColumns());
  }

  /** What describes a point before it is simulated, as a line. */
  public static Stream<String> planned(SweepPlan plan, IntStream points) {
    PointTable table = new PointTable(plan);
    return points.mapToObj(index -> PointTable.line(table.planned(plan.point(index))));
  }

  private static void close(SweepOutput output) {
    if (output != null) {
      output.close();
    }
  }

  // ---------------------------------------------------------------- what is there

  private static void refuseMixture(Path parent, Shard shard) {
    if (!Files.isDirectory(parent)) {
      return;
    }
    if (!shard.isWhole() && Files.exists(parent.resolve(SweepFolder.POINTS))) {
      throw new InputProblem(
          parent + ": holds a sweep that is not sharded, allowed for shards: another folder");
    }
    if (shard.isWhole()) {
      try (Stream<Path> inside = Files.list(parent)) {
        if (inside.anyMatch(each -> each.getFileName().toString().matches(SHARDS))) {
          throw new InputProblem(
              parent + ": holds shards of a sweep, allowed: --shard, or another folder");
        }
      } catch (IOException e) {
        throw new InputProblem(parent + ": cannot be read: " + e.getMessage(), e);
      }
    }
  }

  private static void refuseForeign(Path folder) {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InputProblem(folder + ": is a file, allowed: a folder");
    }
    if (Files.exists(folder.resolve(SweepFolder.FILE))) {
      return;
    }
    for (String name : List.of(SweepFolder.POINTS, DOCUMENTS, SweepFolder.ABOUT, "result.json")) {
      if (Files.exists(folder.resolve(name))) {
        throw new InputProblem(
            folder
                + ": holds "
                + name
                + " but no "
                + SweepFolder.FILE
                + ", allowed: a new folder, or that of this sweep");
      }
    }
  }

  /** Locks the copy of the sweep file, which also says whose folder this is. */
  private static FileChannel lock(Path folder, String text) throws IOException {
    Path path = folder.resolve(SweepFolder.FILE);
    FileChannel file =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    try {
      FileLock held = tryLock(file);
      if (held == null) {
        throw new InputProblem(
            folder + ": another primesim is writing there, allowed: one at a time");
      }
      byte[] wanted = text.getBytes(StandardCharsets.UTF_8);
      byte[] found = content(file);
      if (!Arrays.equals(found, wanted)) {
        // A program that was ended here has left the beginning of its own file, and nothing else.
        if (Arrays.mismatch(found, wanted) != found.length
            || Files.exists(folder.resolve(SweepFolder.ABOUT))) {
          throw new InputProblem(
              folder
                  + ": is the output folder of another sweep ("
                  + SweepFolder.FILE
                  + " there differs), allowed: a new folder, or that of this sweep");
        }
        ByteBuffer bytes = ByteBuffer.wrap(wanted);
        while (bytes.hasRemaining()) {
          file.write(bytes, bytes.position());
        }
      }
      return file;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * All of a file that is locked. Opened once more, it would lose the lock when that is closed:
   * POSIX has a process give up all its locks on a file with the first descriptor it closes.
   */
  private static byte[] content(FileChannel file) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
    while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
      // Reads on.
    }
    return bytes.array();
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (OverlappingFileLockException ownProgram) {
      return null;
    }
  }

  /** Writes {@code sweep.json}, or compares what is there. */
  private void about(Shard shard, Source source) {
    String text =
        JsonDocument.object(
            json ->
                json.put("schema", SCHEMA)
                    .put("name", plan.name())
                    .put("description", plan.description())
                    .put("points", plan.size())
                    .put("shard", shard.toString())
                    .put("keys", plan.varying())
                    .put(
                        "iso",
                        inner ->
                            inner
                                .put("within", each -> plan.iso().within().forEach(each::put))
                                .put("per", plan.iso().per()))
                    .put(
                        "provenance",
                        inner ->
                            inner
                                .put("version", Version.current())
                                .put("networks", each -> source.networkDigests().forEach(each::put))
                                .put(
                                    "hardware",
                                    each -> source.hardwareDigests().forEach(each::put))));
    Path file = folder.resolve(SweepFolder.ABOUT);
    if (!Files.exists(file)) {
      write(file, text);
      return;
    }
    JsonNode found = ResultFolder.json(file);
    JsonNode expected = ResultFolder.parse(text);
    for (String part : List.of("version", "networks", "hardware")) {
      JsonNode there = found.path("provenance").path(part);
      JsonNode here = expected.path("provenance").path(part);
      if (!there.equals(here)) {
        throw new InputProblem(
            file
                + ": provenance."
                + part
                + " is "
                + there
                + ", allowed: "
                + here
                + ", so that all points are made from the same; use a new folder");
      }
    }
  }

  private void findDocuments() throws IOException {
    Files.createDirectories(documents);
    try (Stream<Path> inside = Files.list(documents)) {
      for (Path each : (Iterable<Path>) inside::iterator) {
        String name = each.getFileName().toString();
        if (name.endsWith(UNFINISHED)) {
          Files.deleteIfExists(each);
        } else {
          documentsFound.add(name);
        }
      }
    }
  }

  /** Tells rows of this folder, whose documents are there, from anything else. */
  private ToIntFunction<String> numbers(Shard shard) {
    return line -> {
      List<String> fields = table.fields(line).orElse(List.of());
      if (fields.isEmpty() || !fields.get(0).matches("\\d{1,9}")) {
        return -1;
      }
      int index = Integer.parseInt(fields.get(0));
      if (index >= plan.size() || !shard.owns(index)) {
        return -1;
      }
      SweepPoint point = plan.point(index);
      String status = table.field(fields, "status");
      boolean done = status.equals(PointTable.DONE);
      if (!table.field(fields, "point").equals(point.name())
          || !(done || status.equals(PointTable.FAILED))
          || (done && !documentsFound.contains(document(index)))) {
        return -1;
      }
      if (!done) {
        count(index, fields);
      }
      return index;
    };
  }

  private void count(int index, List<String> fields) {
    failed++;
    if (index < firstFailed) {
      firstFailed = index;
      firstError = "'" + table.field(fields, "point") + "': " + table.field(fields, "error");
    }
  }

  private static String document(int index) {
    return String.format(Locale.ROOT, "%06d.json", index);
  }

  private static void write(Path file, String text) {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try {
      Files.writeString(unfinished, text);
      OutputFolder.move(unfinished, file);
    } catch (IOException e) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw OutputFolder.unwritable(file, e);
    }
  }
}
