package io.github.primesim.report;

import io.github.primesim.experiment.DensityMap;
import io.github.primesim.experiment.MappingPicture;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/**
 * Heat maps of a layer before and after its mapping, one beside the other on the same scale, as
 * they go into a paper. One hue from light to dark: it survives colour blindness and a grey
 * printer.
 */
public final class MappingHeatMap {
  private static final int LEAST_PANEL = 200;
  private static final int BAR_ROOM = 110;
  private static final int LEAST_WIDTH = 620;
  private static final int PANEL_WIDTH = 330;
  private static final int PANEL_HEIGHT = 420;
  private static final int TOP = 78;
  private static final int LEFT = 44;
  private static final int GAP = 40;
  private static final int FOOT = 64;
  private static final int BAR_WIDTH = 14;

  /** Crossbar borders closer than this would hide what they surround. */
  private static final double LEAST_GRID_PIXELS = 5;

  private static final Color INK = new Color(0x20, 0x24, 0x28);
  private static final Color BORDER = new Color(0x90, 0x98, 0xa0);
  private static final Color EMPTY = new Color(0xe4, 0xec, 0xf5);
  private static final Color FULL = new Color(0x08, 0x30, 0x6b);

  private final MappingPicture picture;
  private final String network;
  private final double scale;
  private final double densest;

  /**
   * @param network name of the network, for the title
   */
  public MappingHeatMap(String network, MappingPicture picture) {
    this.network = network;
    this.picture = picture;
    DensityMap map = picture.before();
    scale = Math.min((double) PANEL_WIDTH / map.columns(), (double) PANEL_HEIGHT / map.rows());
    densest = Math.max(picture.before().densest(), picture.after().densest());
  }

  /** Where the second panel begins; a title needs some room too. */
  private double second() {
    return LEFT + Math.max(picture.before().columns() * scale, LEAST_PANEL) + GAP;
  }

  private double barLeft() {
    return second() + Math.max(picture.after().columns() * scale, LEAST_PANEL) + GAP / 2.0;
  }

  private int width() {
    return (int) Math.max(LEAST_WIDTH, Math.ceil(barLeft() + BAR_ROOM));
  }

  private int height() {
    return (int) Math.ceil(TOP + picture.before().rows() * scale + FOOT);
  }

  /** Writes the picture as SVG. */
  public void svg(OutputStream file) throws IOException {
    drawing().svg(file);
  }

  /** Writes the picture as PNG, two pixels to a point. */
  public void png(OutputStream file) throws IOException {
    drawing().png(file);
  }

  private Drawing drawing() {
    return new Drawing(width(), height(), this::paint);
  }

  private void paint(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, width(), height()));
    text(graphics, Font.BOLD, 15, picture.layer() + " of " + network, LEFT, 26);
    text(
        graphics,
        Font.PLAIN,
        12,
        String.format(
            Locale.ROOT,
            "%,d x %,d weights in crossbars of %d x %d weights, signs %s",
            picture.rows(),
            picture.columns(),
            picture.crossbarRows(),
            picture.crossbarColumns(),
            picture.signs()),
        LEFT,
        44);
    panel(graphics, picture.before(), "dense: " + arrays(picture.denseArrays()), LEFT);
    panel(graphics, picture.after(), picture.scheme() + ": " + arrays(picture.arrays()), second());
    colourBar(graphics, barLeft());
    double below = TOP + picture.before().rows() * scale;
    text(
        graphics,
        Font.PLAIN,
        11,
        "right: weight columns, down: wordlines; " + points(),
        LEFT,
        below + 24);
    text(
        graphics,
        Font.PLAIN,
        11,
        "white: no crossbar is kept"
            + (picture.signs().equals("pairs")
                ? ""
                : "; dense: positive weights left, negative weights right"),
        LEFT,
        below + 42);
  }

  private String points() {
    int step = picture.before().step();
    return step == 1
        ? "a dark point is a weight that is not zero"
        : "a point is the share of non-zero weights in " + step + " x " + step + " places";
  }

  private static String arrays(long arrays) {
    return Numbers.count(arrays) + (arrays == 1 ? " array" : " arrays");
  }

  private void panel(Graphics2D graphics, DensityMap map, String title, double left) {
    text(graphics, Font.BOLD, 12, title, left, TOP - 8);
    double width = map.columns() * scale;
    double height = map.rows() * scale;
    graphics.drawImage(
        bitmap(map), (int) left, TOP, (int) Math.ceil(width), (int) Math.ceil(height), null);
    graphics.setColor(BORDER);
    graphics.setStroke(new BasicStroke(0.35f));
    double tall = picture.crossbarRows() * scale;
    double wide = picture.crossbarColumns() * scale;
    if (Math.min(tall, wide) >= LEAST_GRID_PIXELS) {
      for (double y = tall; y < height - tall / 2; y += tall) {
        graphics.draw(new Line2D.Double(left, TOP + y, left + width, TOP + y));
      }
      for (double x = wide; x < width - wide / 2; x += wide) {
        graphics.draw(new Line2D.Double(left + x, TOP, left + x, TOP + height));
      }
    }
    graphics.setStroke(new BasicStroke(0.8f));
    graphics.draw(new Rectangle2D.Double(left, TOP, width, height));
  }

  /** Several pixels to a bin, so that a viewer that smooths pictures leaves bins sharp. */
  private BufferedImage bitmap(DensityMap map) {
    int sharp = Math.max(1, 1024 / Math.max(map.binRows(), map.binColumns()));
    BufferedImage image =
        new BufferedImage(
            map.binColumns() * sharp, map.binRows() * sharp, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        double density = map.density(y / sharp, x / sharp);
        image.setRGB(x, y, (density < 0 ? Color.WHITE : colour(density / densest)).getRGB());
      }
    }
    return image;
  }

  private void colourBar(Graphics2D graphics, double left) {
    int steps = 100;
    double height = Math.min(160, picture.before().rows() * scale);
    for (int step = 0; step < steps; step++) {
      graphics.setColor(colour((double) step / (steps - 1)));
      double y = TOP + height - (step + 1) * height / steps;
      graphics.fill(new Rectangle2D.Double(left, y, BAR_WIDTH, height / steps + 0.5));
    }
    text(graphics, Font.PLAIN, 11, Numbers.percent(densest), left + BAR_WIDTH + 5, TOP + 9);
    text(graphics, Font.PLAIN, 11, "0 %", left + BAR_WIDTH + 5, TOP + height);
  }

  private static Color colour(double share) {
    double t = Double.isNaN(share) ? 0 : Math.min(1, share);
    return new Color(
        mix(EMPTY.getRed(), FULL.getRed(), t),
        mix(EMPTY.getGreen(), FULL.getGreen(), t),
        mix(EMPTY.getBlue(), FULL.getBlue(), t));
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }

  private static void text(
      Graphics2D graphics, int style, int size, String text, double x, double y) {
    graphics.setColor(INK);
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
    graphics.drawString(text, (float) x, (float) y);
  }
}
