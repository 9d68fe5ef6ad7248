package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Claims of an installation of their own, so that they can be damaged. */
class ValidateCommandTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private Path installation;

  @BeforeEach
  void install() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    Files.createSymbolicLink(installation.resolve("hw-configs"), root.resolve("hw-configs"));
    Files.createSymbolicLink(installation.resolve("networks"), root.resolve("networks"));
    Files.createDirectory(installation.resolve("validation"));
    take("isaac-tile");
    take("prime-array");
  }

  private Path take(String claim) throws IOException {
    Path folder = Files.createDirectory(installation.resolve("validation").resolve(claim));
    Path file = folder.resolve("claim.yaml");
    return Files.copy(Path.of("validation", claim, "claim.yaml"), file);
  }

  private void replace(String claim, String what, String by) throws IOException {
    Path file = installation.resolve("validation").resolve(claim).resolve("claim.yaml");
    String text = Files.readString(file);
    assertThat(text).contains(what);
    Files.writeString(file, text.replace(what, by));
  }

  /** Named claims leave out the comparison with the baselines, which takes six simulations. */
  private CommandRun validate(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--only")) {
      all.addAll(List.of("--only", "isaac-tile,prime-array"));
    }
    return CommandRun.in(installation, "validate", all.toArray(String[]::new));
  }

  private void refused(String... parts) {
    CommandRun run = validate();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.err()).contains(parts);
  }

  @Test
  void claimsThatHoldExitWithZero() {
    CommandRun run = validate();
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("isaac-tile", "2 claims, 9 figures: 9 holds");
  }

  @Test
  void aWrongValueExitsWithOne() throws IOException {
    replace("isaac-tile", "expected: 330", "expected: 331");
    CommandRun run = validate();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("FAILS", "8 holds, 1 fails");
    assertThat(validate("--only", "prime-array").exit()).isZero();
  }

  @Test
  void aKnownDeviationPassesUntilItChanges() throws IOException {
    replace("isaac-tile", "expected: 330", "expected: 331");
    Path file = installation.resolve("validation/isaac-tile/claim.yaml");
    String known = "deviates:\n  reason: a slip of the pen\n  frozen: {tile: 329.81}\n";
    Files.writeString(file, Files.readString(file) + known);
    CommandRun run = validate();
    assertThat(run.exit()).isZero();
    assertThat(run.out()).contains("isaac-tile deviates: a slip of the pen", "1 deviates");
    replace("isaac-tile", "329.81", "329.82");
    CommandRun changed = validate();
    assertThat(changed.exit()).isEqualTo(1);
    assertThat(changed.out()).contains("CHANGED");
  }

  @Test
  void theDocumentStandsAloneAndSaysWhatTheTableSays() throws IOException {
    replace("isaac-tile", "expected: 330", "expected: 331");
    CommandRun run = validate("--json");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    JsonNode document = JSON.readTree(run.out());
    assertThat(document.at("/accepted").booleanValue()).isFalse();
    assertThat(document.at("/claims/0/verdict").stringValue()).isEqualTo("fails");
    assertThat(document.at("/claims/0/figures/2/ours").doubleValue()).isBetween(329.8, 329.9);
  }

  @Test
  void filesAppearTogether() throws IOException {
    Path out = installation.resolve("out");
    assertThat(validate("--out", out.toString()).exit()).isZero();
    assertThat(JSON.readTree(Files.readString(out.resolve("validation.json"))))
        .isEqualTo(JSON.readTree(validate("--json").out()));
    assertThat(Files.readString(out.resolve("validation.html")))
        .contains("primesim.validation/1", "isaac-tile");
    assertThat(Files.readString(out.resolve("validation.md")))
        .contains(
            "| [isaac-tile](../validation/isaac-tile/claim.yaml) | tile | 330 | 329.8 | mW |");
    assertThat(Files.readString(out.resolve("ours-against-theirs.svg"))).contains("</svg");
    assertThat(Files.readAllLines(out.resolve("claims.csv"))).hasSize(10);
  }

  @Test
  void damagedClaimsAreRefusedInOneLine() throws IOException {
    replace("isaac-tile", "strength: exact", "strength: firm");
    refused("isaac-tile/claim.yaml:7", "'strength'", "firm", "allowed: exact, band, shape, report");
  }

  @Test
  void anUnknownKeyIsRefused() throws IOException {
    replace("isaac-tile", "inputs: {}", "inputs: {}\nimputs: {}");
    refused("isaac-tile/claim.yaml:9", "'imputs'", "allowed here");
  }

  @Test
  void anotherNameThanItsFolderIsRefused() throws IOException {
    replace("isaac-tile", "id: isaac-tile", "id: isaac");
    refused("'id' is \"isaac\", allowed: isaac-tile");
  }

  @Test
  void twoTolerancesAreRefused() throws IOException {
    replace("isaac-tile", "{decimals: 3}", "{decimals: 3, factor: 2}");
    refused("isaac-tile/claim.yaml", "tolerance of 2 kinds");
  }

  @Test
  void anInputThatNothingReadsIsRefused() throws IOException {
    replace("prime-array", "{hardware: prime-45nm}", "{hardware: prime-45nm, speed: 3}");
    refused("prime-array/claim.yaml", "[speed]", "allowed:");
  }

  @Test
  void anInputThatMakesNoSenseIsRefused() throws IOException {
    replace("prime-array", "organization.arrayRows", "organization.rows");
    refused("prime-array/claim.yaml", "'wordlines'", "organization.rows");
  }

  @Test
  void anUnknownFigureIsRefused() throws IOException {
    replace("isaac-tile", "figure: isaac, of: {item: tileMw}", "figure: isaak, of: {item: tileMw}");
    refused("isaac-tile/claim.yaml", "'tile'", "figure 'isaak' is unknown, allowed: accuracy-loss");
  }

  private static final String STORED =
      """
      schema: primesim.claim/1
      id: stored
      title: Throughput of a network that is not simulated
      publication: LIN
      reference: none
      grade: A
      strength: report
      inputs: {network: mlp-s-mnist, mapping: block-compact, treatment: pruned by magnitude, size: 32}
      values:
        - {name: energy, unit: x, figure: evaluated-gain, of: {table: networks, over: same, gain: energy}}
        - {name: throughput, unit: x, figure: evaluated-gain, of: {table: networks, over: prime, gain: throughput}}
      reasoning: to see whether what is stored counts
      """;

  /** What {@code evaluate} stores: the design asked for, and the one that is simulated again. */
  private void store(String energyOfLenet) throws IOException {
    Path stored = Files.createDirectories(installation.resolve("docs/evaluation"));
    Files.writeString(
        stored.resolve("networks.csv"),
        """
        network,treatment,scheme,crossbarSize,energyPj,energyPjDense,throughputPerSecond,throughputPerSecondDense,throughputPerSecondUndivided
        mlp-s-mnist,pruned by magnitude,block-compact,32,2,5,30,20,10
        """);
    if (!energyOfLenet.isEmpty()) {
      Files.writeString(
          stored.resolve("networks.csv"),
          "lenet5-mnist,pruned by magnitude,block-compact,32," + energyOfLenet + ",5,30,20,10\n",
          StandardOpenOption.APPEND);
    }
    Files.writeString(stored.resolve("inputs.csv"), "name,sha256\n" + digests());
  }

  private String digests() {
    JsonNode provenance =
        JSON.readTree(
                CommandRun.in(installation, "compile", "--network", "mlp-s-mnist", "--json").out())
            .at("/provenance");
    return "mlp-s-mnist,"
        + provenance.get("networkDigest").stringValue()
        + "\nprime-45nm,"
        + provenance.get("hardwareDigest").stringValue()
        + "\n";
  }

  @Test
  void aStoredFigureCountsForWhatItWasMeasuredOn() throws IOException {
    Path claim = Files.createDirectory(installation.resolve("validation/stored"));
    Files.writeString(claim.resolve("claim.yaml"), STORED);
    CommandRun nothing = validate("--only", "stored");
    assertThat(nothing.exit()).isZero();
    assertThat(nothing.out()).contains("no evaluation is stored");

    store("");
    JsonNode found = JSON.readTree(validate("--only", "stored", "--json").out());
    assertThat(found.at("/claims/0/figures/0/ours").doubleValue()).isEqualTo(2.5);
    assertThat(found.at("/claims/0/figures/1/ours").doubleValue()).isEqualTo(3);

    assertThat(validate("--only", "stored", "--set", "timing.saBitNs=5").out())
        .contains("stored for the design that the claim names");

    store("1");
    CommandRun other = validate("--only", "stored");
    assertThat(other.exit()).isEqualTo(1);
    assertThat(other.out()).contains("CHANGED", "stored by another simulator");

    Path inputs = installation.resolve("docs/evaluation/inputs.csv");
    Files.writeString(inputs, "name,sha256\nmlp-s-mnist,00\nprime-45nm,00\n");
    CommandRun stale = validate("--only", "stored");
    assertThat(stale.exit()).isEqualTo(1);
    assertThat(stale.out()).contains("stored for another state of mlp-s-mnist");
  }

  @Test
  void anUnknownClaimIsRefused() {
    CommandRun run = validate("--only", "isaac");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--only 'isaac'", "allowed: isaac-tile, prime-array");
  }
}
