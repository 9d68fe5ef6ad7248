package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.functional.Accuracy;
import io.github.primesim.functional.AssumedActivity;
import io.github.primesim.functional.Calibrator;
import io.github.primesim.functional.FloatInference;
import io.github.primesim.functional.Formats;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.functional.PrimeInference;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.ColumnGains;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationFilesTest {
  private static final Path INSTALLATION = Path.of("");
  private static final LoadedNetwork LENET = new NetworkFiles(INSTALLATION).load("lenet5-mnist");

  @TempDir Path folder;

  private static HardwareSpec hardware(String... overrides) {
    return HardwareFiles.load(INSTALLATION, "prime-45nm", List.of(overrides)).spec();
  }

  @Test
  void theBundledCalibrationIsWhatItsImagesGive() throws IOException {
    String text =
        CalibrationFiles.text(CalibrationFiles.measure(LENET, hardware()), LENET.digest());
    Path file = LENET.directory().resolve(CalibrationFiles.FILE);
    if (Boolean.getBoolean("primesim.updateCalibration")) {
      Files.writeString(file, text);
    }

    assertThat(Files.readString(file))
        .as(
            "%s; to write it anew: mvn test -Dtest=CalibrationFilesTest"
                + " -Dprimesim.updateCalibration=true",
            file)
        .isEqualTo(text);
  }

  @Test
  void aFileReadsBackAsItWasWritten() {
    NetworkCalibration written =
        AssumedActivity.of(LENET.network(), Formats.of(hardware().quantization()));
    Path file = folder.resolve("calibration.yaml");
    CalibrationFiles.write(file, written, LENET.digest());
    NetworkCalibration read = CalibrationFiles.read(file, LENET).orElseThrow();

    assertThat(CalibrationFiles.text(read, LENET.digest()))
        .isEqualTo(CalibrationFiles.text(written, LENET.digest()));
    assertThat(read.basis()).isEqualTo(NetworkCalibration.Basis.ASSUMED);
    assertThat(folder).isDirectoryContaining("glob:**calibration.yaml");
    assertThat(folder.toFile().list()).as("nothing unfinished is left").hasSize(1);
  }

  @Test
  void theBundledFileIsChosenForItsFormatsAndMeasuredAnewForOthers() {
    NetworkCalibration stored = CalibrationFiles.choose(LENET, hardware(), SignScheme.PAIRS);
    NetworkCalibration other =
        CalibrationFiles.choose(LENET, hardware("quantization.inputBits=3"), SignScheme.PAIRS);

    assertThat(stored.layer("fc1").windows()).hasSize(12);
    assertThat(other.formats().inputBits()).isEqualTo(3);
    assertThat(other.basis()).isEqualTo(NetworkCalibration.Basis.MEASURED);
    assertThat(other.layer("fc1").slices()).hasSize(1);
    assertThat(other.layer("fc1").windows()).as("this crossbar only").hasSize(1);
  }

  @Test
  void aFileForCertainCrossbarsIsChosenForThemAndMeasuredAnewForOthers() {
    NetworkCalibration certain =
        CalibrationFiles.measure(
            LENET, hardware(), List.of(SignScheme.PAIRS), List.of(32), Calibrator.Progress.SILENT);
    assertThat(certain.covers(SignScheme.PAIRS, 32)).isTrue();
    assertThat(certain.covers(SignScheme.PAIRS, 17)).isTrue();
    assertThat(certain.covers(SignScheme.PAIRS, 16)).isFalse();
    assertThat(certain.covers(SignScheme.PAIRS, 33)).isFalse();
    assertThat(certain.covers(SignScheme.INDEPENDENT, 32)).isFalse();
    NetworkCalibration stored = CalibrationFiles.choose(LENET, hardware(), SignScheme.PAIRS);
    assertThat(certain.layer("fc1").window(SignScheme.PAIRS, 32))
        .isEqualTo(stored.layer("fc1").window(SignScheme.PAIRS, 32));
  }

  @Test
  void aFileOfOtherWeightsIsNotUsed() {
    LoadedNetwork retrained =
        new LoadedNetwork(
            LENET.network(),
            LENET.weights(),
            "0".repeat(64),
            LENET.directory(),
            LENET.images(),
            List.of());

    assertThat(CalibrationFiles.read(LENET.directory().resolve(CalibrationFiles.FILE), retrained))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema: primesim.calibration/1 | schema: primesim.calibration/2 | 'schema' is",
        "name: conv2 | name: conv3 | key 'layers' are conv1, conv3, fc1, fc2, must be",
        "inputScale: 0.015625 | inputScale: 0.015 | must be a power of two",
        "basis: assumed | basis: guessed | allowed: measured, assumed",
        "signedInput: false | signed: false | 'layers[0].signedInput' is missing",
        "inputSliceBits: 3 | inputSliceBits: 6 | has 2 input slices, the formats have 1",
        "biasLevel: 63 | biasLevel: 64 | must be at most 63",
        "images: 0 | images: -1 | key 'images' is -1, must not be negative",
        "'meanSquare: ' | 'meanSquare: 9' | slices[0].meanSquare' is 9",
        "'meanSquare: ' | 'meanSquare: 9' | must be at most 49, the highest of its bits",
        "'meanLevel: ' | 'meanLevel: 9' | must be at most 7, the highest of its bits",
        "'meanSquare: ' | 'meanSquare: 9223372036854775807' | must be at most 49",
      })
  void refusesWhatDoesNotFit(String from, String to, String complaint) throws IOException {
    Path file = folder.resolve("calibration.yaml");
    CalibrationFiles.write(
        file,
        AssumedActivity.of(LENET.network(), Formats.of(hardware().quantization())),
        LENET.digest());
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replace(from, to));

    assertThatThrownBy(() -> CalibrationFiles.read(file, LENET))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 97 103 | are 3 numbers, the layer has 20 columns",
        "100 much | gain of a column is 'much', allowed: 1 to 1000 percent",
        "0 | gain of a column is 0 percent, allowed: 1 to 1000",
      })
  void refusesGainsThatDoNotFit(String gains, String complaint) throws IOException {
    Path file = folder.resolve("calibration.yaml");
    CalibrationFiles.write(
        file, CalibrationFiles.choose(LENET, hardware(), SignScheme.PAIRS), LENET.digest());
    String text = Files.readString(file);
    Files.writeString(file, text.replaceFirst("gains: \"[0-9 ]*\"", "gains: \"" + gains + "\""));

    assertThatThrownBy(() -> CalibrationFiles.read(file, LENET))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(file + ":")
        .hasMessageContaining("layers[0].windows[0].gains")
        .hasMessageContaining(complaint);
  }

  @Test
  void aFileWithoutGainsProgramsColumnsAsTheyAre() throws IOException {
    Path file = folder.resolve("calibration.yaml");
    CalibrationFiles.write(
        file, CalibrationFiles.choose(LENET, hardware(), SignScheme.PAIRS), LENET.digest());
    Files.writeString(file, Files.readString(file).replaceAll(", gains: \"[0-9 ]*\"", ""));

    NetworkCalibration read = CalibrationFiles.read(file, LENET).orElseThrow();

    assertThat(read.layer("fc1").gains(SignScheme.PAIRS, 256)).isEqualTo(ColumnGains.NONE);
    assertThat(read.layer("fc1").window(SignScheme.PAIRS, 256)).isPresent();
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path file = folder.resolve("missing").resolve("calibration.yaml");

    assertThatThrownBy(
            () ->
                CalibrationFiles.write(
                    file,
                    AssumedActivity.of(LENET.network(), Formats.of(hardware().quantization())),
                    "x"))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("cannot be written");
  }

  @Test
  void primeArithmeticCostsLenetLessThanAPoint() {
    LabelledImages images = ImageFiles.read(LENET.directory().resolve("test-images.npz"), 300);
    int plain = Accuracy.of(new FloatInference(LENET.network(), LENET.weights()), images).correct();
    for (int rows : new int[] {256, 32}) {
      HardwareSpec spec =
          hardware("organization.crossbarRows=" + rows, "organization.crossbarBitlines=" + rows);
      int prime =
          Accuracy.of(
                  new PrimeInference(
                      LENET.network(),
                      LENET.weights(),
                      CalibrationFiles.choose(LENET, spec, SignScheme.PAIRS),
                      Mappings.named(Mappings.DEFAULT),
                      CrossbarGeometry.of(spec, SignScheme.PAIRS),
                      ConversionBits.of(spec, rows)),
                  images)
              .correct();

      assertThat(prime).as("of 300 at %d rows", rows).isBetween(plain - 3, 300);
    }
  }
}
