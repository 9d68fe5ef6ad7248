package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.primesim.report.PaperFigure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code report --svg}: figures for a paper, and the numbers beside them. */
class ReportFiguresTest {
  private static final Pattern BAR =
      Pattern.compile(
          "<path d=\"M[\\d.]+ ([\\d.]+) L[\\d.]+ [\\d.]+ L[\\d.]+ ([\\d.]+) L[\\d. ]+Z\""
              + " style=\"clip-path:[^;]+; fill:rgb\\(([\\d,]+)\\)");

  private static final String HEAD =
      "index,point,status,error,network,mapping,crossbar,quantization.weightBits,"
          + "latencyNs,energyPj,computeAreaUm2\n";

  @TempDir private static Path compared;
  @TempDir private Path folder;

  @BeforeAll
  static void compare() {
    run("run --network lenet5-mnist --crossbar 32x32 --compare dense --out " + compared);
    run("report --svg " + compared);
  }

  private static String run(String line) {
    CommandRun run = CommandRun.of(line.split(" ", -1));
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private static List<List<String>> table(Path figures, String name) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder().ofCsvRecord(figures.resolve(name + ".csv"))) {
      csv.forEach(row -> rows.add(row.getFields()));
    }
    return rows;
  }

  private static List<String> names(Path figures) {
    List<String> names = new ArrayList<>();
    for (String file : figures.toFile().list()) {
      if (file.endsWith(".svg")) {
        names.add(file.substring(0, file.length() - ".svg".length()));
      }
    }
    return names;
  }

  private static void everyFigureFitsAPaper(Path figures) throws Exception {
    for (String name : names(figures)) {
      Path file = figures.resolve(name + ".svg");
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
      Element svg = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
      double width = inches(svg.getAttribute("width"));
      assertThat(width == 3.5 || (width > 7.1 && width <= 7.16)).as(name + " " + width).isTrue();
      assertThat(inches(svg.getAttribute("height"))).as(name).isBetween(1.0, 6.0);
      String[] box = svg.getAttribute("viewBox").split(" ", -1);
      assertThat(Double.parseDouble(box[2])).as(name).isCloseTo(72 * width, within(0.5));
      // Letters are outlines; none may be larger or smaller than a paper allows.
      assertThat(Files.readString(file))
          .as(name)
          .contains("font-size:14px")
          .containsPattern("scale\\(0\\.5,0\\.5\\)|matrix\\(0\\.5,0,0,0\\.5,");
      assertThat(table(figures, name)).as(name).hasSizeGreaterThan(1);
    }
  }

  private static double inches(String text) {
    assertThat(text).endsWith("in");
    return Double.parseDouble(text.substring(0, text.length() - 2));
  }

  @Test
  void aComparisonHasTheFiguresOfItsPage() throws Exception {
    Path figures = compared.resolve("figures");
    assertThat(names(figures))
        .containsExactlyInAnyOrder(
            "energy-by-component",
            "area-by-component",
            "energy-by-layer-dense-32x32",
            "energy-by-layer-block-compact-32x32",
            "stalls-by-layer-dense-32x32",
            "stalls-by-layer-block-compact-32x32",
            "latency-by-layer",
            "crossbars-by-layer",
            "utilisation",
            "utilisation-by-layer-dense-32x32",
            "utilisation-by-layer-block-compact-32x32");
    everyFigureFitsAPaper(figures);
  }

  /** Eight names in the legend, and names of runs that are too long to stand upright. */
  @Test
  void aLegendLeavesItsPlotRoomAndTitlesLeaveTheLabelsRoom() {
    List<PaperFigure> stacks =
        PaperFigure.of(compared).stream()
            .filter(figure -> figure.name().endsWith("-by-component"))
            .toList();
    assertThat(stacks).hasSize(2);
    for (PaperFigure figure : stacks) {
      FigureInk ink = new FigureInk(figure);
      assertThat(ink.touchesTheEdge()).as(figure.name()).isFalse();
      assertThat(ink.frame()).as(figure.name()).isGreaterThan(0.6);
      assertThat(ink.gapBesideTheFirst()).as(figure.name()).isBetween(4, 12);
    }
  }

  @Test
  void barsAreAsHighAsTheirNumbers() throws IOException {
    Path figures = compared.resolve("figures");
    JsonNode run = JsonMapper.shared().readTree(compared.resolve("result.json").toFile());
    List<List<String>> table = table(figures, "latency-by-layer");
    List<double[]> bars = new ArrayList<>();
    BAR.matcher(Files.readString(figures.resolve("latency-by-layer.svg")))
        .results()
        .forEach(bar -> bars.add(heightOf(bar)));
    int layers = table.size() - 1;
    assertThat(bars).hasSize(2 * layers);
    double scale = bars.get(0)[0] / Double.parseDouble(table.get(1).get(1));
    for (int layer = 0; layer < layers; layer++) {
      List<String> row = table.get(1 + layer);
      assertThat(row.get(2)).isEqualTo(run.at("/layers/" + layer + "/cycles").asString());
      assertThat(bars.get(layer)[0])
          .as(row.toString())
          .isCloseTo(scale * Double.parseDouble(row.get(1)), within(0.1));
      assertThat(bars.get(layers + layer)[0])
          .as(row.toString())
          .isCloseTo(scale * Double.parseDouble(row.get(2)), within(0.1));
    }
  }

  private static double[] heightOf(MatchResult bar) {
    return new double[] {Double.parseDouble(bar.group(2)) - Double.parseDouble(bar.group(1))};
  }

  @Test
  void stacksAddUpToTheEnergy() throws IOException {
    JsonNode run = JsonMapper.shared().readTree(compared.resolve("result.json").toFile());
    double total = run.at("/energyPj/total").asDouble();
    for (String name : List.of("energy-by-component", "energy-by-layer-block-compact-32x32")) {
      List<List<String>> table = table(compared.resolve("figures"), name);
      double scale = table.get(0).get(2).equals("energy, uJ") ? 1e6 : 1e3;
      double sum =
          table.stream()
              .skip(1)
              .filter(row -> !row.get(0).startsWith("dense"))
              .mapToDouble(row -> Double.parseDouble(row.get(2)))
              .sum();
      assertThat(sum * scale).as(name).isCloseTo(total, within(1e-6 * total));
    }
  }

  @Test
  void theSameFolderGivesTheSameFigures() throws IOException {
    Path figure = compared.resolve("figures/energy-by-component.svg");
    byte[] before = Files.readAllBytes(figure);
    assertThat(run("report --svg " + compared)).contains("report.html\n").contains(".svg\n");
    assertThat(Files.readAllBytes(figure)).isEqualTo(before);
  }

  @Test
  void aSweepHasLinesAndNamedFronts() throws Exception {
    StringBuilder points =
        new StringBuilder(
            "index,point,status,error,network,mapping,crossbar,quantization.weightBits,"
                + "latencyNs,energyPj,computeAreaUm2\n");
    for (int index = 0; index < 6; index++) {
      int bits = 2 + index % 3;
      String mapping = index < 3 ? "dense" : "block-compact";
      points.append(
          String.format(
              Locale.ROOT,
              "%d,%s %d bits,done,,net,%s,32x32,%d,%d,%d,%d%n",
              index,
              mapping,
              bits,
              mapping,
              bits,
              900 - 100 * bits + 10 * index,
              1000 * bits - index,
              5000 + bits));
    }
    points.append("6,broken,failed,too large,net,dense,32x32,9,,,\n");
    Files.writeString(folder.resolve("points.csv"), points.toString());
    Files.writeString(
        folder.resolve("sweep.json"),
        "{\"schema\":\"primesim.sweep/1\",\"name\":\"bits\",\"points\":7,"
            + "\"keys\":[\"mapping\",\"quantization.weightBits\"]}");

    run("report --svg " + folder);

    Path figures = folder.resolve("figures");
    assertThat(names(figures))
        .contains(
            "energyPj-over-quantization.weightBits",
            "energyPj-over-mapping",
            "front-energyPj-over-latencyNs")
        .hasSize(2 * 3 + 3);
    everyFigureFitsAPaper(figures);
    assertThat(table(figures, "energyPj-over-quantization.weightBits"))
        .hasSize(1 + 6)
        .contains(List.of("dense", "4", "3998"));
    assertThat(table(figures, "front-energyPj-over-latencyNs"))
        .hasSize(1 + 6)
        .contains(List.of("dense 2 bits", "net", "700", "2000", "yes"));
  }

  /** A key that changes neither energy nor area: all points of the front are one dot. */
  @Test
  void pointsThatLieOnEachOtherShareANumberAndALine() throws Exception {
    StringBuilder points = new StringBuilder(HEAD);
    for (int bits = 1; bits <= 40; bits++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%d,%d bits,done,,net,dense,32x32,%d,%d,1000,5000%n",
              bits,
              bits,
              bits,
              900));
    }
    points.append("41,other,done,,net,dense,64x64,1,950,1600,9000\n");
    sweep(points.toString(), 41, "crossbar", "quantization.weightBits");

    run("report --svg " + folder);

    everyFigureFitsAPaper(folder.resolve("figures"));
    for (PaperFigure figure : PaperFigure.of(folder)) {
      if (figure.name().startsWith("front-")) {
        // As low as a figure is whose legend is short, with nothing over the labels of the axis.
        assertThat(figure.height()).as(figure.name()).isEqualTo(165);
        assertThat(new FigureInk(figure).touchesTheEdge()).as(figure.name()).isFalse();
        assertThat(new FigureInk(figure).gapBesideTheFirst()).as(figure.name()).isBetween(4, 12);
      }
    }
  }

  /** As many keys as nobody tells apart in one chart: panels, curves, and all numbers beside. */
  @Test
  void manyKeysBecomePanels() throws Exception {
    StringBuilder points = new StringBuilder(HEAD);
    int index = 0;
    for (String mapping : List.of("dense", "zero-tile", "block-compact")) {
      for (int size = 32; size <= 256; size *= 2) {
        for (int bits = 1; bits <= 20; bits++) {
          points.append(
              String.format(
                  Locale.ROOT,
                  "%d,mapping=%s crossbar=%dx%d weightBits=%d,done,,net,%s,%dx%d,%d,%d,%d,%d%n",
                  index++,
                  mapping,
                  size,
                  size,
                  bits,
                  mapping,
                  size,
                  size,
                  bits,
                  900 + bits + size,
                  5000 - 7 * bits - mapping.length(),
                  70 * size + bits));
        }
      }
    }
    sweep(points.toString(), index, "mapping", "crossbar", "quantization.weightBits");

    run("report --svg " + folder);

    Path figures = folder.resolve("figures");
    everyFigureFitsAPaper(figures);
    assertThat(table(figures, "energyPj-over-crossbar")).hasSize(1 + 240);
  }

  /** Draws have nothing in common that a curve could go through. */
  @Test
  void drawsArePointsAndBoxes() throws Exception {
    StringBuilder points = new StringBuilder(HEAD);
    for (int index = 0; index < 40; index++) {
      points.append(
          String.format(
              Locale.ROOT,
              "%d,draw=%d,done,,net,%s,32x32,%s,%d,%d,%d%n",
              index,
              index,
              index % 2 == 0 ? "dense" : "block-compact",
              index * 0.37,
              900 - 10 * index,
              1000 + 10 * index,
              5000));
    }
    sweep(points.toString(), 40, "mapping", "quantization.weightBits");

    run("report --svg " + folder);

    Path figures = folder.resolve("figures");
    everyFigureFitsAPaper(figures);
    // Boxes are lines; a bar would be the last draw of its kind.
    assertThat(Files.readString(figures.resolve("energyPj-over-mapping.svg")))
        .doesNotContainPattern(BAR);
    assertThat(table(figures, "energyPj-over-mapping")).hasSize(1 + 40);
  }

  private void sweep(String points, int count, String... keys) throws IOException {
    Files.writeString(folder.resolve("points.csv"), points);
    Files.writeString(
        folder.resolve("sweep.json"),
        "{\"schema\":\"primesim.sweep/1\",\"name\":\"bits\",\"points\":"
            + count
            + ",\"keys\":[\""
            + String.join("\",\"", keys)
            + "\"]}");
  }
}
