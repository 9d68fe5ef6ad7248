package io.github.primesim.report;

import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Something that can be painted, as the file of a picture.
 *
 * @param width in points
 * @param height in points
 */
public record Drawing(int width, int height, Consumer<Graphics2D> painter) {
  private static final double PNG_SCALE = 2;

  /** Decimals of a point: letters of charts are outlines, which take most of a file. */
  private static final int SVG_DIGITS = 2;

  private static final double POINTS_PER_INCH = 72;

  /** Writes SVG. */
  public void svg(OutputStream file) throws IOException {
    SVGGraphics2D graphics = painted();
    graphics.setSVGCanvasSize(new Dimension(width, height));
    write(graphics, graphics.getRoot(), file);
  }

  /** Writes SVG that says how large it is on paper. */
  public void svgInInches(OutputStream file) throws IOException {
    SVGGraphics2D graphics = painted();
    Element root = graphics.getRoot();
    root.setAttribute("width", inches(width));
    root.setAttribute("height", inches(height));
    root.setAttribute("viewBox", "0 0 " + width + " " + height);
    write(graphics, root, file);
  }

  private static String inches(int points) {
    return String.format(Locale.ROOT, "%.3fin", points / POINTS_PER_INCH);
  }

  private SVGGraphics2D painted() {
    SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
    context.setImageHandler(new EmbeddedPng());
    context.setPrecision(SVG_DIGITS);
    SVGGraphics2D graphics = new SVGGraphics2D(context, false);
    paint(graphics);
    return graphics;
  }

  private static void write(SVGGraphics2D graphics, Element root, OutputStream file)
      throws IOException {
    SharedOutlines.in(root);
    Writer writer = new OutputStreamWriter(file, StandardCharsets.UTF_8);
    graphics.stream(root, writer, true, false);
    writer.flush();
  }

  private static Document document() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the platform has no XML documents", e);
    }
  }

  /** Writes PNG, two pixels to a point. */
  public void png(OutputStream file) throws IOException {
    BufferedImage image =
        new BufferedImage(
            (int) (width * PNG_SCALE), (int) (height * PNG_SCALE), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.scale(PNG_SCALE, PNG_SCALE);
    paint(graphics);
    graphics.dispose();
    ImageIO.write(image, "png", file);
  }

  private void paint(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    painter.accept(graphics);
  }

  /** Bitmaps as PNG inside the SVG, written by the platform, which spares Batik's own codecs. */
  private static final class EmbeddedPng extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream file)
        throws SVGGraphics2DIOException {
      try {
        ImageIO.write(image, "png", file);
      } catch (IOException e) {
        throw new SVGGraphics2DIOException(e.getMessage(), e);
      }
    }
  }
}
