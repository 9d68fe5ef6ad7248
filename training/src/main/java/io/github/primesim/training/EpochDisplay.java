package io.github.primesim.training;

import io.github.primesim.training.fit.LearningCurve;
import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Shows how far a training is: a line an epoch, and on a terminal a bar with the time left in its
 * stage.
 */
public final class EpochDisplay {
  private final PrintStream out;
  private final boolean terminal;
  private ProgressBar bar;

  /**
   * @param terminal whether {@code out} is one; without it there is no bar
   */
  public EpochDisplay(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  void resumed(String stage, int epochs) {
    out.printf(Locale.ROOT, "going on after epoch %d of stage %s%n", epochs, stage);
  }

  void begin(String stage, int epoch, int epochs, int images) {
    if (!terminal) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(stage)
              .setStyle(ProgressBarStyle.ASCII)
              .setUnit(" images", 1)
              .setInitialMax((long) images * epochs)
              .startsFrom((long) images * epoch, java.time.Duration.ZERO)
              .setConsumer(new ConsoleProgressBarConsumer(out))
              .build();
    }
    bar.stepTo((long) images * epoch);
  }

  void advance(int images) {
    if (bar != null) {
      bar.stepBy(images);
    }
  }

  /**
   * Reports an epoch.
   *
   * @param epochs of the stage; the bar ends with the last one
   */
  void end(LearningCurve.Point point, int epochs) {
    if (bar != null && point.epoch() == epochs) {
      stop();
    }
    String line =
        epochs == 0
            ? String.format(
                Locale.ROOT, "%-10s test accuracy %.2f %%", point.stage(), 100 * point.accuracy())
            : String.format(
                Locale.ROOT,
                "%-10s epoch %2d/%d  loss %.4f  test accuracy %.2f %%  %.1f s",
                point.stage(),
                point.epoch(),
                epochs,
                point.loss(),
                100 * point.accuracy(),
                point.seconds());
    if (bar == null) {
      out.println(line);
    } else {
      bar.setExtraMessage(String.format(Locale.ROOT, " test %.2f %%", 100 * point.accuracy()));
    }
  }

  /** Takes the bar away; does nothing if there is none. */
  void stop() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
