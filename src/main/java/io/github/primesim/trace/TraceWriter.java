package io.github.primesim.trace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Writes a {@link Trace} as the text of {@code docs/trace-format.md}: equal traces give equal
 * bytes, and {@link TraceReader} gives back an equal trace.
 *
 * <p>Consecutive programs of a stage that differ in nothing but the bank are written as one block.
 */
public final class TraceWriter {
  private static final String INDENT = "  ";

  private final Writer out;
  private final Operands operands = new Operands();
  private int depth;

  private TraceWriter(Writer out) {
    this.out = out;
  }

  /** Writes to a stream, in UTF-8, and flushes it; closing it is left to the caller. */
  public static void write(Trace trace, OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    new TraceWriter(writer).trace(trace);
    writer.flush();
  }

  /** The text of a trace. */
  public static String text(Trace trace) {
    StringWriter text = new StringWriter();
    try {
      new TraceWriter(text).trace(trace);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  /** The text of one command, without a line feed. */
  public static String text(Command command) {
    StringWriter text = new StringWriter();
    try {
      new TraceWriter(text).command(command);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString().strip();
  }

  private void trace(Trace trace) throws IOException {
    line(TraceReader.MAGIC, TraceHeader.VERSION);
    header(trace.header());
    for (int index = 0; index < trace.stages().size(); index++) {
      out.write('\n');
      stage(index, trace.stages().get(index));
    }
    line("end");
  }

  private void header(TraceHeader header) throws IOException {
    line("network", text(header.network()), text(header.networkDigest()));
    line("weights", header.weights());
    line("hardware", text(header.hardware()), text(header.hardwareDigest()));
    for (String override : header.overrides()) {
      line(HeaderReader.OVERRIDE, text(override));
    }
    line("mapping", text(header.mapping()));
    line("crossbar", header.crossbarRows(), header.crossbarBitlines());
    line("signs", header.signs());
    line("replication", header.replication());
    line("seed", header.seed());
    line("instances", header.instances());
    line("banks", header.banksPerInstance());
    line("copies", header.copies());
    line("batch", header.batch());
    line(
        "utilization",
        "cells",
        header.cellUtilization(),
        "ff-before",
        header.ffBefore(),
        "ff-after",
        header.ffAfter());
    line("index-memory", "bits", header.indexMemoryBits());
    if (header.activityImages() > 0) {
      line(HeaderReader.ACTIVITY, "images", header.activityImages());
    }
  }

  private void stage(int index, Stage stage) throws IOException {
    open("stage", index, text(stage.layer()));
    if (!stage.producers().isEmpty()) {
      indent();
      out.write("after");
      for (int producer : stage.producers()) {
        out.write(" " + producer);
      }
      out.write('\n');
    }
    facts(stage.facts());
    List<Program> programs = stage.programs();
    for (int from = 0; from < programs.size(); ) {
      int to = from + 1;
      while (to < programs.size() && differOnlyInBank(programs.get(from), programs.get(to))) {
        to++;
      }
      program(programs.subList(from, to));
      from = to;
    }
    close();
  }

  private void facts(LayerFacts facts) throws IOException {
    line(
        "facts",
        "kind",
        text(facts.kind()),
        "rows",
        facts.rows(),
        "columns",
        facts.columns(),
        "positions",
        facts.positions(),
        "non-zeros",
        facts.nonZeros(),
        "dense-crossbars",
        facts.denseCrossbars(),
        "mapped-crossbars",
        facts.mappedCrossbars(),
        "lower-bound",
        facts.lowerBound(),
        "replicas",
        facts.replicas(),
        "metadata-bits",
        facts.metadataBits(),
        "macs",
        facts.macs());
  }

  private static boolean differOnlyInBank(Program a, Program b) {
    return Objects.equals(a.steps(), b.steps()) && a.tallies().equals(b.tallies());
  }

  private void program(List<Program> alike) throws IOException {
    if (alike.size() == 1) {
      open("program bank", alike.get(0).bank());
    } else {
      open("program banks", banks(alike));
    }
    Program program = alike.get(0);
    steps(program.steps());
    for (var tally : program.tallies().entrySet()) {
      line("tally", tally.getKey().key(), tally.getValue());
    }
    close();
  }

  /** The banks in their order, runs of ascending ones as ranges. */
  private static String banks(List<Program> programs) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < programs.size(); ) {
      int first = programs.get(from).bank();
      int to = from + 1;
      while (to < programs.size() && programs.get(to).bank() == first + to - from) {
        to++;
      }
      text.append(text.isEmpty() ? "" : ",").append(range(first, to - from));
      from = to;
    }
    return text.toString();
  }

  private static String range(int first, int length) {
    return length == 1 ? Integer.toString(first) : first + "-" + (first + length - 1);
  }

  private void steps(List<? extends Step> steps) throws IOException {
    for (Step step : steps) {
      if (step instanceof Loop loop) {
        open("repeat", loop.times());
        steps(loop.body());
        close();
      } else if (step instanceof Together together) {
        open("together");
        steps(together.commands());
        close();
      } else {
        command((Command) step);
      }
    }
  }

  private void command(Command command) throws IOException {
    Verb verb = operands.take(command);
    indent();
    out.write(verb.key());
    for (Operand operand : verb.operands()) {
      out.write(' ');
      out.write(operand.key());
      out.write(' ');
      out.write(value(operand));
    }
    out.write('\n');
  }

  private String value(Operand operand) {
    return switch (operand) {
      case MATS -> range(operands.firstMat(), operands.mats());
      case SLICES -> slices(operands.slices());
      default -> Long.toString(operands.get(operand));
    };
  }

  private static String slices(List<List<Integer>> slices) {
    StringBuilder text = new StringBuilder();
    for (int s = 0; s < slices.size(); s++) {
      text.append(s == 0 ? "" : "/");
      List<Integer> conversions = slices.get(s);
      if (conversions.isEmpty()) {
        text.append('-');
      }
      for (int c = 0; c < conversions.size(); c++) {
        text.append(c == 0 ? "" : "+").append((int) conversions.get(c));
      }
    }
    return text.toString();
  }

  private void open(Object... words) throws IOException {
    indent();
    for (Object word : words) {
      out.write(word + " ");
    }
    out.write("{\n");
    depth++;
  }

  private void close() throws IOException {
    depth--;
    line("}");
  }

  private void line(Object first, Object... others) throws IOException {
    indent();
    out.write(first.toString());
    for (Object other : others) {
      out.write(" " + other);
    }
    out.write('\n');
  }

  private void indent() throws IOException {
    for (int i = 0; i < depth; i++) {
      out.write(INDENT);
    }
  }

  /** A name as one word, or in quotes if it would not be read back as one. */
  private static String text(String name) {
    boolean word = !name.isEmpty();
    for (int i = 0; i < name.length(); i++) {
      word &= TraceLines.continuesWord(name.charAt(i));
    }
    if (word) {
      return name;
    }
    String escaped =
        name.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return "\"" + escaped + "\"";
  }
}
