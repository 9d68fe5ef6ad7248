package io.github.primesim.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.config.LoadedHardware;
import io.github.primesim.functional.Accuracy;
import io.github.primesim.functional.ActivityMeter;
import io.github.primesim.functional.Calibration;
import io.github.primesim.functional.Formats;
import io.github.primesim.functional.LayerMeasurement;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.functional.SenseAmplifierWindow;
import io.github.primesim.functional.SliceActivity;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.MappingCases;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.Weights;
import io.github.primesim.trace.Trace;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What real inputs do in the crossbars, to the last count. */
class MeasuredActivityTest {
  private static final Formats FORMATS = new Formats(6, 3, 8, 4, 6);
  private static final Shape IMAGE = new Shape(2, 6, 5);

  static Stream<Arguments> schemes() {
    return MappingCases.ofSizes(8, 16, 32);
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void equalsTheCellByCellReference(String scheme, SignScheme signs, int size) {
    for (long seed = 1; seed <= 3; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Network network = network(seed % 2 == 0 ? Activation.TANH : Activation.RELU);
      int images = (int) seed;
      Case design =
          new Case(network, random.nextDouble(), seed, scheme, signs, size, Replication.NONE);
      LabelledImages inputs = images(random, images);
      CellByCell reference =
          new CellByCell(network, design.calibration, design.geometry, design.bits);
      Compilation compiled = design.compile(inputs, reference::mapped);
      for (int image = 0; image < images; image++) {
        reference.run(Accuracy.input(inputs, image));
      }
      for (Layer layer : network.weightedLayers()) {
        String which =
            String.format("%s, %s, %d, seed %d, %s", scheme, signs, size, seed, layer.name());
        Map<Action, Long> expected = reference.counts.getOrDefault(layer.name(), Map.of());
        for (Action action : reference.actions()) {
          long ofAll = expected.getOrDefault(action, 0L);
          assertThat(LoweringFixture.tally(compiled.trace(), layer.name(), action))
              .as("%s, %s", which, action)
              .isEqualTo(Math.floorDiv(2 * ofAll + images, 2 * images));
        }
        LayerMeasurement measured =
            compiled.measured().orElseThrow().measurement().layers().get(layer.name());
        assertThat(measured.nonZeroCodes())
            .as(which)
            .isEqualTo(reference.nonZeroCodes.getOrDefault(layer.name(), 0L));
        assertThat(measured.largestCodes())
            .as(which)
            .isEqualTo(reference.largestCodes.getOrDefault(layer.name(), 0L));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void dataThatAreTheMeanGiveWhatTheMeanGives(String scheme, SignScheme signs, int size) {
    // One layer whose inputs are all at level 45 = 5 x 8 + 5, without padding.
    Network network =
        new Network(
            "n",
            Origin.TRAINED,
            "",
            IMAGE,
            false,
            List.of(
                new Convolution(
                    "conv",
                    List.of(Network.INPUT),
                    5,
                    2,
                    2,
                    1,
                    1,
                    0,
                    0,
                    1,
                    true,
                    Activation.RELU)));
    byte[] pixels = new byte[2 * IMAGE.size()];
    Arrays.fill(pixels, (byte) (45 * 4));
    for (Replication replication : Replication.values()) {
      Case design = new Case(network, 0.4, 7, scheme, signs, size, replication);
      Compilation compiled =
          design.compile(new LabelledImages(2, IMAGE, pixels, new byte[2]), MappingObserver.NONE);

      assertThat(compiled.trace().stages())
          .as("%s, %s, %d, %s", scheme, signs, size, replication)
          .isEqualTo(compiled.measured().orElseThrow().mean().stages());
    }
  }

  @Test
  void copiesThatShareBitlinesSeeEachOthersWordlines() {
    // 9 wordlines and the bias: many copies lie block-diagonally in the one mat of 256 rows.
    dataThatAreTheMeanGiveWhatTheMeanGives("dense", SignScheme.PAIRS, 256);
    LabelledImages image = images(new SplittableRandom(4), 1);
    long alone = inputSquares(image, Replication.NONE);
    long together = inputSquares(image, Replication.LAYER);

    assertThat(together).isGreaterThan(2 * alone);
  }

  private static long inputSquares(LabelledImages image, Replication replication) {
    Network network = network(Activation.RELU);
    return LoweringFixture.tally(
        new Case(
                network,
                0.5,
                5,
                "dense",
                SignScheme.PAIRS,
                256,
                replication,
                "organization.ffSubarraysPerBank=1",
                "organization.matsPerFfSubarray=2")
            .compile(image, MappingObserver.NONE)
            .trace(),
        "conv",
        Action.CELL_INPUT_SQUARES);
  }

  @Test
  void copiesOfALayerShareItsActivity() {
    SplittableRandom random = new SplittableRandom(5);
    LabelledImages image = images(random, 1);
    Network network = network(Activation.RELU);
    Trace single =
        new Case(network, 0.5, 5, "block-compact", SignScheme.PAIRS, 16, Replication.NONE)
            .compile(image, MappingObserver.NONE)
            .trace();
    Trace copied =
        new Case(network, 0.5, 5, "block-compact", SignScheme.PAIRS, 16, Replication.LAYER)
            .compile(image, MappingObserver.NONE)
            .trace();

    assertThat(copied.stages()).anyMatch(stage -> stage.facts().replicas() > 1);
    for (Layer layer : network.weightedLayers()) {
      for (Action action : List.of(Action.WORDLINE_DRIVES, Action.CELL_INPUT_SQUARE_LEVELS)) {
        assertThat(LoweringFixture.tally(copied, layer.name(), action))
            .isEqualTo(LoweringFixture.tally(single, layer.name(), action))
            .isPositive();
      }
    }
  }

  @Test
  void inputsOfZeroLeaveTheWordlinesIdle() {
    Network network = network(Activation.RELU);
    Case design = new Case(network, 1, 2, "dense", SignScheme.PAIRS, 32, Replication.NONE);
    LabelledImages dark = new LabelledImages(1, IMAGE, new byte[IMAGE.size()], new byte[1]);
    Trace trace = design.compile(dark, MappingObserver.NONE).trace();

    // What is left is the wordline of the bias: in both slices, at each of the 30 positions.
    assertThat(LoweringFixture.tally(trace, "conv", Action.WORDLINE_DRIVES)).isEqualTo(2 * 30);
    // Level 9 is 1 and 1; five columns, pairs of arrays; two conversions high, one low.
    assertThat(LoweringFixture.tally(trace, "conv", Action.CELL_INPUT_SQUARES))
        .isEqualTo(30 * 5 * 2 * 3);
  }

  @Test
  void nothingDependsOnHowManyBitlinesConduct() {
    SplittableRandom random = new SplittableRandom(6);
    LabelledImages image = images(random, 2);
    Network network = network(Activation.RELU);
    Case some = new Case(network, 0.5, 5, "dense", SignScheme.PAIRS, 16, Replication.NONE);
    Case all =
        new Case(
            network,
            0.5,
            5,
            "dense",
            SignScheme.PAIRS,
            16,
            Replication.NONE,
            "cell.allBitlinesConduct=true");
    Trace selected = some.compile(image, MappingObserver.NONE).trace();
    Trace every = all.compile(image, MappingObserver.NONE).trace();

    assertThat(LoweringFixture.tally(every, "conv", Action.WORDLINE_DRIVES))
        .isEqualTo(LoweringFixture.tally(selected, "conv", Action.WORDLINE_DRIVES));
    assertThat(LoweringFixture.tally(every, "conv", Action.CELL_INPUT_SQUARES))
        .isGreaterThan(LoweringFixture.tally(selected, "conv", Action.CELL_INPUT_SQUARES));
  }

  /** A convolution with padding and bias, and a layer behind it that reads what it gives. */
  private static Network network(Activation activation) {
    return new Network(
        "n",
        Origin.TRAINED,
        "",
        IMAGE,
        false,
        List.of(
            new Convolution(
                "conv", List.of(Network.INPUT), 5, 3, 3, 1, 1, 1, 1, 1, true, activation),
            new FullyConnected("fc", List.of("conv"), 9, false, Activation.RELU)));
  }

  /** Pixels of all values, a third of them dark. */
  private static LabelledImages images(SplittableRandom random, int count) {
    byte[] pixels = new byte[count * IMAGE.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextInt(3) == 0 ? 0 : random.nextInt(256));
    }
    return new LabelledImages(count, IMAGE, pixels, new byte[count]);
  }

  /** A design, and the dynamic fixed point of its network. */
  private static final class Case {
    final CompileRequest request;
    final NetworkCalibration calibration;
    final CrossbarGeometry geometry;
    final ConversionBits bits;

    Case(
        Network network,
        double density,
        long seed,
        String scheme,
        SignScheme signs,
        int size,
        Replication replication,
        String... overrides) {
      String[] all = Arrays.copyOf(overrides, overrides.length + 2);
      all[overrides.length] = "organization.crossbarRows=" + size;
      all[overrides.length + 1] = "organization.crossbarBitlines=" + size;
      LoadedHardware hardware = LoweringFixture.prime(all);
      Weights weights = LoweringFixture.random(network, seed, density);
      geometry = CrossbarGeometry.of(hardware.spec(), signs);
      bits = ConversionBits.of(hardware.spec(), size);
      Map<String, Activity> activity = new HashMap<>();
      calibration =
          new NetworkCalibration(
              "n",
              NetworkCalibration.Basis.MEASURED,
              1,
              FORMATS,
              network.weightedLayers().stream()
                  .map(
                      layer ->
                          new Calibration(
                              layer.name(),
                              network.signedInput(layer),
                              1.0 / 64,
                              9,
                              List.of(new SliceActivity(5, 25, 1), new SliceActivity(5, 25, 1)),
                              List.of(new SenseAmplifierWindow(signs, size, 1.0 / 32))))
                  .toList());
      for (Calibration layer : calibration.layers()) {
        activity.put(
            layer.name(),
            new Activity(
                List.of(25.0, 25.0),
                List.of(1.0, 1.0),
                List.of(1, 1),
                layer.biasInput(),
                layer.gains(signs, size)));
      }
      request =
          new CompileRequest(
              network,
              weights,
              "0",
              activity,
              hardware.spec(),
              hardware.digest(),
              hardware.overrides(),
              Mappings.named(scheme),
              signs,
              replication,
              1,
              0);
    }

    Compilation compile(LabelledImages images, MappingObserver observer) {
      ActivityMeter meter =
          new ActivityMeter(
              request.network(), request.weights(), calibration, geometry, bits, images);
      return Compiler.compile(request, Progress.SILENT, observer, Optional.of(meter));
    }
  }
}
