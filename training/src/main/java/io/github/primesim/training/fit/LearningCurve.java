package io.github.primesim.training.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each epoch reached, in order; as text it is CSV with a header line. */
public final class LearningCurve {
  private static final String HEADER = "stage,epoch,training_loss,test_accuracy,seconds";

  private final List<Point> points = new ArrayList<>();

  /**
   * One measurement.
   *
   * @param stage {@code dense}, {@code pruned} or {@code fine-tuned}
   * @param epoch counted from 1 in its stage; 0 right after pruning
   * @param loss mean cross-entropy over the training images of the epoch, in nats; 0 after pruning
   * @param accuracy fraction of the test images classified correctly
   * @param seconds wall time of the epoch
   */
  public record Point(String stage, int epoch, double loss, double accuracy, double seconds) {
    private String csv() {
      return String.format(
          Locale.ROOT, "%s,%d,%.6f,%.4f,%.1f", stage, epoch, loss, accuracy, seconds);
    }
  }

  public void add(Point point) {
    points.add(point);
  }

  public List<Point> points() {
    return List.copyOf(points);
  }

  /**
   * The last measurement of a stage.
   *
   * @throws IllegalStateException if there is none
   */
  public Point last(String stage) {
    for (int i = points.size() - 1; i >= 0; i--) {
      if (points.get(i).stage().equals(stage)) {
        return points.get(i);
      }
    }
    throw new IllegalStateException("stage " + stage + " was not reached");
  }

  public boolean reached(String stage) {
    return points.stream().anyMatch(point -> point.stage().equals(stage));
  }

  public String csv() {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    points.forEach(point -> text.append(point.csv()).append('\n'));
    return text.toString();
  }

  static LearningCurve parse(String csv) {
    LearningCurve curve = new LearningCurve();
    csv.lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(
            field ->
                curve.add(
                    new Point(
                        field[0],
                        Integer.parseInt(field[1]),
                        Double.parseDouble(field[2]),
                        Double.parseDouble(field[3]),
                        Double.parseDouble(field[4]))));
    return curve;
  }
}
