package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract with shells and scripts: streams, documents, files, exit codes. */
class CommandLineTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path folder;

  private static JsonNode document(String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    return JSON.readTree(run.out());
  }

  private static void assertValid(JsonNode document) throws IOException {
    JsonSchema schema =
        new JsonSchema(JSON.readTree(Files.readString(Path.of("docs/result.schema.json"))));
    assertThat(schema.problems(document)).isEmpty();
  }

  @Test
  void theResultDocumentHoldsWhatItsSchemaSays() throws IOException {
    JsonNode result = document("run", "--network", "lenet5-mnist", "--json");
    assertValid(result);
    assertThat(result.at("/network").stringValue()).isEqualTo("lenet5-mnist");
    assertThat(result.at("/weights").stringValue()).isEqualTo("trained");
    assertThat(result.at("/mapping").stringValue()).isEqualTo("block-compact");
    assertThat(result.at("/crossbar").stringValue()).isEqualTo("256x256");
    assertThat(result.at("/layers").valueStream().map(layer -> layer.at("/name").stringValue()))
        .containsExactly("conv1", "pool1", "conv2", "pool2", "fc1", "fc2");
    // Caffe's LeNet-5: two convolutions of 24 x 24 and 8 x 8 positions, two connected layers.
    assertThat(result.at("/macs").longValue())
        .isEqualTo(576L * 25 * 20 + 64L * 500 * 50 + 800L * 500 + 500L * 10);
  }

  @Test
  void everyViewOfTheEnergyAddsUpToTheTotal() {
    JsonNode result = document("run", "--network", "lenet5-mnist", "--crossbar", "32x32", "--json");
    double total = result.at("/energyPj/total").doubleValue();
    double rows = 0;
    for (JsonNode row : result.at("/energyRows")) {
      double product = row.at("/count").doubleValue() * row.at("/pjEach").doubleValue();
      assertThat(row.at("/pj").doubleValue()).isCloseTo(product, within(1e-9 * total));
      rows += row.at("/pj").doubleValue();
    }
    assertThat(rows).isCloseTo(total, within(1e-9 * total));
    for (String view : List.of("byComponent", "byLayer", "byLevel", "byAction", "byBank")) {
      assertThat(sum(result.at("/energyPj/" + view))).isCloseTo(total, within(1e-9 * total));
    }
    JsonNode area = result.at("/areaUm2");
    double um2 = area.at("/total").doubleValue();
    assertThat(sum(area.at("/byComponent"))).isCloseTo(um2, within(1e-9 * um2));
  }

  @Test
  void programmingStandsBesideTheEnergyOfInferences() {
    String[] asked = {"run", "--network", "lenet5-mnist", "--crossbar", "32x32", "--json"};
    JsonNode result = document(asked);
    JsonNode dearer =
        document(
            Stream.concat(Stream.of(asked), Stream.of("--set", "energy.programPjPerCell=320"))
                .toArray(String[]::new));
    long weights = 0;
    for (JsonNode layer : result.at("/layers")) {
      weights += layer.at("/nonZeros").longValue() * layer.at("/replicas").longValue();
    }
    // A weight has a cell for each half of its bits.
    long cells = 2 * weights * result.at("/instances").longValue();

    assertThat(result.at("/programming/cells").longValue()).isEqualTo(cells).isPositive();
    assertThat(result.at("/programming/pj").doubleValue()).isEqualTo(160.0 * cells);
    assertThat(dearer.at("/programming/pj").doubleValue()).isEqualTo(320.0 * cells);
    assertThat(dearer.at("/energyPj")).isEqualTo(result.at("/energyPj"));
  }

  @Test
  void breakdownsStandInTheDocumentInTheFolderAndInTheTerminal() throws IOException {
    String[] asked = {
      "run", "--network", "lenet5-mnist", "--compare", "dense", "--breakdown", "level,bank"
    };
    Path out = folder.resolve("breakdown");
    JsonNode comparison =
        document(
            Stream.concat(Stream.of(asked), Stream.of("--out", out.toString(), "--json"))
                .toArray(String[]::new));
    assertValid(comparison);
    for (String side : List.of("/baseline", "/result")) {
      JsonNode breakdown = comparison.at(side + "/breakdown");
      assertThat(breakdown.propertyNames()).containsExactly("level", "bank");
      for (JsonNode view : breakdown) {
        double total = comparison.at(side + "/energyPj/total").doubleValue();
        double sum = view.valueStream().mapToDouble(row -> row.at("/pj").doubleValue()).sum();
        assertThat(sum).isCloseTo(total, within(1e-9 * total));
      }
    }
    assertThat(JSON.readTree(Files.readString(out.resolve("comparison.json"))))
        .isEqualTo(comparison);
    assertThat(JSON.readTree(Files.readString(out.resolve("result.json"))))
        .isEqualTo(comparison.at("/result"));
    List<String> lines = Files.readAllLines(out.resolve("breakdown.csv"));
    assertThat(lines).hasSize(1 + 2 * (5 + 2));
    assertThat(lines.get(0))
        .isEqualTo("network,mapping,crossbar,view,name,pj,share,pjPerMac,pjPerMm2");
    assertThat(lines.get(1)).startsWith("lenet5-mnist,dense,256x256,level,array,");

    String text = CommandRun.of(asked).out();
    assertThat(text)
        .contains("energy by level", "energy by bank", "figures of merit", "TOPS/mm2", "(leakage)");
    assertThat(text.lines().filter(line -> line.startsWith("total")))
        .hasSize(2)
        .allMatch(line -> line.contains("100.0 %"));
  }

  @Test
  void countsOfTheLayersAddUp() {
    JsonNode result = document("run", "--network", "lenet5-mnist", "--crossbar", "32x32", "--json");
    for (String key : List.of("crossbars/dense", "crossbars/mapped", "crossbars/lowerBound")) {
      long sum = 0;
      for (JsonNode layer : result.at("/layers")) {
        sum += layer.at("/" + key).longValue();
      }
      assertThat(sum).as(key).isEqualTo(result.at("/" + key).longValue());
    }
    assertThat(result.at("/crossbars/mapped").longValue())
        .isBetween(
            result.at("/crossbars/lowerBound").longValue(),
            result.at("/crossbars/dense").longValue() - 1);
  }

  private static double sum(JsonNode numbers) {
    return numbers.valueStream().mapToDouble(JsonNode::doubleValue).sum();
  }

  @Test
  void aComparisonHoldsBothResultsAndTheirRatios() throws IOException {
    JsonNode comparison =
        document(
            "run",
            "--network",
            "lenet5-mnist",
            "--crossbar",
            "32x32",
            "--compare",
            "dense",
            "--json");
    assertValid(comparison);
    JsonNode baseline = comparison.at("/baseline");
    JsonNode result = comparison.at("/result");
    assertThat(baseline.at("/mapping").stringValue()).isEqualTo("dense");
    assertThat(baseline.at("/crossbars/mapped")).isEqualTo(baseline.at("/crossbars/dense"));
    assertThat(comparison.at("/speedup/latency").doubleValue())
        .isEqualTo(baseline.at("/cycles").doubleValue() / result.at("/cycles").doubleValue());
    assertThat(comparison.at("/speedup/throughput").doubleValue())
        .isEqualTo(
            result.at("/throughputPerSecond").doubleValue()
                / baseline.at("/throughputPerSecond").doubleValue());
    assertThat(comparison.at("/energyRatio").doubleValue())
        .isEqualTo(
            baseline.at("/energyPj/total").doubleValue()
                / result.at("/energyPj/total").doubleValue());
    assertThat(document("run", "--json")).isEqualTo(comparison);
  }

  @Test
  void withoutArgumentsLeNetIsComparedAtTwoSizes() {
    CommandRun run = CommandRun.of("run");
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("block-compact against dense, 256 x 256 crossbars")
        .contains("block-compact against dense, 32 x 32 crossbars")
        .contains("hardly a column")
        .contains("energy by component", "senseAmplifier", "#")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void sameInputsSameBytes() {
    String[] arguments = {"run", "--network", "cnn-1", "--batch", "100", "--json"};
    assertThat(CommandRun.of(arguments)).isEqualTo(CommandRun.of(arguments));
  }

  @Test
  void aCompiledDocumentIsTheResultWithoutTimeAndEnergy() throws IOException {
    String[] design = {"--network", "lenet5-mnist", "--crossbar", "64x64", "--json"};
    JsonNode compiled = document(join("compile", design));
    assertValid(compiled);
    assertThat(compiled.has("cycles")).isFalse();
    assertThat(compiled.has("energyPj")).isFalse();
    JsonNode result = document(join("run", design));
    for (Map.Entry<String, JsonNode> entry : compiled.properties()) {
      if (!List.of("layers", "mappingReport").contains(entry.getKey())) {
        assertThat(entry.getValue()).as(entry.getKey()).isEqualTo(result.get(entry.getKey()));
      }
    }
    for (int i = 0; i < compiled.get("layers").size(); i++) {
      JsonNode timed = result.get("layers").get(i);
      for (Map.Entry<String, JsonNode> entry : compiled.get("layers").get(i).properties()) {
        if (!entry.getKey().equals("mappingReport")) {
          assertThat(entry.getValue()).as(entry.getKey()).isEqualTo(timed.get(entry.getKey()));
        }
      }
    }
  }

  @Test
  void drawsALayerBeforeAndAfterItsMapping() throws Exception {
    Path svg = folder.resolve("fc1.svg");
    Path png = folder.resolve("fc1.png");
    String[] compile = {"compile", "--network", "lenet5-mnist", "--crossbar", "32x32"};
    for (Path file : List.of(svg, png)) {
      assertThat(CommandRun.of(join(compile, "--picture", file.toString())).exit()).isZero();
    }
    DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
    parser.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    String drawn =
        parser.newDocumentBuilder().parse(svg.toFile()).getDocumentElement().getTextContent();
    assertThat(drawn)
        .contains("fc1 of lenet5-mnist", "dense: 1,664 arrays", "block-compact: 1,506 arrays");
    BufferedImage image = ImageIO.read(png.toFile());
    assertThat(image.getWidth()).isGreaterThan(image.getHeight());
    assertThat(folder.toFile().list()).as("nothing else is left").hasSize(2);
  }

  /** What a compilation counts ahead is what a run prices, and the total is the sum of layers. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--network lenet5-mnist --crossbar 64x32",
        "--network lenet5-mnist --crossbar 32x32 --mapping column-group --signs independent",
        "--network mlp-s --mapping row-order --crossbar 32x32 --replication network",
      })
  void compileCountsWhatARunPrices(String options) throws IOException {
    String[] design = join(options.split(" "), "--json");
    JsonNode compiled = document(join("compile", design));
    assertValid(compiled);
    JsonNode total = compiled.get("mappingReport");
    double conversions = 0;
    double drives = 0;
    for (JsonNode row : document(join("run", design)).get("energyRows")) {
      String action = row.get("action").asString();
      conversions += action.startsWith("convert-") ? row.get("count").asDouble() : 0;
      drives += action.equals("wordline-drives") ? row.get("count").asDouble() : 0;
    }
    assertThat(total.get("conversions").asLong()).isPositive().isEqualTo(Math.round(conversions));
    assertThat(total.get("wordlineDrives").asLong())
        .isPositive()
        .isCloseTo(Math.round(drives), within((long) compiled.get("layers").size()));

    JsonNode geometry = compiled.get("crossbars");
    long crossbars = 0;
    long layerConversions = 0;
    long metadata = 0;
    for (JsonNode layer : compiled.get("layers")) {
      JsonNode report = layer.get("mappingReport");
      if (report == null) {
        continue;
      }
      long kept = 0;
      for (Map.Entry<String, JsonNode> bin :
          report.get("utilization").get("histogram").properties()) {
        kept += bin.getValue().asLong();
      }
      int arraysPerCrossbar = options.contains("independent") ? 1 : 2;
      assertThat(kept * arraysPerCrossbar)
          .as(layer.get("name").asString())
          .isEqualTo(layer.get("crossbars").get("mapped").asLong());
      assertThat(report.get("cellBound").asLong())
          .isLessThanOrEqualTo(layer.get("crossbars").get("mapped").asLong());
      crossbars += kept * arraysPerCrossbar;
      layerConversions += report.get("conversions").asLong();
      for (Map.Entry<String, JsonNode> kind : report.get("metadataBits").properties()) {
        metadata += kind.getValue().asLong();
      }
    }
    assertThat(crossbars).isEqualTo(geometry.get("mapped").asLong());
    assertThat(layerConversions).isEqualTo(total.get("conversions").asLong());
    assertThat(metadata).isEqualTo(compiled.get("metadataBits").asLong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--network lenet5-mnist",
        "--network lenet5-mnist --crossbar 32x32 --signs independent",
        "--network mlp-s --replication none --batch 10 --set timing.saBitNs=4.9",
        "--network cnn-2 --mapping dense --replication network",
      })
  void aSavedTraceReplaysToTheSameBytes(String design) {
    String[] options = design.split(" ");
    Path trace = folder.resolve("network.trace");
    CommandRun run = CommandRun.of(join("run", join(options, "--json")));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(CommandRun.of(join("compile", join(options, "--out", trace.toString()))).exit())
        .isZero();
    assertThat(CommandRun.of("replay", trace.toString(), "--json")).isEqualTo(run);
  }

  @Test
  void activityOfDataIsToldAndPriced() throws IOException {
    Path out = folder.resolve("measured");
    String[] asked = {
      "run",
      "--network",
      "lenet5-mnist-segments",
      "--crossbar",
      "32x32",
      "--activity",
      "data",
      "--data",
      "networks/lenet5-mnist",
      "--images",
      "5"
    };
    CommandRun run = CommandRun.of(join(asked, "--json", "--out", out.toString()));
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode document = JSON.readTree(run.out());
    JsonSchema schema =
        new JsonSchema(JSON.readTree(Files.readString(Path.of("docs/result.schema.json"))));
    assertThat(schema.problems(document)).isEmpty();

    assertThat(run.out()).isEqualTo(Files.readString(out.resolve("result.json")));
    assertThat(document.path("activityImages").asInt()).isEqualTo(5);
    JsonNode activity = document.path("activity");
    double mean = activity.path("meanEnergyPj").asDouble();
    assertThat(document.at("/energyPj/total").asDouble() / mean)
        .isCloseTo(activity.path("energyRatio").asDouble(), within(1e-9));
    double drives = 0;
    for (JsonNode row : document.path("energyRows")) {
      boolean counted = row.path("action").asString().equals("wordline-drives");
      drives += counted ? row.path("count").asDouble() : 0;
    }
    double told = 0;
    for (JsonNode layer : activity.path("layers")) {
      told += layer.at("/data/wordlineDrives").asDouble();
    }
    assertThat(told).isEqualTo(drives).isPositive();
    assertThat(Files.readAllLines(out.resolve("activity.csv")))
        .hasSize(1 + 2 * activity.path("layers").size())
        .first()
        .isEqualTo(
            "layer,activity,activeRows0,meanSquare0,activeRows1,meanSquare1,wordlineDrives,"
                + "cellInputSquares,cellInputSquareLevels,pj");
    CommandRun replayed = CommandRun.of("replay", out.resolve("result.trace").toString(), "--json");
    assertThat(JSON.readTree(replayed.out()).path("energyRows"))
        .isEqualTo(document.path("energyRows"));
    assertThat(CommandRun.of(asked).out()).contains("activity of 5 images", "data : mean");
    assertThat(CommandRun.of(join(asked, "--compare", "dense")).out())
        .contains("dense, activity of 5 images", "block-compact, activity of 5 images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--network lenet5-mnist", "--network cnn-1 --batch 500"})
  void leavingOutWhatRepeatsItselfChangesNoByte(String design) {
    String[] options = design.split(" ");
    Path trace = folder.resolve("network.trace");
    CommandRun run = CommandRun.of(join("run", join(options, "--json")));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(CommandRun.of(join("compile", join(options, "--out", trace.toString()))).exit())
        .isZero();
    for (String option : List.of("--no-fast-forward", "--verify-fast-forward")) {
      assertThat(CommandRun.of(join("run", join(options, "--json", option)))).isEqualTo(run);
      assertThat(CommandRun.of("replay", trace.toString(), "--json", option)).isEqualTo(run);
    }
  }

  @Test
  void theOutputFolderHoldsWhatIsNeededToRepeatTheRun() throws IOException {
    Path out = folder.resolve("a/b");
    CommandRun run =
        CommandRun.of(
            "run",
            "--network",
            "mlp-s",
            "--crossbar",
            "128x128",
            "--json",
            "--out",
            out.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(names(out))
        .containsExactly(
            "crossbars.json",
            "energy.csv",
            "hardware.yaml",
            "mapping.json",
            "result.json",
            "result.trace");
    assertThat(Files.readString(out.resolve("result.json"))).isEqualTo(run.out());
    assertThat(
            CommandRun.of(
                    "replay",
                    out.resolve("result.trace").toString(),
                    "--hardware",
                    out.resolve("hardware.yaml").toString(),
                    "--json")
                .out())
        .isEqualTo(run.out());
    List<String> csv = Files.readAllLines(out.resolve("energy.csv"));
    assertThat(csv.get(0)).isEqualTo("component,layer,action,count,pjEach,pj,level");
    assertThat(csv).hasSize(1 + JSON.readTree(run.out()).at("/energyRows").size());
  }

  @Test
  void aComparisonWritesBothRuns() throws IOException {
    CommandRun run =
        CommandRun.of(
            "run", "--network", "mlp-s", "--compare", "dense", "--out", folder.toString());
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(names(folder))
        .containsExactly(
            "baseline-crossbars.json",
            "baseline-energy.csv",
            "baseline-mapping.json",
            "baseline-result.json",
            "baseline-result.trace",
            "comparison.json",
            "crossbars.json",
            "energy.csv",
            "hardware.yaml",
            "mapping.json",
            "result.json",
            "result.trace");
  }

  @Test
  void settingAKeyChangesTheResultAndIsRecorded() {
    JsonNode plain = document("run", "--network", "mlp-s", "--json");
    JsonNode faster =
        document("run", "--network", "mlp-s", "--set", "timing.saBitNs=4.9", "--json");
    assertThat(faster.at("/cycles").longValue()).isLessThan(plain.at("/cycles").longValue());
    assertThat(faster.at("/provenance/overrides/0").stringValue()).isEqualTo("timing.saBitNs=4.9");
    assertThat(faster.at("/provenance/hardwareDigest"))
        .isNotEqualTo(plain.at("/provenance/hardwareDigest"));
  }

  @Test
  void theSeedReachesTheMappingAndIsRecorded() {
    String[] design = {"--network", "lenet5-mnist", "--crossbar", "32x32", "--json"};
    String[] drawing = join(join("compile", design), "--mapping", "strip-kmeans");
    JsonNode first = document(drawing);
    JsonNode other = document(join(drawing, "--seed", "2"));
    assertThat(first.at("/provenance/seed").longValue()).isEqualTo(1);
    assertThat(other.at("/provenance/seed").longValue()).isEqualTo(2);
    assertThat(other.at("/crossbars/mapped")).isNotEqualTo(first.at("/crossbars/mapped"));
    assertThat(document(join(drawing, "--seed", "1"))).isEqualTo(first);
    // A baseline draws from the same seed.
    String[] compared = join(join("run", design), "--compare", "strip-kmeans", "--seed", "2");
    assertThat(document(compared).at("/baseline/crossbars")).isEqualTo(other.at("/crossbars"));
  }

  @Test
  void everyTextIsATableAndNothingElse() {
    for (String[] arguments :
        new String[][] {
          {"run", "--network", "mlp-s"},
          {"compile", "--network", "lenet5-mnist"},
          {"accuracy", "--limit", "20"},
          {"list", "networks"},
          {"list", "hardware"},
          {"list", "mappings"},
        }) {
      CommandRun run = CommandRun.of(arguments);
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).endsWith("\n").doesNotContain("NaN", "Infinity", "null", "\r");
    }
  }

  @Test
  void listingHardwareShowsWhatItImplies() {
    List<String> lines = CommandRun.of("list", "hardware").out().lines().toList();
    int head = lines.lastIndexOf("") + 1;
    assertThat(lines.get(head)).contains("signed weights", "SA bits/result", "TOPS/W");
    // 2^28 weights, 6 + 3 + 2 bits; the rest follows from prices that tests of energy pin.
    assertThat(lines.subList(head + 1, lines.size()))
        .filteredOn(line -> line.startsWith("prime-45nm "))
        .singleElement(as(STRING))
        .contains(" 268,435,456 ", " 11 ", " 1,766 ns ");
  }

  @Test
  void accuracyIsGivenInThreeArithmetics() {
    JsonNode accuracy = document("accuracy", "--limit", "50", "--crossbar", "64x64", "--json");
    assertThat(accuracy.at("/images").intValue()).isEqualTo(50);
    assertThat(accuracy.at("/correct").propertyNames())
        .containsExactlyInAnyOrder("float", "integer", "prime");
    assertThat(accuracy.at("/accuracy/float").doubleValue())
        .isEqualTo(accuracy.at("/correct/float").doubleValue() / 50)
        .isGreaterThan(0.9);
    assertThat(accuracy.at("/calibration").stringValue()).isEqualTo("measured");
    assertThat(accuracy.at("/calibrationImages").intValue()).isEqualTo(256);
  }

  @Test
  void chipsDifferAsAskedAndComeAgain() {
    String[] line = {
      "accuracy",
      "--limit",
      "50",
      "--crossbar",
      "64x64",
      "--stuck-on",
      "0.2",
      "--chips",
      "3",
      "--json"
    };
    JsonNode accuracy = document(line);
    JsonNode chips = accuracy.at("/chips");
    assertThat(chips.at("/stuckOn").doubleValue()).isEqualTo(0.2);
    assertThat(chips.at("/spread").doubleValue()).isZero();
    assertThat(chips.at("/onOffRatio").doubleValue()).isEqualTo(20);
    assertThat(chips.at("/correct").size()).isEqualTo(3);
    int sum = 0;
    for (JsonNode correct : chips.at("/correct")) {
      // A fifth of all cells at the highest level is more than any network bears.
      assertThat(correct.intValue()).isLessThan(accuracy.at("/correct/prime").intValue() - 5);
      sum += correct.intValue();
    }
    assertThat(chips.at("/accuracy/mean").doubleValue()).isEqualTo(sum / 3.0 / 50);
    assertThat(document(with(line, "--jobs", "1"))).isEqualTo(accuracy);
    assertThat(document(with(line, "--jobs", "3"))).isEqualTo(accuracy);

    String text =
        CommandRun.of("accuracy", "--limit", "20", "--cell-spread", "0.05", "--chips", "1").out();
    assertThat(text)
        .contains("1 chip with cells of their own: a spread of 5 %, 0 % stuck at level 0")
        .doesNotContain("worst chip");
  }

  @Test
  void wiresAndNoiseCostAccuracy() {
    JsonNode wires =
        document("accuracy", "--limit", "50", "--wire-resistance", "20", "--json").at("/chips");
    assertThat(wires.at("/wireOhm").doubleValue()).isEqualTo(20);
    // Wires are the same on each chip.
    assertThat(wires.at("/correct").size()).isEqualTo(1);
    assertThat(wires.at("/correct/0").intValue()).isLessThan(40);

    String[] line = {
      "accuracy", "--limit", "50", "--read-noise", "0.8", "--chips", "2", "--seed", "4", "--json"
    };
    JsonNode noise = document(line).at("/chips");
    assertThat(noise.at("/readNoise").doubleValue()).isEqualTo(0.8);
    assertThat(noise.at("/wireOhm").doubleValue()).isZero();
    assertThat(noise.at("/accuracy/most").doubleValue()).isLessThan(0.9);
    assertThat(document(line).at("/chips")).isEqualTo(noise);

    String text =
        CommandRun.of(
                "accuracy", "--limit", "10", "--read-noise", "0.05", "--wire-resistance", "0.5")
            .out();
    assertThat(text)
        .contains("5 chips with readings that differ by 5 % a cell, and wires of 0.5 ohm from cell")
        .contains("worst chip", "mean", "best chip");
  }

  /** A calibration made for other number formats counts for nothing. */
  @Test
  void accuracySaysThatItsCalibrationIsAssumed(@TempDir Path folder) throws IOException {
    Path shipped = Path.of("networks", "cnn-1-mnist");
    for (String file : List.of("network.yaml", "weights.npz", "calibration.yaml")) {
      Files.copy(shipped.resolve(file), folder.resolve(file));
    }
    String images = shipped.resolve("test-images.npz").toString();
    String[] call = {
      "accuracy", "--network", folder.toString(), "--data", images, "--limit", "20", "--crossbar"
    };

    CommandRun covered = CommandRun.of(with(call, "64x64"));
    CommandRun assumed = CommandRun.of(with(call, "64x64", "--set", "quantization.weightBits=4"));

    assertThat(covered.out()).contains("measured on 256 training images").doesNotContain("assumed");
    assertThat(assumed.out())
        .contains("input ranges and windows assumed, as for synthetic weights")
        .doesNotContain("measured");
    Files.delete(folder.resolve("calibration.yaml"));
    JsonNode document = document(with(call, "64x64", "--json"));
    assertThat(document.at("/calibration").stringValue()).isEqualTo("assumed");
    assertThat(document.at("/calibrationImages").intValue()).isZero();
  }

  private static String[] with(String[] call, String... more) {
    return Stream.concat(Arrays.stream(call), Arrays.stream(more)).toArray(String[]::new);
  }

  @Test
  void explainsWhatPrimeImplies() {
    JsonNode facts = document("run", "--explain-hardware", "--json").at("/facts");
    Map<String, Double> values = new HashMap<>();
    for (JsonNode fact : facts) {
      values.put(fact.at("/name").stringValue(), fact.at("/value").doubleValue());
    }
    // PRIME, III and V-A: what the paper states exactly.
    assertThat(values)
        .containsEntry("banks", 64.0)
        .containsEntry("FF subarrays per bank", 2.0)
        .containsEntry("Buffer subarrays per bank", 1.0)
        .containsEntry("subarrays per bank", 64.0)
        .containsEntry("signed weights", 0x1p28)
        .containsEntry("bitlines per sense amplifier", 32.0)
        .containsEntry("input slice 0, weight slice 0", 6.0)
        .containsEntry("input slice 1, weight slice 0", 3.0)
        .containsEntry("input slice 0, weight slice 1", 2.0)
        .containsEntry("input slice 1, weight slice 1", 0.0)
        .containsEntry("tRCD", 22.5)
        .containsEntry("tCL", 9.8)
        .containsEntry("tRP", 0.5)
        .containsEntry("tWR", 41.4)
        .containsKeys("efficiency", "energy", "buffer-read-bits");
    assertThat(CommandRun.of("run", "--explain-hardware").out()).contains("TOPS/W", "268,435,456");
  }

  @Test
  void listsNameWhatIsBundled() {
    assertThat(CommandRun.of("list", "networks").out())
        .contains("lenet5-mnist", "vgg-d", "mlp-s", "trained", "synthetic");
    assertThat(document("list", "hardware", "--json").has("prime-45nm")).isTrue();
    assertThat(document("list", "mappings", "--json").propertyNames())
        .contains("dense", "zero-tile", "block-compact");
  }

  @Test
  void everyMappingHasAWord() {
    JsonNode mappings = document("list", "mappings", "--json");
    List<String> words = new ArrayList<>();
    mappings.forEach(each -> words.add(each.stringValue()));
    assertThat(words).allMatch(word -> word.length() > 20 && !word.contains("null"));
    assertThat(words).doesNotHaveDuplicates().filteredOn(w -> w.endsWith("(default)")).hasSize(1);
    assertThat(mappings.at("/block-compact").stringValue()).endsWith("heaviest first (default)");
  }

  @Test
  void listsAreCutWhereTheyWouldWrapAndNowhereElse() {
    JsonNode whole = document("list", "networks", "--json");
    for (CommandRun piped :
        List.of(CommandRun.of("list", "networks"), CommandRun.wishing(60, "list", "networks"))) {
      List<String> lines = piped.out().lines().toList();
      assertThat(lines).hasSize(whole.size()).anyMatch(line -> line.length() > 200);
      for (String line : lines) {
        String[] parts = line.split(" {2,}", 2);
        assertThat(parts[1]).isEqualTo(whole.get(parts[0]).stringValue());
      }
    }
    List<String> shown = CommandRun.onTerminal(70, "list", "networks").out().lines().toList();
    assertThat(shown).hasSize(whole.size()).allMatch(line -> line.length() <= 70);
    assertThat(shown).anyMatch(line -> line.length() > 60 && line.endsWith(" ..."));
    assertThat(CommandRun.onTerminal(5, "list", "networks").out().lines().map(String::strip))
        .containsExactlyElementsOf(whole.propertyNames());
  }

  @Test
  void helpIsAsWideAsTheTerminal() {
    assertThat(longest(CommandRun.of("run", "--help"))).isBetween(90, 100);
    assertThat(longest(CommandRun.wishing(60, "run", "--help"))).isBetween(56, 60);
    assertThat(longest(CommandRun.wishing(140, "run", "--help"))).isBetween(120, 140);
    assertThat(longest(CommandRun.wishing(20, "run", "--help"))).isLessThanOrEqualTo(55);
  }

  private static int longest(CommandRun run) {
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out().lines().mapToInt(String::length).max().orElseThrow();
  }

  @Test
  void helpOfOutNamesAllThatARunLeaves() {
    String help = CommandRun.wishing(1000, "run", "--help").out();
    assertThat(help.lines().filter(line -> line.contains("--out=DIR ")))
        .singleElement(as(STRING))
        .contains(Output.FILES)
        .contains("comparison.json", "breakdown.csv", "hardware.yaml");
  }

  @Test
  void helpAndVersionAreResults() {
    for (String command : List.of("run", "compile", "replay", "accuracy", "list")) {
      CommandRun run = CommandRun.of(command, "--help");
      assertThat(run.exit()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("Usage: primesim " + command);
    }
    CommandRun help = CommandRun.of("--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Examples:", "primesim replay");
    CommandRun version = CommandRun.of("--version");
    assertThat(version.exit()).isZero();
    assertThat(version.out()).matches("primesim \\d+\\.\\d+\\.\\d+\\S*\n");
  }

  @Test
  void aClosedPipeIsQuietAndAFullDiskIsNot() {
    assertThat(withOutput("Broken pipe")).isEqualTo(new CommandRun(0, "", ""));
    CommandRun full = withOutput("No space left on device");
    assertThat(full.exit()).isEqualTo(2);
    assertThat(full.err())
        .isEqualTo("primesim: standard output: cannot be written: No space left on device\n");
  }

  @Test
  void whatWouldSteerTheTerminalIsNotSaid() {
    CommandRun run = CommandRun.of("list", "\u001b[2Jnetworks");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("?[2Jnetworks").doesNotContain("\u001b");
  }

  @Test
  void aFolderHoldsOneRunAndNothingOfTheOneBefore() throws IOException {
    Path out = folder.resolve("out");
    CommandRun.of("run", "--network=mlp-s", "--compare=dense", "--breakdown=level", "--out=" + out);
    assertThat(names(out)).contains("comparison.json", "baseline-result.json", "breakdown.csv");
    Files.writeString(out.resolve("notes.txt"), "mine");

    assertThat(CommandRun.of("run", "--network=mlp-s", "--out=" + out).exit()).isZero();

    List<String> one =
        List.of(
            "crossbars.json",
            "energy.csv",
            "hardware.yaml",
            "mapping.json",
            "notes.txt",
            "result.json",
            "result.trace");
    assertThat(names(out)).isEqualTo(one);
    CommandRun.of("replay", out.resolve("result.trace").toString(), "--out=" + out);
    assertThat(names(out)).as("a replay belongs to the run that wrote its trace").isEqualTo(one);
  }

  @Test
  void aFolderWithoutANameIsRefused() {
    for (String command :
        List.of(
            "run --network=mlp-s --out=",
            "prune --network=mlp-s --scheme=magnitude --target=0.5 --out=",
            "sweep docs/examples/sizes.yaml --out=",
            "evaluate --part=networks --network=LeNet-5 --out=",
            "reductions --network=mlp-s --out=")) {
      CommandRun run = CommandRun.of(command.split(" "));
      assertThat(run.exit()).as(command).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .as(command)
          .contains("--out '': is no folder, allowed: the name of one");
    }
    CommandRun report = CommandRun.of("report", "");
    assertThat(report.exit()).isEqualTo(2);
    assertThat(report.err()).contains("'': is no folder, allowed: the name of one");
  }

  @Test
  void aSweepIsNotMixedWithARun() throws IOException {
    Files.writeString(folder.resolve("sweep.json"), "{}");
    CommandRun run = CommandRun.of("run", "--network=mlp-s", "--out=" + folder);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--out '" + folder + "': holds a sweep (sweep.json)");
    assertThat(names(folder)).containsExactly("sweep.json");
  }

  private static CommandRun withOutput(String complaint) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException(complaint);
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exit =
        Primesim.execute(
            new Terminal(
                failing,
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                OptionalInt.empty(),
                false,
                Path.of("")),
            "list",
            "mappings");
    return new CommandRun(exit, "", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void theLocaleDecidesWhetherBarsAreBlocks() {
    assertThat(Terminal.showsUnicode(Map.of("LANG", "de_DE.UTF-8"))).isTrue();
    assertThat(Terminal.showsUnicode(Map.of("LANG", "C.utf8", "LC_ALL", ""))).isTrue();
    assertThat(Terminal.showsUnicode(Map.of("LANG", "C.UTF-8", "LC_ALL", "C"))).isFalse();
    assertThat(Terminal.showsUnicode(Map.of())).isFalse();
  }

  private static List<String> names(Path path) throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
    }
  }

  private static String[] join(String first, String... rest) {
    return join(new String[] {first}, rest);
  }

  private static String[] join(String[] first, String... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray(String[]::new);
  }
}
