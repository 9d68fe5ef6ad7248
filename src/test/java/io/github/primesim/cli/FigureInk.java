package io.github.primesim.cli;

import io.github.primesim.report.PaperFigure;
import io.github.primesim.report.PaperFigure.Width;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.stream.IntStream;

/** Where a figure has ink, to see what is cut off or lies on something else. */
final class FigureInk {
  private static final int PIXELS_PER_POINT = 2;
  private static final int COLUMN = 252;
  private static final int PAGE = 515;

  private final BufferedImage image;

  FigureInk(PaperFigure figure) {
    int points = figure.width() == Width.COLUMN ? COLUMN : PAGE;
    image =
        new BufferedImage(
            points * PIXELS_PER_POINT,
            figure.height() * PIXELS_PER_POINT,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    figure.painter().accept(graphics);
    graphics.dispose();
  }

  /** Whether something reaches the edge, beyond which it would be cut off. */
  boolean touchesTheEdge() {
    int right = image.getWidth() - 1;
    int bottom = image.getHeight() - 1;
    return inRow(0) || inRow(bottom) || inColumn(0) || inColumn(right);
  }

  /** Columns left free to the right of the first thing that stands there. */
  int gapBesideTheFirst() {
    int x = 0;
    while (!inColumn(x)) {
      x++;
    }
    while (inColumn(x)) {
      x++;
    }
    int end = x;
    while (!inColumn(x)) {
      x++;
    }
    return x - end;
  }

  /** The longest upright line, which is the frame's, as a part of the height. */
  double frame() {
    int longest = 0;
    for (int x = 0; x < image.getWidth(); x++) {
      int length = 0;
      for (int y = 0; y < image.getHeight(); y++) {
        length = at(x, y) ? length + 1 : 0;
        longest = Math.max(longest, length);
      }
    }
    return (double) longest / image.getHeight();
  }

  private boolean inRow(int y) {
    return IntStream.range(0, image.getWidth()).anyMatch(x -> at(x, y));
  }

  private boolean inColumn(int x) {
    return IntStream.range(0, image.getHeight()).anyMatch(y -> at(x, y));
  }

  private boolean at(int x, int y) {
    return image.getRGB(x, y) != Color.WHITE.getRGB();
  }
}
