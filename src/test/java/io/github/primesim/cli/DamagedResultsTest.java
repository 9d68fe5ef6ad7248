package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.report.PaperFigure;
import io.github.primesim.report.ReportPage;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code report} on documents in which one value is something else: a page, or one line. */
class DamagedResultsTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Texts that stand in place of a value; none removes it. */
  private static final List<String> VALUES =
      List.of("\"x\"", "\"\"", "-1", "null", "{}", "[]", "1e999", "9".repeat(400));

  private static final String PLACE = "the place of the value";

  @TempDir private static Path compared;
  @TempDir private static Path single;
  @TempDir private Path folder;

  @BeforeAll
  static void run() {
    for (Path each : List.of(compared, single)) {
      String line = "run --network mlp-s --breakdown component --out " + each;
      CommandRun run =
          CommandRun.of((each.equals(compared) ? line + " --compare dense" : line).split(" "));
      assertThat(run.exit()).as(run.err()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, result.json",
    "false, mapping.json",
    "false, crossbars.json",
    "true, comparison.json"
  })
  void anyOtherValueIsRefusedByNameOrDrawn(boolean comparison, String name) throws IOException {
    Path from = comparison ? compared : single;
    for (String other : from.toFile().list()) {
      Files.copy(from.resolve(other), folder.resolve(other));
    }
    Path file = folder.resolve(name);
    JsonNode root = JSON.readTree(Files.readAllBytes(file));
    List<String> wrong = new ArrayList<>();
    for (Damage damage : damages(root)) {
      Files.writeString(file, damage.document());
      try {
        ReportPage.of(folder);
        PaperFigure.of(folder);
      } catch (InputProblem refused) {
        if (!refused.getMessage().matches("\\Q" + file + "\\E: .+, allowed: .+")) {
          wrong.add(damage.what() + ": " + refused.getMessage());
        }
      } catch (RuntimeException fault) {
        wrong.add(damage.what() + ": " + fault);
      }
    }
    assertThat(wrong).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"cycles\"|\"cycles\" : \"x\", \"before\"|layers[0].cycles \"x\", allowed: a whole number",
        "\"total\"|\"total\" : 1e999, \"before\"|energyPj.total \"Infinity\", allowed: a finite number",
        "\"latencyNs\"|\"before\"|latencyNs is missing, allowed: a finite number",
      })
  void theLineNamesFileAndPlaceAndNothingIsWritten(String key, String by, String line)
      throws IOException {
    String result = Files.readString(single.resolve("result.json"));
    int from = result.indexOf(key, key.contains("cycles") ? result.indexOf("\"layers\"") : 0);
    Path file = folder.resolve("result.json");
    Files.writeString(file, result.substring(0, from) + by + result.substring(from + key.length()));
    CommandRun run = CommandRun.of("report", "--svg", folder.toString());
    assertThat(run.exit()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(file + ": " + line).hasLineCount(1);
    assertThat(folder.toFile().list()).containsExactly("result.json");
  }

  private record Damage(String what, String document) {}

  private static List<Damage> damages(JsonNode root) {
    List<Damage> damages = new ArrayList<>();
    walk(root, root, "", damages);
    return damages;
  }

  /** Of lists the first item only, and of numbers by name: the others are like it. */
  private static void walk(JsonNode root, JsonNode at, String path, List<Damage> to) {
    if (at instanceof ObjectNode object) {
      boolean alike = object.properties().stream().allMatch(each -> each.getValue().isNumber());
      for (Map.Entry<String, JsonNode> child :
          List.copyOf(object.properties())
              .subList(0, alike ? Math.min(1, object.size()) : object.size())) {
        JsonNode value = child.getValue();
        String key = path + "/" + child.getKey();
        walk(root, value, key, to);
        object.put(child.getKey(), PLACE);
        replaced(root, key, to);
        Map<String, JsonNode> kept = new LinkedHashMap<>();
        object.properties().forEach(each -> kept.put(each.getKey(), each.getValue()));
        object.remove(child.getKey());
        to.add(new Damage(key + " removed", root.toString()));
        object.removeAll();
        object.setAll(kept);
        object.set(child.getKey(), value);
      }
    } else if (at instanceof ArrayNode list) {
      for (int index = 0; index < Math.min(1, list.size()); index++) {
        JsonNode value = list.get(index);
        String key = path + "/" + index;
        walk(root, value, key, to);
        list.set(index, JSON.getNodeFactory().stringNode(PLACE));
        replaced(root, key, to);
        list.remove(index);
        to.add(new Damage(key + " removed", root.toString()));
        list.insert(index, value);
      }
    }
  }

  private static void replaced(JsonNode root, String key, List<Damage> to) {
    String document = root.toString();
    for (String value : VALUES) {
      to.add(new Damage(key + " " + value, document.replace("\"" + PLACE + "\"", value)));
    }
  }
}
