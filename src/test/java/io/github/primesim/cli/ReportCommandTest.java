package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    assertThat(run.out()).isEqualTo(of.resolve("report.html") + "\n");
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

  private static void refused(Path of, String why) {
    CommandRun run = CommandRun.of("report", of.toString());
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(why).contains("allowed").hasLineCount(1);
  }
}
