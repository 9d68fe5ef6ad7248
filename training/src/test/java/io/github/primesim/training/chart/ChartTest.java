package io.github.primesim.training.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartTest {
  @TempDir private Path folder;
  private Path table;
  private Path picture;

  @BeforeEach
  void write() throws IOException {
    table = folder.resolve("table.csv");
    picture = folder.resolve("picture.svg");
    Files.writeString(
        table,
        """
        size,zeros,saved
        32x32,0.9,0.5
        32x32,0.8,0.25
        64x64,0.8,0.125
        """);
  }

  private String draw(int expected, String... arguments) {
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of(table.toString(), "--out", picture.toString()));
    all.addAll(List.of(arguments));
    assertThat(Chart.commandLine().setErr(new PrintWriter(err)).execute(all.toArray(String[]::new)))
        .isEqualTo(expected);
    return err.toString();
  }

  @Test
  void aCurveForEachValueOfTheSeries() throws IOException {
    draw(0, "--series", "size", "--x", "zeros", "--y", "saved", "--percent", "--title", "T");
    String svg = Files.readString(picture);
    assertThat(svg).startsWith("<?xml");
    // Markers of two points and of one, each with its like in the legend.
    assertThat(svg.split("<circle", -1)).hasSize(1 + 3);
    assertThat(svg.split("<rect height=\"8\" ", -1)).hasSize(1 + 2);
    byte[] first = Files.readAllBytes(picture);
    draw(0, "--series", "size", "--x", "zeros", "--y", "saved", "--percent", "--title", "T");
    assertThat(Files.readAllBytes(picture)).isEqualTo(first);
  }

  @Test
  void whatCannotBeDrawnIsNamedAndLeavesNoPicture() throws IOException {
    assertThat(draw(2, "--series", "kind", "--x", "zeros", "--y", "saved"))
        .isEqualToIgnoringNewLines(
            table + ": has no column kind in line 2, allowed: size, zeros, saved");
    Files.writeString(table, "size,zeros,saved\n32x32,much,0.5\n");
    assertThat(draw(2, "--series", "size", "--x", "zeros", "--y", "saved"))
        .isEqualToIgnoringNewLines(table + ": line 2, column zeros: 'much' is no number");
    Files.writeString(table, "size,zeros,saved\n");
    assertThat(draw(2, "--series", "size", "--x", "zeros", "--y", "saved"))
        .isEqualToIgnoringNewLines(table + ": has no line below its header");
    assertThat(picture).doesNotExist();
  }
}
