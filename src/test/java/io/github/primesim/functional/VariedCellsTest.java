package io.github.primesim.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.MappingCases;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.mapping.Matrices;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VariedCellsTest {
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);
  private static final ConversionBits BITS =
      new ConversionBits(List.of(List.of(6, 3), List.of(2, 0)));
  private static final int POSITIONS = 3;
  private static final ArrayResistances DEVICE = new ArrayResistances(1000, 20_000, 0, false);
  private static final CrossbarGeometry CROSSBARS = Matrices.crossbars(32, 32, SignScheme.PAIRS);

  static Stream<Arguments> schemes() {
    return MappingCases.ofSizes(16, 32, 256);
  }

  private static Chip chip(double spread, double stuckOff, double stuckOn, int number) {
    return new Chip(new CellVariation(spread, stuckOff, stuckOn, 0), DEVICE, 1, number);
  }

  /** Every segment, every sign and both passes, through the conversions. */
  @ParameterizedTest
  @MethodSource("schemes")
  void cellsThatDoNotDifferAreIdeal(String scheme, SignScheme signs, int size) {
    for (long seed = 1; seed <= 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      IntegerMatrix weights =
          Matrices.random(
              random, 1 + random.nextInt(300), 1 + random.nextInt(60), random.nextDouble());
      CrossbarGeometry geometry = Matrices.crossbars(size, size, signs);
      LayerMapping mapping = Mappings.named(scheme).map(weights, geometry);
      QuantizedInput levels = levels(random, weights.rows());
      int exponent = random.nextInt(12);
      CellModel cells = chip(0, 0, 0, 1).cells("l", 0, FORMATS, geometry);

      assertThat(
              run(new CrossbarExecution(mapping, weights, FORMATS, cells), levels, exponent + 10))
          .as("%s, %s, %d, seed %d", scheme, signs, size, seed)
          .isEqualTo(run(new CrossbarExecution(mapping, weights, FORMATS), levels, exponent));
    }
  }

  private static long[] run(CrossbarExecution crossbars, QuantizedInput levels, int exponent) {
    return crossbars.run(levels, List.of(new PrimeArithmetic(FORMATS, BITS, exponent))).get(0);
  }

  private static QuantizedInput levels(SplittableRandom random, int rows) {
    Calibration calibration = new Calibration("l", true, 0.25, 5, List.of(), List.of());
    QuantizedInput levels = new QuantizedInput(calibration, FORMATS, rows, false);
    float[] input = new float[rows * POSITIONS];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (40 * (random.nextDouble() - 0.5));
    }
    levels.fill(input, POSITIONS);
    return levels;
  }

  /** In levels, above what level 0 conducts nominally. */
  private static double[] drawn(Chip chip, int level, int cells) {
    CellModel model = chip.cells("l", 0, FORMATS, CROSSBARS);
    return Arrays.stream(programmed(model, level, cells))
        .mapToDouble(conductance -> Math.scalb((double) conductance, -model.places()))
        .toArray();
  }

  /** Cells of one bitline, all at the same level. */
  private static int[] programmed(CellModel model, int level, int cells) {
    SegmentCells bitline = new SegmentCells(0, new int[1][1][cells], new float[0][]);
    Arrays.fill(bitline.arrays()[0][0], level);
    model.program(bitline);
    return bitline.arrays()[0][0];
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  /** Level 0 conducts a twentieth of level 15, so a level is 1/19 of what level 0 does times 15. */
  @Test
  void cellsSpreadByAShareOfWhatTheyConduct() {
    for (int level : new int[] {0, 1, 8, 15}) {
      double[] drawn = drawn(chip(0.1, 0, 0, 1), level, 100_000);
      double nominal = level + 15.0 / 19;
      assertThat(mean(drawn)).as("level %d", level).isCloseTo(level, within(0.002 * nominal));
      assertThat(deviation(drawn))
          .as("level %d", level)
          .isCloseTo(0.1 * nominal, withinPercentage(2));
    }
  }

  @Test
  void cellsAreStuckAtBothEnds() {
    double[] drawn = drawn(chip(0, 0.2, 0.05, 1), 6, 100_000);

    assertThat(share(drawn, 0)).isCloseTo(0.2, withinPercentage(3));
    assertThat(share(drawn, 15)).isCloseTo(0.05, withinPercentage(5));
    assertThat(share(drawn, 6)).isCloseTo(0.75, withinPercentage(1));
    assertThat(share(drawn(chip(0, 1, 0, 1), 15, 1000), 0)).isEqualTo(1);
    assertThat(share(drawn(chip(0, 0, 1, 1), 0, 1000), 15)).isEqualTo(1);
  }

  private static double share(double[] drawn, double value) {
    return (double) Arrays.stream(drawn).filter(v -> v == value).count() / drawn.length;
  }

  /** More of one kind leaves the others what they were. */
  @Test
  void chipsWithMoreStuckCellsAreLikeThoseWithFewer() {
    double[] few = drawn(chip(0.1, 0.01, 0.01, 7), 6, 10_000);
    double[] many = drawn(chip(0.1, 0.05, 0.01, 7), 6, 10_000);

    int differ = 0;
    for (int i = 0; i < few.length; i++) {
      differ += few[i] == many[i] ? 0 : 1;
    }
    assertThat(differ).isBetween(300, 500);
  }

  @Test
  void aChipIsWhatItIs() {
    assertThat(drawn(chip(0.1, 0, 0, 3), 9, 50)).isEqualTo(drawn(chip(0.1, 0, 0, 3), 9, 50));
    assertThat(drawn(chip(0.1, 0, 0, 3), 9, 50)).isNotEqualTo(drawn(chip(0.1, 0, 0, 4), 9, 50));
    CellModel here = chip(0.1, 0, 0, 3).cells("l", 0, FORMATS, CROSSBARS);
    CellModel there = chip(0.1, 0, 0, 3).cells("l", 1, FORMATS, CROSSBARS);
    CellModel elsewhere = chip(0.1, 0, 0, 3).cells("m", 0, FORMATS, CROSSBARS);
    assertThat(
            List.of(
                programmed(here, 9, 1)[0],
                programmed(there, 9, 1)[0],
                programmed(elsewhere, 9, 1)[0]))
        .doesNotHaveDuplicates();
  }

  /** Chips of several seeds are as many chips. */
  @Test
  void chipsOfNeighbouringSeedsDiffer() {
    CellVariation variation = new CellVariation(0.1, 0, 0, 0);
    List<List<Double>> cells = new ArrayList<>();
    for (long seed = 0; seed < 4; seed++) {
      for (int number = 0; number < 4; number++) {
        double[] drawn = drawn(new Chip(variation, DEVICE, seed, number), 9, 20);
        cells.add(Arrays.stream(drawn).boxed().toList());
      }
    }
    assertThat(cells).doesNotHaveDuplicates();
  }

  /**
   * The sum of a column of a pair varies by those of all its cells, those at level 0 and of both
   * bitlines included: the squares of input times conductance add up.
   */
  @ParameterizedTest
  @MethodSource("signs")
  void sumsVaryByAllCellsOfASegment(SignScheme signs) {
    SplittableRandom random = new SplittableRandom(5);
    IntegerMatrix weights = Matrices.random(random, 24, 1, 0.4);
    CrossbarGeometry geometry = Matrices.crossbars(32, 32, signs);
    LayerMapping mapping = Mappings.named("dense").map(weights, geometry);
    QuantizedInput levels = new QuantizedInput(input(), FORMATS, 24, false);
    float[] inputs = new float[24];
    for (int row = 0; row < inputs.length; row++) {
      inputs[row] = 8 * random.nextInt(8);
    }
    levels.fill(inputs, 1);

    int chips = 4000;
    double[] sums = new double[chips];
    for (int number = 0; number < chips; number++) {
      CellModel cells = chip(0.05, 0, 0, number).cells("l", 0, FORMATS, geometry);
      PartSums parts = new PartSums(2, 1, cells);
      new CrossbarExecution(mapping, weights, FORMATS, cells).run(levels, List.of(parts));
      sums[number] = parts.sums[0][0];
    }

    double mean = 0;
    double variance = 0;
    for (int row = 0; row < 24; row++) {
      double level = inputs[row] / 8;
      int cell = Math.abs(weights.at(row, 0)) >> 4;
      mean += level * cell * Integer.signum(weights.at(row, 0));
      double off = 15.0 / 19;
      variance += square(level * 0.05 * (cell + off)) + square(level * 0.05 * off);
    }
    assertThat(mean(sums)).isCloseTo(mean, within(4 * Math.sqrt(variance / chips)));
    assertThat(square(deviation(sums))).isCloseTo(variance, withinPercentage(10));
  }

  static Stream<SignScheme> signs() {
    return Stream.of(SignScheme.values());
  }

  private static Calibration input() {
    return new Calibration("l", false, 1, 1, List.of(), List.of());
  }

  private static double square(double value) {
    return value * value;
  }

  /**
   * Each reading differs by all cells under input, of a pair those of both bitlines, and as long as
   * cells are read they stay what they are in the mean.
   */
  @ParameterizedTest
  @MethodSource("signs")
  void readingsVaryByAllCellsThatAreDriven(SignScheme signs) {
    SplittableRandom random = new SplittableRandom(6);
    IntegerMatrix weights = Matrices.random(random, 20, 1, 0.4);
    CrossbarGeometry geometry = Matrices.crossbars(32, 32, signs);
    LayerMapping mapping = Mappings.named("dense").map(weights, geometry);
    int readings = 4000;
    QuantizedInput levels = new QuantizedInput(input(), FORMATS, 20, false);
    float[] inputs = new float[20 * readings];
    for (int row = 0; row < 20; row++) {
      Arrays.fill(inputs, row * readings, (row + 1) * readings, 8 * random.nextInt(8));
    }
    levels.fill(inputs, readings);
    CellVariation noise = new CellVariation(0, 0, 0, 0.05);
    CellModel cells = new Chip(noise, DEVICE, 1, 1).cells("l", 0, FORMATS, geometry);
    PartSums parts = new PartSums(2, readings, cells);
    new CrossbarExecution(mapping, weights, FORMATS, cells).run(levels, List.of(parts));
    double[] sums = parts.sums[0];

    double mean = 0;
    double variance = 0;
    for (int row = 0; row < 20; row++) {
      double level = inputs[row * readings] / 8;
      int cell = Math.abs(weights.at(row, 0)) >> 4;
      mean += level * cell * Integer.signum(weights.at(row, 0));
      double off = 15.0 / 19;
      variance += square(level * 0.05 * (cell + off)) + square(level * 0.05 * off);
    }
    assertThat(mean(sums)).isCloseTo(mean, within(4 * Math.sqrt(variance / readings)));
    assertThat(square(deviation(sums))).isCloseTo(variance, withinPercentage(10));
  }

  /** Noise moves no cell: what is drawn for the cells does not hang on it. */
  @Test
  void readingsDoNotChangeWhatCellsAre() {
    CellModel still =
        new Chip(new CellVariation(0.1, 0, 0, 0), DEVICE, 1, 1).cells("l", 0, FORMATS, CROSSBARS);
    CellModel noisy =
        new Chip(new CellVariation(0.1, 0, 0, 0.1), DEVICE, 1, 1).cells("l", 0, FORMATS, CROSSBARS);

    assertThat(programmed(noisy, 9, 100)).isEqualTo(programmed(still, 9, 100));
    assertThat(still.noise()).isEmpty();
    assertThat(noisy.noise()).isPresent();
  }

  /** The widest formats on the tallest crossbars, all cells at the highest level. */
  @Test
  void sumsFitIntoAnInteger() {
    for (int bits : new int[] {4, 6, 8}) {
      Formats wide = new Formats(bits, bits, bits, bits, 6);
      int rows = 1024;
      ArrayResistances close = new ArrayResistances(1000, 1500, 0, false);
      CellModel cells =
          new Chip(new CellVariation(1, 0, 1, 0), close, 1, 1)
              .cells("l", 0, wide, Matrices.crossbars(rows, 32, SignScheme.PAIRS));
      long most = 0;
      for (int conductance : programmed(cells, 0, rows)) {
        most += (long) ((1 << bits) - 1) * conductance;
      }
      assertThat(most).as("%d bits", bits).isBetween(1L, 1L << 30);
      assertThat(cells.places()).isBetween(-10, 10);
    }
  }

  @Test
  void sharesAreShares() {
    assertThatThrownBy(() -> new CellVariation(-0.1, 0, 0, 0)).hasMessageContaining("spread");
    assertThatThrownBy(() -> new CellVariation(0, Double.NaN, 0, 0))
        .hasMessageContaining("stuckOff");
    assertThatThrownBy(() -> new CellVariation(0, 0.6, 0.5, 0)).hasMessageContaining("stuckOn");
    assertThatThrownBy(() -> new CellVariation(0, 0, 0, 2)).hasMessageContaining("readNoise");
    assertThatThrownBy(() -> new ArrayResistances(0, 1, 0, false)).hasMessageContaining("onOhm");
    assertThatThrownBy(() -> new ArrayResistances(1, 1, 0, false)).hasMessageContaining("offOhm");
    assertThatThrownBy(() -> new ArrayResistances(1, 2, -1, false)).hasMessageContaining("wireOhm");
  }
}
