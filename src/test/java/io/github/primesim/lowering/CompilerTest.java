package io.github.primesim.lowering;

import static io.github.primesim.lowering.LoweringFixture.compile;
import static io.github.primesim.lowering.LoweringFixture.connected;
import static io.github.primesim.lowering.LoweringFixture.convolution;
import static io.github.primesim.lowering.LoweringFixture.network;
import static io.github.primesim.lowering.LoweringFixture.prime;
import static io.github.primesim.lowering.LoweringFixture.programs;
import static io.github.primesim.lowering.LoweringFixture.random;
import static io.github.primesim.lowering.LoweringFixture.request;
import static io.github.primesim.lowering.LoweringFixture.sum;
import static io.github.primesim.lowering.LoweringFixture.tally;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.config.LoadedHardware;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompilerTest {
  private static final Network LENET =
      network(
          new Shape(1, 28, 28),
          convolution("conv1", 20, 5, 0),
          new Pooling("pool1", List.of("conv1"), Pooling.Kind.MAX, 2, 2, 2, 2, 0, 0),
          connected("fc1", "pool1", 50),
          connected("fc2", "fc1", 10));

  @ParameterizedTest
  @EnumSource(Replication.class)
  void replicationMovesWorkButNeitherAddsNorLosesAny(Replication replication) {
    Weights weights = random(LENET, 7, 0.3);
    Trace trace = compile(LENET, weights, prime(), "dense", replication);
    long copies = trace.header().copies();

    // 576 positions of 20 columns, one tile high: one result a column, three conversions each.
    assertThat(tally(trace, "conv1", Action.CONVERT_6)).isEqualTo(copies * 576 * 20);
    assertThat(tally(trace, "conv1", Action.CONVERT_3)).isEqualTo(copies * 576 * 20);
    assertThat(tally(trace, "conv1", Action.CONVERT_2)).isEqualTo(copies * 576 * 20);
    assertThat(sum(trace, "conv1", Command.Load.class, Command.Load::bits))
        .isEqualTo(copies * 576 * 25 * 6);
    assertThat(sum(trace, "conv1", Command.Store.class, Command.Store::bits))
        .isEqualTo(copies * 576 * 20 * 6);
    assertThat(sum(trace, "conv1", Command.Activate.class, Command.Activate::values))
        .isEqualTo(copies * 576 * 20);
    assertThat(sum(trace, "pool1", Command.Pool.class, Command.Pool::values))
        .isEqualTo(copies * 144 * 20 * 4);
    assertThat(sum(trace, "conv1", Command.Fetch.class, Command.Fetch::bits))
        .isEqualTo(copies * 784 * 6);
    assertThat(sum(trace, "fc2", Command.Commit.class, Command.Commit::bits))
        .isEqualTo(copies * 10 * 6);
  }

  @Test
  void cellsThatConductFollowFromLevelsAndActivityCellByCell() {
    Network network = network(new Shape(40, 1, 1), connected("fc", Network.INPUT, 70));
    for (long seed = 0; seed < 20; seed++) {
      Weights weights = random(network, seed, 0.4);
      Trace trace =
          compile(
              network,
              weights,
              prime("organization.crossbarRows=32", "organization.crossbarBitlines=32"),
              "block-compact",
              Replication.NONE);
      IntegerMatrix matrix = weights.quantized(network.layer("fc"), 0, 8, 1.0);

      // HH, HL and LH are converted, so the high cell conducts under both slices, the low one under
      // the first. Every input slice has a mean square of 24.5, the bias of 49.
      double levels = 0;
      for (int row = 0; row < matrix.rows(); row++) {
        for (int column = 0; column < matrix.columns(); column++) {
          int magnitude = Math.abs(matrix.at(row, column));
          double square = row == 40 ? 49 : 24.5;
          levels += square * (2 * (magnitude >> 4) + (magnitude & 15));
        }
      }
      assertThat(tally(trace, "fc", Action.CELL_INPUT_SQUARE_LEVELS))
          .as("seed %d", seed)
          .isEqualTo(Math.round(levels));
    }
  }

  @Test
  void oneMatAtFullSizeCountsAsByHand() {
    // 255 inputs and the bias fill the wordlines, 256 outputs fill both column halves.
    Network network = network(new Shape(255, 1, 1), connected("fc", Network.INPUT, 256));
    Trace trace = compile(network, random(network, 3, 1), prime(), "dense", Replication.NONE);

    assertThat(tally(trace, "fc", Action.CONVERT_6)).isEqualTo(256);
    assertThat(tally(trace, "fc", Action.SUBTRACTIONS)).isEqualTo(3 * 256);
    assertThat(tally(trace, "fc", Action.WORDLINE_DRIVES)).isEqualTo(2 * (255 / 2) + 2 + 1);
    assertThat(tally(trace, "fc", Action.LATCH_BITS)).isEqualTo(255 * 6);
    // Two arrays of a pair, three conversions of 256 columns over 255 inputs and the bias.
    assertThat(tally(trace, "fc", Action.CELL_INPUT_SQUARES))
        .isEqualTo(Math.round(2 * 3 * 256 * (255 * 24.5 + 49)));
    Command.Compute compute = (Command.Compute) programs(trace, "fc").get(1).steps().get(1);
    assertThat(compute.depth()).isEqualTo(16);
    assertThat(compute.slices()).containsExactly(List.of(6, 2), List.of(3));
    assertThat(compute.passes()).isEqualTo(1);
  }

  @Test
  void unselectedBitlinesThatConductCostUpToTheirNumberPerSenseAmplifier() {
    Network network = network(new Shape(255, 1, 1), connected("fc", Network.INPUT, 256));
    Weights weights = random(network, 3, 1);
    Trace floating = compile(network, weights, prime(), "dense", Replication.NONE);
    Trace conducting =
        compile(network, weights, prime("cell.allBitlinesConduct=true"), "dense", Replication.NONE);
    // 16 columns a sense amplifier, both cells of each: 32 bitlines instead of one.
    assertThat(tally(conducting, "fc", Action.CELL_INPUT_SQUARES))
        .isEqualTo(32 * tally(floating, "fc", Action.CELL_INPUT_SQUARES));
  }

  @Test
  void signedInputsAreFedTwice() {
    Network signed =
        new Network(
            "test",
            io.github.primesim.network.Origin.SYNTHETIC,
            "",
            new Shape(20, 1, 1),
            true,
            List.of(connected("fc", Network.INPUT, 8)));
    Trace trace = compile(signed, random(signed, 1, 1), prime(), "dense", Replication.NONE);
    assertThat(sum(trace, "fc", Command.Compute.class, Command.Compute::passes)).isEqualTo(2);
    assertThat(tally(trace, "fc", Action.CONVERT_6)).isEqualTo(2 * 8);
    assertThat(sum(trace, "fc", Command.Load.class, Command.Load::bits)).isEqualTo(20 * 7);
  }

  @Test
  void smallConvolutionsAreRepeatedBlockDiagonally() {
    // CNN-1's first layer: 26 rows and 5 columns, so 256/26 = 9 copies fit into a mat.
    Network cnn = network(new Shape(1, 28, 28), convolution("conv1", 5, 5, 0));
    Compilation compilation =
        Compiler.compile(
            request(cnn, random(cnn, 1, 1), prime(), "dense", SignScheme.PAIRS, Replication.LAYER),
            Progress.SILENT);
    LayerReport report = compilation.layers().get(0);
    assertThat(report.copiesPerUnit()).isEqualTo(9);
    assertThat(report.operationsPerImage()).isEqualTo(1);
    assertThat(report.units()).isEqualTo(64);
    assertThat(compilation.trace().header().instances()).isEqualTo(64);
  }

  @Test
  void networksWithoutPositionsAreCopiedAsAWhole() {
    Network mlp =
        network(
            new Shape(784, 1, 1),
            connected("fc1", Network.INPUT, 500),
            connected("fc2", "fc1", 10));
    Trace trace = compile(mlp, random(mlp, 1, 1), prime(), "dense", Replication.LAYER);
    // 4 x 2 and 2 mats of 64.
    assertThat(trace.header().copies()).isEqualTo(6);
    assertThat(trace.header().instances()).isEqualTo(64);
    assertThat(trace.header().ffBefore()).isEqualTo(10 / 64.0);
    assertThat(trace.header().ffAfter()).isEqualTo(60 / 64.0);
  }

  @Test
  void aLayerLargerThanABankIsMergedAcrossBanks() {
    // 17 row blocks of 16 column halves: 272 mats, five banks.
    Network network = network(new Shape(4096, 1, 1), connected("fc", Network.INPUT, 4096));
    Trace trace = compile(network, random(network, 5, 1), prime(), "dense", Replication.NONE);
    assertThat(trace.header().banksPerInstance()).isEqualTo(5);
    assertThat(tally(trace, "fc", Action.CONVERT_6)).isEqualTo(17L * 4096);

    // Every mat gives 256 partial sums; each is added once in its subarray, once more where a
    // second subarray or bank holds parts of the same output.
    List<Stage> stages = trace.stages().stream().filter(s -> s.layer().equals("fc")).toList();
    assertThat(stages).hasSize(4); // fetch, partial sums, merging, commit
    long sent = sum(trace, "fc", Command.Send.class, Command.Send::bits);
    long bitsOfPartial = 6 + 1 + 5; // 16 row blocks of inputs and one of the bias: five carries
    assertThat(sent % bitsOfPartial).isZero();
    // Row blocks lie one after another, so each bank but the first sends all its outputs away.
    assertThat(sent / bitsOfPartial).isEqualTo(4 * 4096L);
    assertThat(sum(trace, "fc", Command.Activate.class, Command.Activate::values)).isEqualTo(4096);
    assertThat(sum(trace, "fc", Command.Commit.class, Command.Commit::bits)).isEqualTo(4096 * 6);
  }

  @Test
  void onlyBordersCrossBetweenStripedConvolutions() {
    Network network =
        network(
            new Shape(64, 56, 56), convolution("conv1", 64, 3, 1), convolution("conv2", 64, 3, 1));
    Trace trace = compile(network, random(network, 5, 1), prime(), "dense", Replication.LAYER);
    assertThat(trace.header().banksPerInstance()).isEqualTo(1);

    LoadedHardware small = prime("organization.matsPerFfSubarray=2");
    Trace striped = compile(network, random(network, 5, 1), small, "dense", Replication.LAYER);
    assertThat(striped.header().banksPerInstance()).isEqualTo(64);
    long all = 64L * 56 * 56 * 6;
    long sent = sum(striped, "conv2", Command.Send.class, Command.Send::bits);
    assertThat(sent).isPositive();
    // 56 rows over 32 stripes or more: a border row above and below each.
    assertThat(sent).isLessThan(5 * all);
    assertThat(tally(striped, "conv2", Action.CONVERT_6))
        .isEqualTo(tally(trace, "conv2", Action.CONVERT_6));
  }

  @ParameterizedTest
  @CsvSource({"dense, 2", "block-compact, 0", "zero-tile, 0"})
  void aLayerOfZerosWithoutBiasTakesCrossbarsOnlyWhenDense(String mapping, int arrays) {
    Network network =
        network(
            new Shape(20, 1, 1),
            new io.github.primesim.network.FullyConnected(
                "fc", List.of(Network.INPUT), 8, false, Activation.RELU));
    Weights zero = (layer, group) -> new WeightMatrix(20, 8, new float[160]);
    Trace trace = compile(network, zero, prime(), mapping, Replication.LAYER);
    Stage stage = trace.stages().stream().filter(s -> s.facts().rows() > 0).findFirst().get();
    assertThat(stage.facts().mappedCrossbars()).isEqualTo(arrays);
    if (arrays == 0) {
      assertThat(tally(trace, "fc", Action.CONVERT_6)).isZero();
      assertThat(sum(trace, "fc", Command.Compute.class, c -> 1)).isZero();
    }
  }

  @Test
  void additionsBringTheirInputsTogether() {
    Network network =
        network(
            new Shape(3, 8, 8),
            convolution("conv1", 4, 3, 1),
            convolution("conv2", 4, 3, 1),
            new Addition("sum", List.of("conv1", "conv2"), Activation.RELU));
    Trace trace = compile(network, random(network, 5, 1), prime(), "dense", Replication.NONE);
    assertThat(sum(trace, "sum", Command.Elementwise.class, Command.Elementwise::values))
        .isEqualTo(64 * 4);
    assertThat(sum(trace, "sum", Command.Load.class, Command.Load::bits)).isEqualTo(64 * 4 * 2 * 6);
    Stage sum = trace.stages().stream().filter(s -> s.layer().equals("sum")).findFirst().get();
    List<String> read = sum.producers().stream().map(p -> trace.stages().get(p).layer()).toList();
    assertThat(read).containsExactlyInAnyOrder("conv1", "conv2");
  }

  @Test
  void reorderedResultsPassTheReorderBufferWithTheirIndexes() {
    Network network = network(new Shape(100, 1, 1), connected("fc", Network.INPUT, 50));
    Weights weights = random(network, 5, 0.1);
    LoadedHardware hardware =
        prime("organization.crossbarRows=32", "organization.crossbarBitlines=32");
    Trace dense = compile(network, weights, hardware, "dense", Replication.NONE);
    Trace compact = compile(network, weights, hardware, "block-compact", Replication.NONE);
    assertThat(sum(dense, "fc", Command.Reorder.class, c -> 1)).isZero();
    long results = sum(compact, "fc", Command.Reorder.class, Command.Reorder::results);
    assertThat(results).isEqualTo(tally(compact, "fc", Action.CONVERT_6));
    assertThat(sum(compact, "fc", Command.Reorder.class, Command.Reorder::indexBits))
        .isEqualTo(results * 6);
    assertThat(results).isLessThan(tally(dense, "fc", Action.CONVERT_6));
  }

  @Test
  void outputsStayInPlaceWhereMovingThemSavesNothing() {
    Network network = network(new Shape(100, 1, 1), connected("fc", Network.INPUT, 50));
    Weights weights = random(network, 5, 0.9);
    Trace dense = compile(network, weights, prime(), "dense", Replication.NONE);
    Trace compact = compile(network, weights, prime(), "block-compact", Replication.NONE);
    assertThat(compact.stages()).isEqualTo(dense.stages());
    assertThat(compact.header().indexMemoryBits()).isZero();
  }

  @Test
  void movedRowsAreGatheredUnlessTheLayerBeforeStoresInTheirOrder() {
    Network network =
        network(
            new Shape(200, 1, 1),
            connected("fc1", Network.INPUT, 300),
            connected("fc2", "fc1", 40));
    Weights weights = random(network, 5, 0.05);
    LoadedHardware hardware =
        prime("organization.crossbarRows=32", "organization.crossbarBitlines=32");
    Trace permuted = compile(network, weights, hardware, "row-order", Replication.NONE);
    Trace gathered = compile(network, weights, hardware, "column-group", Replication.NONE);

    // Inputs of the network come as they are; those of fc2 come out of fc1's reorder buffer.
    long inputs = sum(permuted, "fc1", Command.Load.class, Command.Load::bits) / 6;
    assertThat(sum(permuted, "fc1", Command.Gather.class, Command.Gather::inputs))
        .isEqualTo(inputs)
        .isPositive();
    assertThat(tally(permuted, "fc1", Action.GATHER_INDEX_BITS)).isEqualTo(inputs * 8);
    assertThat(sum(permuted, "fc2", Command.Gather.class, c -> 1)).isZero();
    // Every wordline of every crossbar but the bias has a latch, and its input is gathered.
    assertThat(sum(gathered, "fc2", Command.Gather.class, Command.Gather::inputs))
        .isEqualTo(tally(gathered, "fc2", Action.LATCH_BITS) / 6);
  }

  @Test
  void outputsThatStayInPlaceAreGatheredInTheOrderOfTheNextLayer() {
    Network network =
        network(
            new Shape(64, 1, 1), connected("fc1", Network.INPUT, 64), connected("fc2", "fc1", 32));
    // Rows of fc2 have their weights in the left half of the columns or in the right, in turn.
    Weights halves =
        pick(
            network,
            (layer, group, row, column) ->
                layer.name().equals("fc1") || (row % 2 == 0) == (column < 16));
    LoadedHardware hardware =
        prime("organization.crossbarRows=32", "organization.crossbarBitlines=32");
    Trace trace = compile(network, halves, hardware, "row-order", Replication.NONE);

    assertThat(sum(trace, "fc1", Command.Reorder.class, c -> 1)).isZero();
    assertThat(sum(trace, "fc2", Command.Gather.class, Command.Gather::inputs)).isEqualTo(64);
    assertThat(tally(trace, "fc2", Action.GATHER_INDEX_BITS)).isEqualTo(64 * 6);
    assertThat(trace.header().indexMemoryBits())
        .as("the order of 65 rows with the bias")
        .isEqualTo(65 * 7);
  }

  @Test
  void onlyGroupsOfAConvolutionThatAreMovedPayForIt() {
    Layer grouped =
        new Convolution(
            "conv1", List.of(Network.INPUT), 32, 1, 1, 1, 1, 0, 0, 2, true, Activation.RELU);
    Network network = network(new Shape(128, 3, 3), grouped);
    // The first group is full; the second has 8 of 16 columns, and those only half of the rows.
    Weights weights =
        pick(
            network,
            (layer, group, row, column) -> group == 0 || (column % 2 == 0 && row % 2 == 0));
    LoadedHardware hardware =
        prime("organization.crossbarRows=32", "organization.crossbarBitlines=32");
    Trace compact = compile(network, weights, hardware, "block-compact", Replication.NONE);
    Trace gathered = compile(network, weights, hardware, "column-group", Replication.NONE);

    // 65 rows with the bias are three row blocks of 32, of which the last holds the bias alone.
    assertThat(sum(compact, "conv1", Command.Reorder.class, Command.Reorder::results))
        .isEqualTo(9 * 3 * 8);
    assertThat(sum(compact, "conv1", Command.Reorder.class, Command.Reorder::indexBits))
        .isEqualTo(9 * 3 * 8 * 4);
    assertThat(compact.header().indexMemoryBits()).as("3 crossbars of 16").isEqualTo(3 * 16 * 4);
    // 33 even rows are two row blocks; the bias among them comes from no input.
    assertThat(sum(gathered, "conv1", Command.Gather.class, Command.Gather::inputs))
        .isEqualTo(9 * 32);
    assertThat(sum(gathered, "conv1", Command.Reorder.class, Command.Reorder::results))
        .isEqualTo(9 * 2 * 8);
  }

  /** Whether there is a weight at a place. */
  private interface Place {
    boolean holds(Layer layer, int group, int row, int column);
  }

  private static Weights pick(Network network, Place place) {
    return (layer, group) -> {
      int rows = network.rows(layer);
      int columns = network.columns(layer);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = place.holds(layer, group, i / columns, i % columns) ? 0.5f : 0;
      }
      return new WeightMatrix(rows, columns, values);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "column-group, inputGather",
    "row-order, inputGather",
    "block-compact, reorderBuffer",
    "block-kmeans, reorderBuffer"
  })
  void aMemoryWithoutWhatAMappingNeedsRefusesIt(String mapping, String part) {
    Network network = network(new Shape(200, 1, 1), connected("fc", Network.INPUT, 300));
    LoadedHardware hardware =
        prime(
            "organization.crossbarRows=32",
            "organization.crossbarBitlines=32",
            "organization." + part + "=false");
    assertThatThrownBy(
            () -> compile(network, random(network, 5, 0.05), hardware, mapping, Replication.NONE))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("'" + mapping + "'")
        .hasMessageContaining("organization." + part + " of hardware 'prime-45nm' is false");
    assertThat(
            compile(network, random(network, 5, 0.05), hardware, "dense", Replication.NONE)
                .stages())
        .isNotEmpty();
  }

  @Test
  void aNetworkLargerThanTheMemoryIsRefusedWithBothSizes() {
    Network network = network(new Shape(4096, 1, 1), connected("fc", Network.INPUT, 4096));
    LoadedHardware small = prime("organization.banks=4");
    assertThatThrownBy(
            () -> compile(network, random(network, 5, 1), small, "dense", Replication.LAYER))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("272 mats")
        .hasMessageContaining("256 in 4 banks");
  }

  @ParameterizedTest
  @CsvSource({"16, 16", "32, 32", "64, 128", "256, 256", "512, 512"})
  void everyCrossbarSizeHoldsEveryWeight(int rows, int bitlines) {
    LoadedHardware hardware =
        prime("organization.crossbarRows=" + rows, "organization.crossbarBitlines=" + bitlines);
    for (SignScheme signs : SignScheme.values()) {
      for (String mapping : Mappings.names()) {
        List<Layer> layers = new ArrayList<>(LENET.layers());
        Map<String, Activity> activity = new HashMap<>();
        layers.forEach(layer -> activity.put(layer.name(), LoweringFixture.HALF_ON));
        Weights weights = random(LENET, 11, 0.1);
        Trace trace =
            Compiler.compile(
                    request(LENET, weights, hardware, mapping, signs, Replication.LAYER),
                    Progress.SILENT)
                .trace();
        long levels = 0;
        IntegerMatrix matrix = weights.quantized(LENET.layer("fc1"), 0, 8, 1.0);
        for (int row = 0; row < matrix.rows(); row++) {
          for (int column = 0; column < matrix.columns(); column++) {
            int magnitude = Math.abs(matrix.at(row, column));
            levels += (row == 2880 ? 2 : 1) * (2L * (magnitude >> 4) + (magnitude & 15));
          }
        }
        assertThat(tally(trace, "fc1", Action.CELL_INPUT_SQUARE_LEVELS))
            .as("%s %s %dx%d", signs, mapping, rows, bitlines)
            .isEqualTo(Math.round(24.5 * levels));
      }
    }
  }
}
