package io.github.primesim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.awt.Graphics2D;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.knowm.xchart.internal.chartpart.Chart;

/**
 * A figure as it goes into a paper of two columns, with its numbers.
 *
 * @param name of its files, without ending
 * @param width of one column or of the page
 * @param height in points
 * @param painter draws it, {@link PaperCharts#PIXELS_PER_POINT} pixels to a point
 * @param table its numbers, the head first
 */
public record PaperFigure(
    String name, Width width, int height, Consumer<Graphics2D> painter, List<List<String>> table) {
  /** Widths of figures in a paper of two columns, as IEEE and ACM set them. */
  public enum Width {
    /** 3.5 inches. */
    COLUMN(252),
    /** 7.16 inches. */
    PAGE(515);

    private final int points;

    Width(int points) {
      this.points = points;
    }

    int points() {
      return points;
    }
  }

  public PaperFigure {
    table = List.copyOf(table);
  }

  /** A figure as tall as what is drawn. */
  PaperFigure(String name, Width width, Drawing drawn, List<List<String>> table) {
    this(
        name,
        width,
        (drawn.height() + PaperCharts.PIXELS_PER_POINT - 1) / PaperCharts.PIXELS_PER_POINT,
        drawn.painter(),
        table);
  }

  /** A figure of one chart. */
  PaperFigure(String name, Width width, int height, Chart<?, ?> chart, List<List<String>> table) {
    this(name, width, height, Panels.of(List.of(chart), 1).painter(), table);
  }

  /**
   * The figures of a folder that {@code run --out} or {@code sweep --out} wrote.
   *
   * @throws io.github.primesim.units.InputProblem if the folder holds no results
   */
  public static List<PaperFigure> of(Path folder) {
    ResultFolder results = ResultFolder.read(folder);
    return results.sweep().isPresent()
        ? new SweepFigures(results.sweep().get()).all()
        : new RunFigures(results).all();
  }

  /** Writes the figure as SVG of its width in inches. */
  public void svg(OutputStream file) throws IOException {
    new Drawing(width.points(), height, this::paint).svgInInches(file);
  }

  private void paint(Graphics2D graphics) {
    graphics.scale(1.0 / PaperCharts.PIXELS_PER_POINT, 1.0 / PaperCharts.PIXELS_PER_POINT);
    painter.accept(graphics);
  }

  /** The numbers of the figure as CSV. */
  public String csv() {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text)) {
      table.forEach(csv::writeRecord);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }
}
