package io.github.primesim.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress on one line of standard error, as wide as the terminal, that is cleared at the end.
 * Shows nothing unless somebody watches, and nothing of what is over within half a second.
 */
final class LineProgress implements AutoCloseable {
  private static final long PATIENCE_MS = 500;
  private static final long INTERVAL_MS = 1000;
  private static final long NS_PER_MS = 1_000_000;
  private static final double NS_PER_SECOND = 1e9;

  /** Is told what {@link #step} is. */
  @FunctionalInterface
  interface Steps {
    void step(String step, int done, int total);
  }

  private final PrintStream err;
  private final boolean watched;
  private final int width;
  private final String task;
  private final int from;
  private final long begin = System.nanoTime();
  private ProgressBar bar;
  private Timer timer;
  private boolean shown;

  /** How far the work is, to be shown the next time; null if it does not tell. */
  private volatile Reached reached;

  /** As in {@link #imageEnds}. */
  private record Reached(String layer, long image, long images) {
    String text() {
      if (images == 1) {
        return String.format(Locale.ROOT, ", one image up to %s", layer);
      }
      return images == 0
          ? String.format(Locale.ROOT, ", image %,d of a stream", image)
          : String.format(Locale.ROOT, ", image %,d of %,d", image, images);
    }
  }

  LineProgress(Terminal terminal, String task) {
    this(terminal, task, 0);
  }

  /**
   * Progress that goes on.
   *
   * @param from steps that were over before, which say nothing of the time left
   */
  LineProgress(Terminal terminal, String task, int from) {
    this.from = from;
    this.err = terminal.err();
    this.watched = terminal.interactive();
    this.width = terminal.lineColumns();
    this.task = task;
  }

  /** {@code done} of {@code total} steps are over, the last one being {@code step}. */
  void step(String step, int done, int total) {
    if (!watched || System.nanoTime() - begin < PATIENCE_MS * NS_PER_MS) {
      return;
    }
    endWork();
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .startsFrom(from, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new DelegatingProgressBarConsumer(this::show, width))
              .build();
    }
    bar.maxHint(total).stepTo(done).setExtraMessage(" " + step);
  }

  /**
   * Until the next step, work is done that cannot tell how far it is in steps: a simulation knows
   * neither its events nor its cycles before its end, since it leaves out what repeats itself. The
   * line says since when, and what it has {@link #imageEnds reached}.
   */
  void work(String doing) {
    if (!watched) {
      return;
    }
    endSteps();
    endWork();
    reached = null;
    long since = System.nanoTime();
    Timer work = new Timer("progress", true);
    beginWork(work);
    work.schedule(
        new TimerTask() {
          @Override
          public void run() {
            double seconds = (System.nanoTime() - since) / NS_PER_SECOND;
            Reached now = reached;
            String far = now == null ? "" : now.text();
            showWork(work, task + ": " + doing + far + ", " + SweepEstimate.duration(seconds));
          }
        },
        Math.max(0, PATIENCE_MS - (since - begin) / NS_PER_MS),
        INTERVAL_MS);
  }

  /**
   * Steps of a kind whose last one is followed by work.
   *
   * @param rounds how often all steps are gone through before
   */
  Steps before(String doing, int rounds) {
    int[] left = {rounds};
    return (step, done, total) -> {
      step(step, done, total);
      if (done == total && --left[0] == 0) {
        work(doing);
      }
    };
  }

  /** As {@link io.github.primesim.device.ImageProgress}: a simulation has come so far. */
  void imageEnds(String layer, long image, long images) {
    if (watched) {
      reached = new Reached(layer, image, images);
    }
  }

  private void endSteps() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private synchronized void beginWork(Timer work) {
    timer = work;
  }

  /** A line that is on its way while its work ends is not shown any more. */
  private synchronized void showWork(Timer work, String line) {
    if (work == timer) {
      show(line);
    }
  }

  private synchronized void endWork() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  private synchronized void show(String line) {
    // What stood there may have been longer.
    String fitting = line.length() > width ? line.substring(0, width) : line;
    err.print("\r" + fitting + " ".repeat(width - fitting.length()));
    err.flush();
    shown = true;
  }

  @Override
  public void close() {
    endSteps();
    endWork();
    clear();
  }

  private synchronized void clear() {
    if (shown) {
      err.print("\r" + " ".repeat(width) + "\r");
      err.flush();
    }
  }
}
