package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportCommandTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private static Path compared;
  @TempDir private Path folder;

  @BeforeAll
  static void compare() {
    CommandRun run =
        CommandRun.of(
            ("run --network lenet5-mnist --crossbar 32x32 --compare dense --out " + compared)
                .split(" "));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  private static String page(Path of) throws IOException {
    CommandRun run = CommandRun.of("report", of.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).endsWith(of.resolve("report.html") + "\n");
    return Files.readString(of.resolve("report.html"));
  }

  private static String dataOf(String page) {
    String begin = "<script type=\"application/json\" id=\"data\">\n";
    int from = page.indexOf(begin) + begin.length();
    return page.substring(from, page.indexOf("</script>", from));
  }

  @Test
  void thePageHoldsBothDocumentsAndEveryParameterWithItsSource() throws IOException {
    String page = page(compared);
    JsonNode data = JSON.readTree(dataOf(page));
    JsonNode both = JSON.readTree(compared.resolve("comparison.json").toFile());
    assertThat(data.at("/runs/0")).isEqualTo(both.get("baseline"));
    assertThat(data.at("/runs/1")).isEqualTo(both.get("result"));
    assertThat(data.get("mappings").size()).isEqualTo(2);
    for (int run = 0; run < 2; run++) {
      long kept = 0;
      for (JsonNode bin : data.at("/mappings/" + run + "/mappingReport/utilization/histogram")) {
        kept += bin.asLong();
      }
      // A pair of arrays is one crossbar of the histogram.
      assertThat(2 * kept).isEqualTo(data.at("/runs/" + run + "/crossbars/mapped").asLong());
    }
    assertThat(data.at("/gain/energy")).isEqualTo(both.get("energyRatio"));
    long values =
        Files.readAllLines(compared.resolve("hardware.yaml")).stream()
            .filter(line -> line.matches("( {4}| {2}- )value:.*"))
            .count();
    assertThat(data.get("parameters").size()).isEqualTo((int) values).isGreaterThan(50);
    for (JsonNode row : data.get("parameters")) {
      assertThat(row.get("key").asString()).isNotEmpty();
      assertThat(row.get("source").asString()).as(row.toString()).isNotEmpty();
    }
    assertThat(page(compared)).as("the same folder, the same bytes").isEqualTo(page);
  }

  @Test
  void nothingIsFetched() throws IOException {
    String page = page(compared);
    // The browser itself refuses whatever a program on the page would fetch.
    assertThat(page.substring(0, page.indexOf("<style>"))).contains("default-src 'none'");
    assertThat(page.replaceAll("(?s)<script>.*?</script>", ""))
        .doesNotContainPattern("(src|href)=\"(?!data:|#)");
  }

  @Test
  void aSingleRunNeedsNoBaselineAndNamesCannotEndTheData() throws IOException {
    String result = Files.readString(compared.resolve("result.json"));
    Files.writeString(
        folder.resolve("result.json"), result.replace("lenet5-mnist", "</script><b>net"));
    String data = dataOf(page(folder));
    assertThat(JSON.readTree(data).at("/runs/0/network").asString()).isEqualTo("</script><b>net");
    assertThat(JSON.readTree(data).get("runs").size()).isEqualTo(1);
  }

  @Test
  void whatIsNoResultIsRefusedAndLeavesNothing() throws IOException {
    refused(folder.resolve("none"), "is no folder");
    refused(folder, "holds neither comparison.json nor result.json");
    Path result = folder.resolve("result.json");
    Files.writeString(result, "{\n\"schema\": oops}");
    refused(folder, "result.json:2: ");
    Files.writeString(result, "{\"schema\": \"primesim.result/2\", \"energyPj\": {}}");
    refused(folder, "primesim.result/2");
    assertThat(folder.resolve("report.html")).doesNotExist();
  }

  private static final String HEAD =
      "index,point,status,error,network,latencyNs,energyPj,computeAreaUm2\n";

  private void shard(int number, String name, String points) throws IOException {
    Path part = Files.createDirectories(folder.resolve("shard-" + number + "-of-2"));
    Files.writeString(part.resolve("points.csv"), points);
    Files.writeString(
        part.resolve("sweep.json"),
        "{\"schema\":\"primesim.sweep/1\",\"name\":\"" + name + "\",\"points\":3,\"keys\":[]}");
  }

  @Test
  void shardsArePutTogetherInTheOrderOfTheirPointsAndAFailedPointIsOnNoFront() throws IOException {
    shard(1, "s", HEAD + "2,c,done,,net,3,1,9\n0,a,done,,net,1,3,9\n");
    shard(2, "s", HEAD + "1,b,failed,\"does not fit, says the memory\",net,,,\n");
    JsonNode sweep = JSON.readTree(dataOf(page(folder))).get("sweep");
    assertThat(sweep.at("/rows/0/1").asString()).isEqualTo("a");
    assertThat(sweep.at("/rows/1/3").asString()).isEqualTo("does not fit, says the memory");
    assertThat(sweep.at("/rows/2/1").asString()).isEqualTo("c");
    assertThat(sweep.at("/fronts/0/rows").toString()).isEqualTo("[0,2]");
  }

  @Test
  void aLargeSweepShowsOnATerminalThatItIsAtWork() throws IOException {
    StringBuilder points = new StringBuilder(HEAD);
    for (int i = 0; i < 10_000; i++) {
      points.append(i + ",p" + i + ",done,,net," + (i + 1) + "," + (10_000 - i) + ",9\n");
    }
    shard(1, "s", points.toString());
    CommandRun run = CommandRun.onTerminal(80, "report", folder.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("\rreport: reading, ").endsWith(" \r");
  }

  @Test
  void shardsThatDoNotBelongTogetherAreRefused() throws IOException {
    shard(1, "s", HEAD + "0,a,done,,net,1,3,9\n");
    shard(2, "other", HEAD + "1,b,done,,net,1,3,9\n");
    refused(folder, "sweep.json: name \"other\"");
    shard(2, "s", "index,point\n1,b\n");
    refused(folder, "points.csv:1: lacks 'status'");
    shard(2, "s", HEAD.strip() + ",more\n1,b,done,,net,1,3,9,1\n");
    refused(folder, "points.csv:1: other columns");
    shard(2, "s", HEAD + "0,a,done,,net,1,4,9\n");
    refused(folder, "point 0 differs");
    shard(2, "s", HEAD + "1,b,done,,net,1,3\n");
    refused(folder, "Record 2 has 7 fields");
    shard(2, "s", HEAD + "1,b,done,,net,1,much,9\n");
    refused(folder, "energyPj 'much'");
    shard(2, "s", HEAD + "one,b,done,,net,1,3,9\n");
    refused(folder, "index 'one'");
    shard(2, "s", "");
    refused(folder, "points.csv: is empty");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "done,,net,1,NaN,9|energyPj 'NaN', allowed: a finite number",
        "done,,net,1,1e999,9|energyPj '1e999', allowed: a finite number",
        "done,,net,1,-3,9|energyPj '-3', allowed: a finite number from 0",
        "done,,net,1,3,|computeAreaUm2 '', allowed: a finite number",
        "dnoe,,net,1,3,9|status 'dnoe', allowed: done or failed",
      })
  void whatIsNoResultOfAPointIsNamedByItsLineAndNothingIsWritten(String row, String why)
      throws IOException {
    sweep(HEAD + "0,a,done,,net,1,3,9\n1,b," + row + "\n", "");
    refused(folder, folder.resolve("points.csv") + ":3: " + why);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("points.csv", "sweep.json");
  }

  /** A bound that only the check of areas asks for. */
  @Test
  void anAreaThatIsCheckedIsANumberBeforeAnythingIsWritten() throws IOException {
    sweep(
        HEAD.strip() + ",areaUm2\n0,a,done,,net,1,3,9,abc\n",
        ",\"iso\":{\"within\":{\"areaUm2\":5.0},\"per\":[]}");
    refused(folder, folder.resolve("points.csv") + ":2: areaUm2 'abc'");
    sweep(HEAD + "0,a,done,,net,1,3,9\n", ",\"iso\":{\"within\":{\"areaUm2\":\"x\"}}");
    refused(folder, folder.resolve("sweep.json") + ": iso.within.areaUm2 \"x\"");
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("points.csv", "sweep.json");
  }

  @Test
  void aPlaceThatIsTakenLeavesNoFiguresEither() throws IOException {
    sweep(HEAD + "0,a,done,,net,1,3,9\n", "");
    Files.createDirectory(folder.resolve("report.html"));
    CommandRun run = CommandRun.of("report", "--svg", folder.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("report.html: is a folder").hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(folder.resolve("figures")).doesNotExist();
  }

  private void sweep(String points, String more) throws IOException {
    Files.writeString(folder.resolve("points.csv"), points);
    Files.writeString(
        folder.resolve("sweep.json"),
        "{\"schema\":\"primesim.sweep/1\",\"name\":\"s\",\"points\":2,\"keys\":[]" + more + "}");
  }

  private static void refused(Path of, String why) {
    CommandRun run = CommandRun.of("report", "--svg", of.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(why).contains("allowed").hasLineCount(1);
  }
}
