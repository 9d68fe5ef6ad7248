package io.github.primesim.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.primesim.config.BaselineFiles;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.Quantity;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Rooflines against figures worked out by hand. */
class RooflineTest {
  private static final Path ROOT = Path.of("");
  private static final Offset<Double> EXACT = within(1e-6);

  private static Quantity number(double value) {
    return new Quantity(value, "unit", "test", "any", Basis.ASSUMED);
  }

  /**
   * Two copies of two cores, 4 x 2 multipliers, 0.5 GHz, buffers of 1, 1 and 2 KB, 2 byte weights,
   * 1 byte activations, 4 GB/s.
   */
  private static Baseline small() {
    return new Baseline(
        "small",
        "round numbers",
        number(2),
        number(2),
        number(8),
        number(4),
        number(2),
        number(0.5),
        number(1),
        number(1),
        number(2),
        number(2),
        number(1),
        number(4),
        number(3),
        number(5));
  }

  @Test
  void aFullyConnectedLayerIsBoundByItsWeights() {
    LayerWork work = new LayerWork("fc", 1, 1, 10, 6, 10);
    // 60 operations at 2 x 8 x 0.5 = 8 a ns; 120 bytes of weights, 10 in, 6 out at 4 a ns.
    Estimate ideal = Roofline.IDEAL.of(small(), List.of(work));
    assertThat(ideal.layers().get(0).computeNs()).isEqualTo(7.5, EXACT);
    assertThat(ideal.layers().get(0).bytes()).isEqualTo(136, EXACT);
    assertThat(ideal.nsPerImage()).isEqualTo(34, EXACT);
    assertThat(ideal.imagesPerSecond()).isEqualTo(2e9 / 34, within(1.0));
    assertThat(ideal.gigaOperationsPerSecond()).isEqualTo(2 * 60 / 34.0, EXACT);
    assertThat(ideal.pjPerImage()).isEqualTo(60 * 3 + 136 * 5, EXACT);
    // ceil(10 / 4) = 3 cycles for each of ceil(6 / (2 x 2)) = 2 tiles, 2 ns a cycle.
    Estimate tiled = Roofline.TILED.of(small(), List.of(work));
    assertThat(tiled.layers().get(0).computeNs()).isEqualTo(12, EXACT);
    assertThat(tiled.layers().get(0).bytes()).isEqualTo(136, EXACT);
  }

  @Test
  void buffersThatAreTooSmallCostTraffic() {
    // A tile of 4 outputs of 2 bytes: 2048 / 8 = 256 rows fit, so 600 rows are 3 blocks. Inputs of
    // 5,000 bytes do not fit into 1 KB and are read for each of 2 tiles. Sums of a tile are 4 x 300
    // bytes, do not fit into 1 KB, and leave and come back twice.
    LayerWork work = new LayerWork("conv", 1, 300, 600, 8, 5_000);
    LayerEstimate tiled = Roofline.TILED.of(small(), List.of(work)).layers().get(0);
    assertThat(tiled.bytes()).isEqualTo(600 * 8 * 2 + 2 * 5_000 + 5 * 300 * 8, EXACT);
    assertThat(tiled.computeNs()).isEqualTo(300 * 2 * 150 * 2, EXACT);
    LayerEstimate ideal = Roofline.IDEAL.of(small(), List.of(work)).layers().get(0);
    assertThat(ideal.bytes()).isEqualTo(600 * 8 * 2 + 5_000 + 300 * 8, EXACT);
    // 256 positions of 4 sums are just 1 KB: they stay.
    LayerWork fits = new LayerWork("conv", 1, 256, 600, 8, 1_024);
    assertThat(Roofline.TILED.of(small(), List.of(fits)).layers().get(0).bytes())
        .isEqualTo(600 * 8 * 2 + 1_024 + 256 * 8, EXACT);
  }

  @Test
  void layersFollowOneAnother() {
    LayerWork one = new LayerWork("a", 1, 1, 10, 6, 10);
    LayerWork two = new LayerWork("b", 1, 100, 40, 40, 40);
    double both = Roofline.IDEAL.of(small(), List.of(one, two)).nsPerImage();
    // The second one is bound by its multipliers: 160,000 / 8 against (3,200 + 40 + 4,000) / 4.
    assertThat(both).isEqualTo(34 + 20_000, EXACT);
  }

  @Test
  void theNpusTakeCnnOneAsWorkedOutByHand() {
    List<LayerWork> cnn = LayerWork.of(new NetworkFiles(ROOT).load("cnn-1").network());
    Baseline npu = BaselineFiles.load(ROOT, "pnpu-pim-x64");
    Estimate tiled = Roofline.TILED.of(npu, cnn);
    // 24 x 24 positions of a 5 x 5 kernel: ceil(25 / 16) x ceil(5 / 16); 720-70; 70-10.
    double cycles = 576 * 2 + 45 * 5 + 5 * 1;
    double compute = tiled.layers().stream().mapToDouble(LayerEstimate::computeNs).sum();
    assertThat(compute).isEqualTo(cycles / 0.98, EXACT);
    Estimate ideal = Roofline.IDEAL.of(npu, cnn);
    assertThat(ideal.layers().get(0).computeNs()).isEqualTo(576 * 25 * 5 / (256 * 0.98), EXACT);
  }

  @Test
  void theCopiesShareNothingAndTheCoProcessorIsSlowerByItsBus() {
    List<LayerWork> mlp = LayerWork.of(new NetworkFiles(ROOT).load("mlp-s").network());
    double one = Roofline.TILED.of(BaselineFiles.load(ROOT, "pnpu-pim-x1"), mlp).imagesPerSecond();
    double all = Roofline.TILED.of(BaselineFiles.load(ROOT, "pnpu-pim-x64"), mlp).imagesPerSecond();
    assertThat(all / one).isEqualTo(64, EXACT);
    Estimate bus = Roofline.TILED.of(BaselineFiles.load(ROOT, "pnpu-co"), mlp);
    // Every layer is bound by the bus: 519,500 weights, 1,534 inputs and 760 outputs of 2 bytes.
    assertThat(bus.nsPerImage()).isEqualTo(2 * (519_500 + 1_534 + 760) / 8.5, EXACT);
  }

  @Test
  void theProcessorStreamsItsWeights() {
    List<LayerWork> mlp = LayerWork.of(new NetworkFiles(ROOT).load("mlp-s").network());
    Estimate cpu = Roofline.TILED.of(BaselineFiles.load(ROOT, "cpu"), mlp);
    assertThat(cpu.nsPerImage()).isEqualTo(4 * (519_500 + 1_534 + 760) / 8.5, EXACT);
    assertThat(BaselineFiles.load(ROOT, "cpu").peakPerNs()).isEqualTo(48, EXACT);
  }

  @Test
  void multipliersAreThoseOfTheTile() {
    Baseline right = small();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Baseline(
                    "wrong",
                    "",
                    right.copies(),
                    right.cores(),
                    number(9),
                    right.tileInputs(),
                    right.tileOutputs(),
                    right.clockGhz(),
                    right.inputBufferKb(),
                    right.outputBufferKb(),
                    right.weightBufferKb(),
                    right.weightBytes(),
                    right.activationBytes(),
                    right.memoryGbPerS(),
                    right.operationPj(),
                    right.memoryPjPerByte()))
        .withMessageContaining("tileInputs x tileOutputs = 8");
  }
}
