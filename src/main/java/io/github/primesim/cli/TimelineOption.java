package io.github.primesim.cli;

import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.report.OutputFolder;
import io.github.primesim.report.TraceEvents;
import io.github.primesim.timeline.Execution;
import io.github.primesim.timeline.Recording;
import io.github.primesim.timeline.Slice;
import io.github.primesim.timeline.Timeline;
import io.github.primesim.timeline.Window;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** {@code --timeline}: a run written down slice by slice, as far as a window shows it. */
final class TimelineOption {
  /** A file of some 80 MB, which viewers still open. */
  private static final long MOST_SLICES = 500_000;

  /** How a timeline begins. */
  private static final String START = "{\"displayTimeUnit\"";

  private static final int SLICES_PER_STEP = 10_000;

  @Option(
      names = "--timeline",
      paramLabel = "F.json",
      description =
          "Writes what happens when on each unit of each bank to this file, in Chrome's trace event"
              + " format, for Perfetto; a microsecond there is a cycle. Of a comparison the mapping"
              + " that is compared.")
  private Optional<Path> file;

  @Option(
      names = "--timeline-of",
      paramLabel = "RUN",
      completionCandidates = Candidates.Executions.class,
      description =
          "alone: one image that has the memory to itself, as the latency is measured (default)."
              + " pipelined: the batch or stream that gives the throughput.")
  private Optional<String> run;

  @Option(
      names = "--from-cycle",
      paramLabel = "C",
      description = "First cycle of the timeline (default: 0).")
  private Optional<String> fromCycle;

  @Option(
      names = "--to-cycle",
      paramLabel = "C",
      description =
          "First cycle after the timeline (default: the end of the run, but no more than half a"
              + " million slices).")
  private Optional<String> toCycle;

  /** Records one run with the options given. */
  @FunctionalInterface
  interface Source {
    Recording record(Execution execution, Window window, Timeline timeline);
  }

  /**
   * Refuses what cannot be recorded.
   *
   * @throws InputProblem for an option without its file, an unknown run, or no window
   */
  void check() {
    if (file.isEmpty()) {
      refuseAlone("--timeline-of", run);
      refuseAlone("--from-cycle", fromCycle);
      refuseAlone("--to-cycle", toCycle);
    }
    writtenFile();
    execution();
    window();
  }

  private Optional<WrittenFile> writtenFile() {
    return file.map(path -> new WrittenFile("--timeline", path).replacing("timeline", START));
  }

  /**
   * Writes the file, if one was asked for.
   *
   * @param beside the other files of the run, not published yet
   * @return a line that says what is in it, or nothing
   * @throws InputProblem if the run is over before the window begins, or the file cannot be written
   */
  String write(Terminal terminal, Output beside, CompiledNetwork network, Source source) {
    if (file.isEmpty()) {
      return "";
    }
    WrittenFile written = writtenFile().orElseThrow();
    Path path = written.path();
    if (beside.holds(path)) {
      throw new InputProblem("--timeline '" + path + "': is a file that --out writes");
    }
    Execution execution = execution();
    Window window = window();
    Recording[] recording = new Recording[1];
    try (OutputFolder output = written.open();
        LineProgress progress = new LineProgress(terminal, "timeline")) {
      progress.work("simulating");
      output.put(
          written.name(),
          out ->
              recording[0] =
                  TraceEvents.write(
                      out,
                      network,
                      execution,
                      window,
                      events ->
                          source.record(execution, window, new Counted(events, progress)::add)));
      if (recording[0].slices() == 0) {
        throw new InputProblem(
            "--from-cycle "
                + window.fromCycle()
                + ": the run ends at cycle "
                + recording[0].endCycle()
                + ", allowed: 0 to "
                + (recording[0].endCycle() - 1));
      }
      output.publish();
    }
    return text(path, window, recording[0]);
  }

  private static String text(Path path, Window window, Recording recording) {
    String cut =
        recording.cut()
            ? "; full, the run goes on: --from-cycle "
                + recording.untilCycle()
                + " shows what follows"
            : "";
    return String.format(
        Locale.ROOT,
        "Timeline: %s, %,d slices, cycles %,d to %,d%s\n",
        path,
        recording.slices(),
        window.fromCycle(),
        recording.untilCycle(),
        cut);
  }

  private Execution execution() {
    String name = run.orElse(Execution.ALONE.key());
    return Arrays.stream(Execution.values())
        .filter(each -> each.key().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputProblem(
                    "--timeline-of '"
                        + name
                        + "' is unknown, allowed: "
                        + Arrays.stream(Execution.values())
                            .map(Execution::key)
                            .collect(Collectors.joining(", "))));
  }

  private Window window() {
    long from = fromCycle.map(text -> cycle("--from-cycle", text, 0)).orElse(0L);
    long to = toCycle.map(text -> cycle("--to-cycle", text, from + 1)).orElse(Window.END);
    return new Window(from, to, MOST_SLICES);
  }

  private static long cycle(String option, String text, long least) {
    try {
      long cycle = Long.parseLong(text);
      if (cycle >= least && cycle < Window.END) {
        return cycle;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new InputProblem(
        option + " '" + text + "': allowed is a whole number of cycles from " + least + " up");
  }

  private static void refuseAlone(String option, Optional<String> value) {
    value.ifPresent(
        given -> {
          throw new InputProblem(option + " '" + given + "' needs --timeline F.json");
        });
  }

  /** Shows how far a recording is. */
  private static final class Counted {
    private final Timeline timeline;
    private final LineProgress progress;
    private int slices;

    Counted(Timeline timeline, LineProgress progress) {
      this.timeline = timeline;
      this.progress = progress;
    }

    void add(Slice slice) {
      timeline.add(slice);
      if (++slices % SLICES_PER_STEP == 0) {
        progress.step("cycle " + slice.beginCycle(), slices, (int) MOST_SLICES);
      }
    }
  }
}
