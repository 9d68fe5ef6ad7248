package io.github.primesim.training.fit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What each epoch reached, in order; as text it is CSV with a header line. */
public final class LearningCurve {
  private static final String HEADER =
      "stage,epoch,training_loss,test_accuracy,test_images,seconds";

  private final List<Point> points = new ArrayList<>();

  /**
   * One measurement.
   *
   * @param stage {@code dense}, {@code pruned} or {@code fine-tuned}
   * @param epoch counted from 1 in its stage; 0 right after pruning
   * @param loss mean cross-entropy over the training images of the epoch, in nats; 0 after pruning
   * @param accuracy fraction of the test images classified correctly
   * @param testImages how many images the accuracy was measured on, 0 where it is not known
   * @param seconds wall time of the epoch
   */
  public record Point(
      String stage, int epoch, double loss, double accuracy, int testImages, double seconds) {
    private String csv() {
      return String.format(
          Locale.ROOT,
          "%s,%d,%.6f,%.4f,%d,%.1f",
          stage,
          epoch,
          loss,
          accuracy,
          testImages,
          seconds);
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

  /** Reads text of this or an earlier version, whose columns may be fewer or others. */
  static LearningCurve parse(String csv) {
    LearningCurve curve = new LearningCurve();
    List<String> columns = List.of(csv.lines().findFirst().orElse("").split(",", -1));
    csv.lines()
        .skip(1)
        .map(line -> line.split(",", -1))
        .forEach(
            field -> {
              int images = columns.indexOf("test_images");
              curve.add(
                  new Point(
                      field[columns.indexOf("stage")],
                      Integer.parseInt(field[columns.indexOf("epoch")]),
                      Double.parseDouble(field[columns.indexOf("training_loss")]),
                      Double.parseDouble(field[columns.indexOf("test_accuracy")]),
                      images < 0 ? 0 : Integer.parseInt(field[images]),
                      Double.parseDouble(field[columns.indexOf("seconds")])));
            });
    return curve;
  }
}
