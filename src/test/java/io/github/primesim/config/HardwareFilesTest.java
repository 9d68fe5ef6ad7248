package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.hardware.SenseAmplifierPolicy;
import io.github.primesim.hardware.Timing;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class HardwareFilesTest {
  private static final Path INSTALLATION = Path.of("").toAbsolutePath();

  @TempDir Path folder;

  private static LoadedHardware prime(String... overrides) {
    return HardwareFiles.load(INSTALLATION, "prime-45nm", List.of(overrides));
  }

  private static List<String> bundledNames() {
    return HardwareFiles.bundled(INSTALLATION);
  }

  /** A file that loads: prime-45nm resolved, with one piece of text replaced. */
  private Path changed(String from, String to) throws IOException {
    String text = prime().resolvedYaml();
    assertThat(text).contains(from);
    return write("changed.yaml", text.replace(from, to));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void refused(Path file, String... parts) {
    assertThatThrownBy(() -> HardwareFiles.load(INSTALLATION, file.toString(), List.of()))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll(parts)
        .message()
        .contains(".yaml")
        .hasLineCount(1);
  }

  private static void setRefused(String override, String... parts) {
    assertThatThrownBy(() -> prime(override))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith("--set " + override)
        .hasMessageContainingAll(parts)
        .message()
        .hasLineCount(1);
  }

  private static void is(Quantity quantity, double value, Basis basis) {
    assertThat(quantity.value()).isEqualTo(value);
    assertThat(quantity.basis()).isEqualTo(basis);
  }

  @Test
  void primeIsOrganisedAsPublished() {
    Organization organization = prime().spec().organization();

    is(organization.banks(), 64, Basis.PUBLISHED);
    is(organization.chipsPerRank(), 8, Basis.PUBLISHED);
    is(organization.banksPerChip(), 8, Basis.PUBLISHED);
    is(organization.subarraysPerBank(), 64, Basis.PUBLISHED);
    is(organization.ffSubarraysPerBank(), 2, Basis.PUBLISHED);
    is(organization.bufferSubarraysPerBank(), 1, Basis.PUBLISHED);
    is(organization.matsPerFfSubarray(), 32, Basis.FITTED);
    assertThat(
            organization.arrayBitlines().count() / organization.bitlinesPerSenseAmplifier().count())
        .as("sense amplifiers per 256 bitlines")
        .isEqualTo(8);
  }

  @Test
  void primeComputesAndIsReadAsPublished() {
    HardwareSpec spec = prime().spec();
    Timing timing = spec.timing();

    is(timing.tRcdNs(), 22.5, Basis.PUBLISHED);
    is(timing.tClNs(), 9.8, Basis.PUBLISHED);
    is(timing.tRpNs(), 0.5, Basis.PUBLISHED);
    is(timing.tWrNs(), 41.4, Basis.PUBLISHED);
    is(timing.ioBusMhz(), 533, Basis.PUBLISHED);
    is(spec.quantization().inputBits(), 6, Basis.PUBLISHED);
    is(spec.quantization().weightBits(), 8, Basis.PUBLISHED);
    is(spec.quantization().outputBits(), 6, Basis.PUBLISHED);
    is(spec.cell().onResistanceOhm(), 1000, Basis.PUBLISHED);
    is(spec.cell().offResistanceOhm(), 20_000, Basis.PUBLISHED);
    assertThat(ConversionBits.of(spec, 256).parts())
        .isEqualTo(List.of(List.of(6, 2), List.of(3, 0)));
  }

  @Test
  void theClockIsAKey() {
    assertThat(prime("timing.clockPeriodNs=0.5").spec().timing().clockPeriodNs().value())
        .isEqualTo(0.5);
  }

  @Test
  void bundledNamesAreListedWithoutTheTables() {
    assertThat(bundledNames()).contains("prime-45nm", "tiny").isSorted();
  }

  @ParameterizedTest
  @MethodSource("bundledNames")
  void everyBundledFileLoadsUnderItsOwnName(String name) {
    assertThat(HardwareFiles.load(INSTALLATION, name, List.of()).spec().name()).isEqualTo(name);
  }

  @Test
  void aSettingReplacesTheValueAndSaysWhereItCameFrom() {
    LoadedHardware hardware =
        prime(
            "quantization.weightBits=4",
            "timing.saBitNs.value = 5",
            "organization.sharedSenseAmplifiers=true",
            "quantization.senseAmplifierPolicy=isoLsb",
            "energy.conversionPj[5]=2.02");

    HardwareSpec spec = hardware.spec();
    assertThat(spec.quantization().weightBits())
        .isEqualTo(new Quantity(4, "bit", "set on the command line", "any", Basis.ASSUMED));
    assertThat(spec.timing().saBitNs().value()).isEqualTo(5);
    assertThat(spec.organization().sharedSenseAmplifiers()).isTrue();
    assertThat(spec.quantization().senseAmplifierPolicy()).isEqualTo(SenseAmplifierPolicy.ISO_LSB);
    assertThat(spec.energy().conversionPj().get(5).value()).isEqualTo(2.02);
    assertThat(hardware.overrides())
        .containsExactly(
            "quantization.weightBits=4",
            "timing.saBitNs=5",
            "organization.sharedSenseAmplifiers=true",
            "quantization.senseAmplifierPolicy=isoLsb",
            "energy.conversionPj[5]=2.02");
    assertThat(prime(hardware.overrides().toArray(String[]::new)).digest())
        .as("the overrides in their plain form give the same memory")
        .isEqualTo(hardware.digest());
  }

  @Test
  void theResolvedFileIsCompleteAndLoadsToTheSameMemory() throws IOException {
    LoadedHardware hardware = prime("timing.saBitNs=5");
    Path file = write("resolved.yaml", hardware.resolvedYaml());

    LoadedHardware again = HardwareFiles.load(folder, file.toString(), List.of());

    assertThat(again.spec()).isEqualTo(hardware.spec());
    assertThat(again.digest()).isEqualTo(hardware.digest());
    assertThat(again.resolvedYaml()).isEqualTo(hardware.resolvedYaml()).contains("Choo");
  }

  @Test
  void theDigestKnowsValuesAndChoicesButNoProse() throws IOException {
    String digest = prime().digest();
    Path prose = changed("\"PRIME, V-A: 2 FF subarrays per bank\"", "\"the paper\"");

    assertThat(digest).matches("[0-9a-f]{64}");
    assertThat(HardwareFiles.load(INSTALLATION, prose.toString(), List.of()).digest())
        .isEqualTo(digest);
    assertThat(prime("timing.saBitNs=9.8").digest()).isEqualTo(digest);
    assertThat(prime("timing.saBitNs=9.81").digest()).isNotEqualTo(digest);
    assertThat(prime("cell.conduction=conversion").digest()).isNotEqualTo(digest);
    assertThat(prime("energy.conversionPj[0]=1").digest()).isNotEqualTo(digest);
  }

  @Test
  void aUsersFileExtendsABundledOneAndWins() throws IOException {
    write(
        "table.yaml",
        """
        timing:
          saBitNs: {value: 5, unit: ns, source: table, node: any, basis: assumed}
          reorderNs: {value: 2, unit: ns, source: table, node: any, basis: assumed}
        """);
    Path file =
        write(
            "mine.yaml",
            """
            name: mine
            description: my own
            extends: [prime-45nm, table.yaml]
            timing:
              saBitNs: {value: 4, unit: ns, source: mine, node: any, basis: assumed}
            """);

    HardwareSpec spec = HardwareFiles.load(INSTALLATION, file.toString(), List.of()).spec();

    assertThat(spec.name()).isEqualTo("mine");
    assertThat(spec.timing().saBitNs().source()).isEqualTo("mine");
    assertThat(spec.timing().reorderNs().value()).isEqualTo(2);
    assertThat(spec.timing().tClNs().value()).isEqualTo(9.8);
  }

  @Test
  void aNumberDoesNotInheritTheSourceOfAnother() throws IOException {
    Path file =
        write(
            "mine.yaml",
            """
            name: mine
            description: my own
            extends: prime-45nm
            timing:
              saBitNs: {value: 4}
            """);

    refused(file, "mine.yaml:5", "timing.saBitNs", "has no unit");
  }

  @ParameterizedTest
  @CsvSource({"unit", "source", "node", "basis", "value"})
  void aNumberMissingAnyOfItsPartsIsRefused(String part) throws IOException {
    String timing = "  saBitNs:\n";
    String text = prime().resolvedYaml();
    int start = text.indexOf("    " + part + ":", text.indexOf(timing));
    String without = text.substring(0, start) + text.substring(text.indexOf('\n', start) + 1);

    refused(write("changed.yaml", without), "changed.yaml:", "timing.saBitNs", "has no " + part);
  }

  @Test
  void aPlainNumberIsRefused() throws IOException {
    Path file =
        write(
            "mine.yaml",
            """
            name: mine
            description: my own
            extends: prime-45nm
            timing:
              saBitNs: 4
            """);

    refused(file, "mine.yaml:5", "timing.saBitNs", "is 4", "{value, unit, source, node, basis}");
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOne() throws IOException {
    refused(changed("  saBitNs:", "  saBitsNs:"), "'timing.saBitsNs'", "'timing.saBitNs'");
    refused(changed("timing:", "timings:"), "'timings'", "'timing'");
    refused(changed("      basis: \"fitted\"", ""), "alternatives[2]", "has no basis");
  }

  @Test
  void aMissingKeyOrSectionIsRefused() throws IOException {
    Path file = write("mine.yaml", "name: mine\ndescription: my own\n");

    refused(file, "mine.yaml", "'organization' is missing");
    refused(changed("  sharedSenseAmplifiers: false\n", ""), "sharedSenseAmplifiers' is missing");
  }

  @Test
  void aFileThatDoesNotNameItselfIsRefused() throws IOException {
    refused(write("mine.yaml", "extends: prime-45nm\n"), "mine.yaml", "'name' is missing");
    refused(changed("name: \"prime-45nm\"", "name: \"my memory\""), "\"my memory\"", "letters");
  }

  @Test
  void aDuplicateKeyIsRefused() throws IOException {
    refused(
        changed(
            "  sharedSenseAmplifiers: false\n",
            "  sharedSenseAmplifiers: false\n  sharedSenseAmplifiers: true\n"),
        "'organization.sharedSenseAmplifiers'",
        "given twice");
  }

  @Test
  void mistypedValuesAreRefused() throws IOException {
    refused(changed("sharedSenseAmplifiers: false", "sharedSenseAmplifiers: 0"), "true, false");
    refused(changed("saTimeLaw: \"linear\"", "saTimeLaw: \"cubic\""), "linear, exponential");
    refused(changed("value: 22.5", "value: \"22.5\""), "\"22.5\"", "a decimal number");
    refused(changed("unit: \"MHz\"", "unit: \"GHz\""), "ioBusMhz.unit", "\"GHz\"", "MHz");
    refused(changed("basis: \"fitted\"", "basis: \"guessed\""), "guessed", "published");
    refused(changed("value: 533", "value: -533"), "-533");
    refused(changed("source: \"PRIME, V-A: 533 MHz IO bus\"", "source: \"\""), "source");
  }

  @Test
  void circlesAreRefused() throws IOException {
    write("b.yaml", "extends: a.yaml\n");
    Path file = write("a.yaml", "name: a\ndescription: a circle\nextends: b.yaml\n");

    refused(file, "b.yaml:1", "'extends'", "a.yaml", "leads back to itself");
  }

  @Test
  void whatCannotBeExtendedIsRefused() throws IOException {
    String head = "name: a\ndescription: d\nextends: ";

    refused(write("a.yaml", head + "nowhere.yaml\n"), "a.yaml:3", "nowhere.yaml", "not exist");
    refused(write("a.yaml", head + "prime-46nm\n"), "a.yaml:3", "prime-46nm", "prime-45nm");
    refused(write("a.yaml", head + "[tiny, 3]\n"), "a.yaml:3", "'extends[1]'", "is 3");
  }

  @Test
  void anUnknownNameIsRefusedWithTheBundledOnes() {
    assertThatThrownBy(() -> HardwareFiles.load(INSTALLATION, "prime", List.of()))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("'prime'", "prime-45nm", "tiny");
    assertThatThrownBy(() -> HardwareFiles.load(INSTALLATION, "nowhere/x.yaml", List.of()))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("x.yaml", "no such file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          timing.saBit=5                          | nearest allowed: 'timing.saBitNs'
          saBitNs=5                               | nearest allowed: 'timing.saBitNs'
          timing.saBitNs                          | key=value
          =5                                      | key=value
          timing.saBitNs.source=me                | nearest allowed
          timing.saBitNs=                         | allowed: a value
          timing.saBitNs=fast                     | "fast"
          timing.saBitNs=.nan                     | a finite number
          timing.saBitNs=-1                       | -1
          timing.saBitNs=0                        | allowed: 1.0E-6 to 1000000
          timing.clockPeriodNs=0                  | allowed: 1.0E-6 to 1000000
          timing.portBitsPerNs=0                  | allowed: 0.001
          timing.saTimeLaw=cubic                  | linear, exponential
          organization.sharedSenseAmplifiers=yes  | true, false
          organization.banks=0                    | a whole number from 1
          organization.banks=1.5                  | a whole number from 1
          organization.banks=65536                | a whole number from 1 to 65535
          organization.matsPerFfSubarray=65536    | a whole number from 1 to 65535
          organization.ffSubarraysPerBank=65536   | a whole number from 1 to 65535
          organization.arrayRows=32768            | a whole number from 1 to 32767
          organization.matsPerFfSubarray=32768    | at most 65535 mats in the FF subarrays of a bank
          organization.subarraysPerBank=2000000   | to 1000000
          organization.arraysPerMat=3             | an even number
          organization.subarraysPerBank=2         | at least the 3 FF and Buffer subarrays
          organization.crossbarRows=513           | a whole number from 1 to 512
          organization.crossbarRows=0             | a whole number from 1 to 512
          organization.crossbarRows=2.5           | a whole number from 1 to 512
          organization.crossbarRows=1e18          | a whole number from 1 to 512
          organization.crossbarBitlines=1         | a whole number from 2 to 512
          organization.crossbarBitlines=513       | 2 to 512
          quantization.weightBits=17              | a whole number from 1 to 16
          quantization.inputBits=2.5              | a whole number from 1 to 16
          quantization.senseAmplifierPolicy=lossless | need 15 bits
          cell.offResistanceOhm=1000              | more than cell.onResistanceOhm
          cell.readVoltageV=0                     | allowed: 0.001 to 100
          energy.conversionPj=1                   | energy.conversionPj[0]
          energy.conversionPj[16]=1               | [0] to [15]
          timing.saBitNs[0]=1                     | is not a list
          name=x                                  | nearest allowed
          """)
  void aSettingThatCannotBeUsedIsRefused(String override, String part) {
    setRefused(override, part);
  }

  @Test
  void aSettingHoldsOneValue() {
    for (String value : List.of("1\nfoo: 7", "1\rfoo", "1 # foo", "{value: 1}", "[1]", "1: 2")) {
      assertThatThrownBy(() -> prime("timing.saBitNs=" + value))
          .as(value)
          .isInstanceOf(InputProblem.class)
          .hasMessageStartingWith("--set timing.saBitNs=")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void crossbarsOfAMatAreCounted() {
    assertThatThrownBy(
            () ->
                prime(
                    "organization.arrayRows=32767",
                    "organization.arrayBitlines=32767",
                    "organization.banks=1",
                    "organization.crossbarRows=1",
                    "organization.crossbarBitlines=2"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("crossbarRows is 1", "crossbars of a mat", "at most 1048576");
  }

  @Test
  void aKeyIsSetOnce() {
    assertThatThrownBy(() -> prime("timing.saBitNs=5", "timing.saBitNs.value=6"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("--set timing.saBitNs.value=6", "twice");
  }

  @Test
  void jointRangesAreCheckedWithAllSettings() {
    assertThat(prime("organization.crossbarRows=512", "organization.crossbarBitlines=512").spec())
        .isNotNull();
    assertThatThrownBy(
            () ->
                prime(
                    "organization.crossbarRows=512",
                    "organization.crossbarBitlines=512",
                    "organization.matsPerFfSubarray=3"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContainingAll("512 x 512", "join 4 mats", "matsPerFfSubarray is 3");
    assertThatThrownBy(
            () -> prime("organization.banks=65535", "organization.matsPerFfSubarray=32767"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("at most 1e15 cells");
  }

  @Test
  void aTableOfConversionsShorterThanTheSenseAmplifierIsRefused() throws IOException {
    Path file =
        write(
            "mine.yaml",
            """
            name: mine
            description: my own
            extends: prime-45nm
            energy:
              conversionPj:
                - {value: 1, unit: pJ, source: mine, node: any, basis: assumed}
            """);

    refused(file, "quantization.senseAmplifierBits", "is 6", "at most 1");
  }

  @Test
  void everyNumberIsListedUnderTheKeyThatSetsIt() {
    LoadedHardware loaded = HardwareFiles.load(Path.of(""), "prime-45nm", List.of());
    Map<String, Quantity> quantities = loaded.quantities();
    assertThat(quantities).containsKeys("timing.saBitNs", "energy.conversionPj[15]");
    List<String> sets = new ArrayList<>();
    quantities.forEach(
        (key, quantity) ->
            sets.add(
                key
                    + "="
                    + new BigDecimal(Double.toString(quantity.value()))
                        .stripTrailingZeros()
                        .toPlainString()));
    assertThat(HardwareFiles.load(Path.of(""), "prime-45nm", sets).spec().energy().conversionPj())
        .extracting(Quantity::value)
        .isEqualTo(loaded.spec().energy().conversionPj().stream().map(Quantity::value).toList());
  }
}
