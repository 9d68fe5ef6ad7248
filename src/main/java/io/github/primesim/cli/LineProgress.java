package io.github.primesim.cli;

import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Progress on one line of standard error that is cleared at the end. Shows nothing unless somebody
 * watches, and nothing of what is over within half a second.
 */
final class LineProgress implements AutoCloseable {
  private static final int WIDTH = 79;
  private static final long PATIENCE_NS = 500_000_000;

  private final PrintStream err;
  private final boolean watched;
  private final String task;
  private final int from;
  private final long begin = System.nanoTime();
  private ProgressBar bar;

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
    this.task = task;
  }

  /** {@code done} of {@code total} steps are over, the last one being {@code step}. */
  void step(String step, int done, int total) {
    if (!watched || System.nanoTime() - begin < PATIENCE_NS) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .startsFrom(from, Duration.ZERO)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new DelegatingProgressBarConsumer(this::show, WIDTH))
              .build();
    }
    bar.maxHint(total).stepTo(done).setExtraMessage(" " + step);
  }

  private void show(String line) {
    err.print("\r" + line);
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      err.print("\r" + " ".repeat(WIDTH) + "\r");
      err.flush();
    }
  }
}
