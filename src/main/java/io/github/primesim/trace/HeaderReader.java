package io.github.primesim.trace;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the keys of a header, in any order, each once. */
final class HeaderReader {
  static final String OVERRIDE = "override";
  static final String ACTIVITY = "activity";
  private static final List<String> REQUIRED =
      List.of(
          "network",
          "weights",
          "hardware",
          "mapping",
          "crossbar",
          "signs",
          "replication",
          "seed",
          "instances",
          "banks",
          "copies",
          "batch",
          "utilization",
          "index-memory");
  private static final List<String> OPTIONAL = List.of(OVERRIDE, ACTIVITY);

  /** A decimal number as Java writes a {@code double}, or a person does. */
  private static final Pattern SHARE =
      Pattern.compile("(0|[1-9][0-9]*)([.][0-9]+)?([eE][+-]?[0-9]+)?");

  private final TraceLines lines;
  private final Set<String> seen = new HashSet<>();
  private final List<String> overrides = new ArrayList<>();
  private String network;
  private String networkDigest;
  private String weights;
  private String hardware;
  private String hardwareDigest;
  private String mapping;
  private int rows;
  private int bitlines;
  private String signs;
  private String replication;
  private long seed;
  private int instances;
  private int banks;
  private int copies;
  private int batch;
  private double cells;
  private double ffBefore;
  private double ffAfter;
  private long indexMemoryBits;
  private int activityImages;

  HeaderReader(TraceLines lines) {
    this.lines = lines;
  }

  /** Reads up to the first stage, whose line is the current one then, its first word taken. */
  TraceHeader read() throws IOException {
    while (true) {
      if (!lines.advance()) {
        throw lines.problem("the file ends within the header, expected " + missing());
      }
      String key = lines.nextWord("a header key");
      if (key.equals("stage")) {
        return header();
      }
      if (!REQUIRED.contains(key) && !OPTIONAL.contains(key)) {
        throw lines.problem(
            "unknown header key '"
                + TraceLines.shortened(key)
                + "', allowed are "
                + String.join(", ", REQUIRED)
                + ", "
                + String.join(", ", OPTIONAL)
                + ", then stage");
      }
      if (!seen.add(key) && !key.equals(OVERRIDE)) {
        throw lines.problem("header key '" + key + "' stands twice, allowed is once");
      }
      value(key);
      lines.expectEnd();
    }
  }

  private TraceHeader header() {
    if (!seen.containsAll(REQUIRED)) {
      throw lines.problem("the header lacks " + missing());
    }
    return new TraceHeader(
        network,
        weights,
        networkDigest,
        hardware,
        hardwareDigest,
        overrides,
        mapping,
        rows,
        bitlines,
        signs,
        replication,
        seed,
        instances,
        banks,
        copies,
        batch,
        cells,
        ffBefore,
        ffAfter,
        indexMemoryBits,
        activityImages);
  }

  private String missing() {
    List<String> missing = new ArrayList<>(REQUIRED);
    missing.removeAll(seen);
    return missing.isEmpty() ? "a stage" : String.join(", ", missing);
  }

  private void value(String key) {
    switch (key) {
      case "network" -> {
        network = lines.next("a name");
        networkDigest = lines.next("a digest");
      }
      case "weights" -> weights = oneOf(key, TraceHeader.WEIGHTS);
      case "hardware" -> {
        hardware = lines.next("a name");
        hardwareDigest = lines.next("a digest, or " + TraceHeader.ANY_DIGEST + " for any");
      }
      case OVERRIDE -> overrides.add(lines.next("key=value"));
      case "mapping" -> mapping = lines.next("a name");
      case "crossbar" -> {
        rows = (int) lines.nextNumber("rows of the crossbar", 1, Bounds.MOST_INDEX);
        bitlines = (int) lines.nextNumber("bitlines of the crossbar", 1, Bounds.MOST_INDEX);
      }
      case "signs" -> signs = oneOf(key, TraceHeader.SIGNS);
      case "replication" -> replication = oneOf(key, TraceHeader.REPLICATION);
      case "seed" -> seed = seed();
      case "instances" -> instances = (int) lines.nextNumber(key, 1, Bounds.MOST_INDEX);
      case "banks" -> banks = (int) lines.nextNumber(key, 1, Bounds.MOST_INDEX);
      case "copies" -> copies = (int) lines.nextNumber(key, 1, Bounds.MOST_INDEX);
      case "batch" -> batch = (int) lines.nextNumber(key, 0, Integer.MAX_VALUE);
      case "utilization" -> {
        cells = share("cells");
        ffBefore = share("ff-before");
        ffAfter = share("ff-after");
      }
      case "index-memory" -> {
        lines.expect("bits");
        indexMemoryBits = lines.nextNumber("bits", 0, Bounds.MOST);
      }
      case ACTIVITY -> {
        lines.expect("images");
        activityImages = (int) lines.nextNumber("images", 1, Integer.MAX_VALUE);
      }
      default -> throw new IllegalArgumentException(key);
    }
  }

  private String oneOf(String key, List<String> allowed) {
    String value = lines.next("one of " + String.join(", ", allowed));
    try {
      Bounds.oneOf(key, TraceLines.shortened(value), allowed);
    } catch (IllegalArgumentException e) {
      throw lines.problem(e.getMessage());
    }
    return value;
  }

  private long seed() {
    String word = lines.nextWord("a whole number");
    try {
      long value = Long.parseLong(word);
      // parseLong also takes plus signs, zeros in front, and -0.
      if (Long.toString(value).equals(word)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused like a number that is written in another way.
    }
    throw lines.problem(
        "seed is '"
            + TraceLines.shortened(word)
            + "', allowed is a whole number from "
            + Long.MIN_VALUE
            + " to "
            + Long.MAX_VALUE);
  }

  private double share(String key) {
    lines.expect(key);
    String word = lines.nextWord("a number from 0 to 1");
    // parseDouble also takes NaN, signs, 0x1p3, 1d, .5 and more.
    double value = SHARE.matcher(word).matches() ? Double.parseDouble(word) : Double.NaN;
    if (!(value >= 0 && value <= 1)) {
      throw lines.problem(
          key + " is '" + TraceLines.shortened(word) + "', allowed is a number from 0 to 1");
    }
    return value;
  }
}
