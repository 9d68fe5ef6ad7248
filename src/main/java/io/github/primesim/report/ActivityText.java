package io.github.primesim.report;

import io.github.primesim.experiment.ActivityResult;
import io.github.primesim.experiment.LayerActivity;
import io.github.primesim.experiment.RunResult;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What real inputs did, for a terminal: a table of the layers and how far the mean is off. */
final class ActivityText {
  private ActivityText() {}

  /** Table and line; nothing where activity is a mean. */
  static String of(RunResult result) {
    return result
        .activity()
        .map(activity -> table(activity).text() + '\n' + line(activity) + "\n\n")
        .orElse("");
  }

  /** How far they are apart, in one line; nothing where activity is a mean. */
  static String line(RunResult result) {
    return result
        .activity()
        .map(activity -> result.compiled().mapping() + ", " + line(activity) + '\n')
        .orElse("");
  }

  private static TextTable table(ActivityResult activity) {
    TextTable table =
        new TextTable(
            "activity",
            "rows active",
            "mean",
            "arrays and drivers",
            "mean",
            "data : mean",
            "codes 0",
            "largest");
    for (LayerActivity layer : activity.layers()) {
      table.row(
          layer.layer(),
          shares(layer.data().activeRows()),
          shares(layer.mean().activeRows()),
          Numbers.scaled(layer.data().pj() * 1e-12, "J"),
          Numbers.scaled(layer.mean().pj() * 1e-12, "J"),
          ratio(layer.ratio()),
          Numbers.percent(layer.zeroCodes()),
          Numbers.percent(layer.largestCodes()));
    }
    return table;
  }

  /** One share for each input slice. */
  private static String shares(List<Double> slices) {
    return slices.stream()
            .map(share -> String.format(Locale.ROOT, "%.0f", 100 * share))
            .collect(Collectors.joining("/"))
        + " %";
  }

  private static String line(ActivityResult activity) {
    return "activity of "
        + Numbers.count(activity.images())
        + (activity.images() == 1 ? " image" : " images")
        + ": arrays and wordline drivers take "
        + ratio(activity.ratio())
        + " x what "
        + (activity.assumed() ? "the assumed mean" : "the calibrated mean")
        + " gives, the inference "
        + ratio(activity.totalRatio())
        + " x";
  }

  private static String ratio(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
