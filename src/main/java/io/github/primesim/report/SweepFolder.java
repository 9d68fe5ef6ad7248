package io.github.primesim.report;

import io.github.primesim.experiment.sweep.Iso;
import io.github.primesim.experiment.sweep.IsoCheck;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The points of a sweep, those of its shards put together; the format is that of {@code
 * docs/sweep.md}.
 *
 * @param about {@code sweep.json}
 * @param columns head of {@code points.csv}
 * @param rows its rows by the number of their point
 * @param sharded whether they were put together from shards
 */
public record SweepFolder(
    JsonNode about, List<String> columns, List<List<String>> rows, boolean sharded) {
  /** What a folder of a sweep or of a shard is told by. */
  public static final String ABOUT = "sweep.json";

  static final String POINTS = "points.csv";
  static final String FILE = "sweep.yaml";
  private static final String SCHEMA = "primesim.sweep/1";

  private static final List<List<String>> TRADES =
      List.of(
          List.of("latencyNs", "energyPj"),
          List.of("computeAreaUm2", "energyPj"),
          List.of("computeAreaUm2", "latencyNs"),
          List.of("latencyNs", "energyPj", "computeAreaUm2"));

  public SweepFolder {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /**
   * The sweep of a folder, if it holds one.
   *
   * @throws InputProblem if a file is damaged, or shards do not belong together
   */
  public static Optional<SweepFolder> in(Path folder) {
    return isOne(folder) ? Optional.of(read(folder)) : Optional.empty();
  }

  /** Whether a folder holds a sweep or a shard of one. */
  static boolean isOne(Path folder) {
    return !parts(folder).isEmpty();
  }

  /** The folder itself, or its shards, by name. */
  private static List<Path> parts(Path folder) {
    if (Files.exists(folder.resolve(POINTS))) {
      return List.of(folder);
    }
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside
          .filter(each -> each.getFileName().toString().matches("shard-\\d+-of-\\d+"))
          .filter(each -> Files.exists(each.resolve(POINTS)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputProblem(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a sweep.
   *
   * @throws InputProblem if a file is damaged, or shards do not belong together
   */
  static SweepFolder read(Path folder) {
    List<Path> parts = parts(folder);
    Path aboutFile = parts.get(0).resolve(ABOUT);
    JsonNode about = ResultFolder.json(aboutFile);
    List<String> columns = List.of();
    Map<Long, List<String>> rows = new TreeMap<>();
    for (Path part : parts) {
      JsonNode own = ResultFolder.json(part.resolve(ABOUT));
      requireSame(part.resolve(ABOUT), own, about);
      requireSame(part.resolve(FILE), parts.get(0).resolve(FILE));
      Path file = part.resolve(POINTS);
      PointRows table = PointRows.read(file);
      if (columns.isEmpty()) {
        columns = table.columns();
      } else if (!columns.equals(table.columns())) {
        throw new InputProblem(
            file + ":1: other columns than in " + parts.get(0) + ", allowed: equal");
      }
      for (PointRows.Row row : table.rows()) {
        List<String> other = rows.putIfAbsent(row.index(), row.fields());
        if (other != null && !other.equals(row.fields())) {
          throw new InputProblem(
              file
                  + ":"
                  + row.line()
                  + ": point "
                  + row.index()
                  + " differs from the one of another shard, allowed: equal rows");
        }
      }
    }
    boolean sharded = !parts.get(0).equals(folder);
    return new SweepFolder(about, columns, List.copyOf(rows.values()), sharded);
  }

  private static void requireSame(Path file, Path first) {
    try {
      if (Files.exists(file) && Files.exists(first) && Files.mismatch(file, first) >= 0) {
        throw new InputProblem(file + ": differs from " + first + ", allowed: the same sweep file");
      }
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireSame(Path file, JsonNode own, JsonNode about) {
    String schema = own.path("schema").asString("");
    if (!schema.equals(SCHEMA)) {
      throw new InputProblem(file + ": schema '" + schema + "', allowed: " + SCHEMA);
    }
    ResultShapes.SWEEP.check(new JsonPlace(file, ""), own);
    for (String key : List.of("name", "points", "keys", "iso", "provenance")) {
      if (!own.path(key).equals(about.path(key))) {
        throw new InputProblem(
            file
                + ": "
                + key
                + " "
                + own.path(key)
                + ", allowed: "
                + about.path(key)
                + " as in the other shards");
      }
    }
  }

  /** The hardware files it was made with: sha-256 of each as it stands, by name. */
  public Map<String, String> memories() {
    Map<String, String> memories = new LinkedHashMap<>();
    about
        .at("/provenance/hardware")
        .properties()
        .forEach(each -> memories.put(each.getKey(), each.getValue().asString()));
    return memories;
  }

  /** The rows as one table, as a sweep that is not sharded writes it. */
  public String csv() {
    StringBuilder csv = new StringBuilder(PointTable.line(columns));
    rows.forEach(row -> csv.append(PointTable.line(row)));
    return csv.toString();
  }

  /**
   * Makes sure that the points that are here can be compared.
   *
   * @throws InputProblem naming two points that are further apart than the sweep file allows
   */
  public void requireComparable() {
    Map<String, Double> within = new LinkedHashMap<>();
    about.at("/iso/within").properties().stream()
        .filter(bound -> columns.contains(bound.getKey()))
        .forEach(bound -> within.put(bound.getKey(), bound.getValue().asDouble()));
    List<String> per = new ArrayList<>();
    about.at("/iso/per").forEach(key -> per.add(key.asString()));
    IsoCheck check = new IsoCheck(new Iso(List.of(), within, per));
    if (check.asksForResults()) {
      for (int row : done()) {
        Map<String, String> values = new HashMap<>();
        for (String column : columns) {
          values.put(column, field(row, column));
        }
        check.result(field(row, "point"), values);
      }
      check.requireWithin();
    }
  }

  /** All of it as one object, for a page; fronts name rows by their place. */
  ObjectNode document() {
    ObjectNode sweep = JsonNodeFactory.instance.objectNode();
    sweep.set("about", about);
    ArrayNode head = sweep.putArray("columns");
    columns.forEach(head::add);
    ArrayNode body = sweep.putArray("rows");
    for (List<String> row : rows) {
      ArrayNode fields = body.addArray();
      row.forEach(fields::add);
    }
    ArrayNode fronts = sweep.putArray("fronts");
    for (List<String> objectives : trades()) {
      ObjectNode front = fronts.addObject();
      ArrayNode names = front.putArray("objectives");
      objectives.forEach(names::add);
      ArrayNode on = front.putArray("rows");
      front(objectives).forEach(on::add);
    }
    return sweep;
  }

  /**
   * Objectives that are drawn against each other; energy, latency and area together are one more
   * front. Of accuracies the one on chips that differ, where there is one.
   */
  List<List<String>> trades() {
    List<List<String>> trades = new ArrayList<>(TRADES);
    accuracies()
        .reduce((first, last) -> last)
        .ifPresent(last -> trades.add(List.of("energyPj", last)));
    return trades;
  }

  /** Columns of accuracies, the one on chips last. */
  Stream<String> accuracies() {
    return Stream.of(PointTable.ACCURACY, PointTable.CHIP_ACCURACY).filter(columns::contains);
  }

  /** Rows of the points that are done. */
  List<Integer> done() {
    List<Integer> done = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      if (field(row, "status").equals(PointTable.DONE)) {
        done.add(row);
      }
    }
    return done;
  }

  /** Keys of the sweep in which points that are done differ. */
  List<String> varying() {
    List<String> varying = new ArrayList<>();
    for (JsonNode key : about.path("keys")) {
      String name = key.asString();
      if (columns.contains(name) && values(name).size() > 1) {
        varying.add(name);
      }
    }
    return varying;
  }

  /**
   * Rows of the points that no other point of the same network beats; those of different networks
   * are not compared.
   */
  List<Integer> front(List<String> objectives) {
    Map<String, List<Integer>> byNetwork = new LinkedHashMap<>();
    for (int row : done()) {
      byNetwork.computeIfAbsent(field(row, "network"), any -> new ArrayList<>()).add(row);
    }
    List<Integer> front = new ArrayList<>();
    for (List<Integer> same : byNetwork.values()) {
      List<double[]> points =
          same.stream()
              .map(row -> objectives.stream().mapToDouble(name -> cost(row, name)).toArray())
              .toList();
      ParetoFront.of(points).forEach(index -> front.add(same.get(index)));
    }
    return front.stream().sorted().toList();
  }

  private double cost(int row, String objective) {
    return SweepMetric.wantsMore(objective) ? -number(row, objective) : number(row, objective);
  }

  /** Values that the points that are done have in a column, in the order of the points. */
  List<String> values(String column) {
    return done().stream().map(row -> field(row, column)).distinct().toList();
  }

  static boolean isNumber(String text) {
    return text.matches("[-+]?\\d+(\\.\\d+)?([eE][-+]?\\d+)?")
        && Double.isFinite(Double.parseDouble(text));
  }

  /** What a point has in a column. */
  String field(int row, String column) {
    return rows.get(row).get(columns.indexOf(column));
  }

  /** The same as a number, of a column that is known to hold them. */
  double number(int row, String column) {
    return Double.parseDouble(field(row, column));
  }
}
