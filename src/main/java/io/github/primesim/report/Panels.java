package io.github.primesim.report;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.List;
import org.knowm.xchart.internal.chartpart.Chart;

/** Charts of one size in one picture, line by line. */
final class Panels {
  private Panels() {}

  /**
   * A picture of {@code charts}.
   *
   * @param perLine charts side by side
   */
  static Drawing of(List<? extends Chart<?, ?>> charts, int perLine) {
    int width = charts.stream().mapToInt(Chart::getWidth).max().orElse(1);
    int height = charts.stream().mapToInt(Chart::getHeight).max().orElse(1);
    int columns = Math.min(perLine, charts.size());
    int lines = (charts.size() + columns - 1) / columns;
    return new Drawing(
        width * columns,
        height * lines,
        graphics -> paint(graphics, charts, columns, width, height));
  }

  /**
   * A picture of {@code charts} above the legend of all of them.
   *
   * @param perLine charts side by side
   */
  static Drawing of(List<? extends Chart<?, ?>> charts, int perLine, SharedLegend.Names names) {
    Drawing drawn = of(charts, perLine);
    SharedLegend legend = names.within(drawn.width());
    return new Drawing(
        drawn.width(),
        drawn.height() + legend.height(),
        graphics -> {
          drawn.painter().accept(graphics);
          graphics.translate(0, drawn.height());
          legend.paint(graphics);
        });
  }

  private static void paint(
      Graphics2D graphics, List<? extends Chart<?, ?>> charts, int columns, int width, int height) {
    AffineTransform origin = graphics.getTransform();
    for (int i = 0; i < charts.size(); i++) {
      graphics.setTransform(origin);
      graphics.translate((i % columns) * width, (i / columns) * height);
      charts.get(i).paint(graphics, charts.get(i).getWidth(), charts.get(i).getHeight());
    }
    graphics.setTransform(origin);
  }
}
