package io.github.primesim.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** How copies are spread over the mats there are, against trying everything. */
class ReplicationPlanTest {
  private static final long SEED = 20261128;

  /** A convolution of {@code rows} x {@code columns} weights, all there. */
  private static LayerImage image(int rows, int columns, CrossbarGeometry geometry) {
    Layer layer = LoweringFixture.convolution("conv1", columns, 1, 0);
    Network network = LoweringFixture.network(new Shape(rows - 1, 4, 4), layer);
    IntegerMatrix weights = LoweringFixture.random(network, SEED, 1).quantized(layer, 0, 8, 1.0);
    LayerMapping mapping = Mappings.named("dense").map(weights, geometry);
    CellLevels cells =
        new CellLevels(weights, rows - 1, new CellLevels.Format(2, 4), mapping.crossbars());
    List<Tile> tiles = new ArrayList<>();
    for (Crossbar crossbar : mapping.crossbars()) {
      tiles.add(new Tile(mapping, crossbar, 0, rows - 1, cells, false));
    }
    return new LayerImage(layer, geometry, tiles, rows - 1, columns, true);
  }

  private static CrossbarGeometry geometry(int size) {
    return CrossbarGeometry.of(
        LoweringFixture.prime(
                "organization.crossbarRows=" + size, "organization.crossbarBitlines=" + size)
            .spec(),
        SignScheme.PAIRS);
  }

  /** As on the device: bitlines settle once, then columns follow one another. */
  private static ToDoubleFunction<LayerPlan> operationTime(double settle, double column) {
    return plan -> settle + column * plan.depth();
  }

  /**
   * The least time with at most {@code mats} units of a mat, whatever number of copies share it.
   */
  private static double least(
      LayerImage image, long positions, long mats, ToDoubleFunction<LayerPlan> operationTime) {
    double least = Double.POSITIVE_INFINITY;
    int most = image.copiesOverGroups() * image.copiesWithinGroup();
    for (int units = 1; units <= mats; units++) {
      for (int copies = 1; copies <= Math.min(most, positions); copies++) {
        LayerPlan plan = new LayerPlan(image, positions, copies, units);
        least = Math.min(least, plan.operations() * operationTime.applyAsDouble(plan));
      }
    }
    return least;
  }

  @Test
  void aLayerAloneIsAsFastAsAnyWayToSpreadIt() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int trial = 0; trial < 300; trial++) {
      int size = new int[] {32, 128, 256}[random.nextInt(3)];
      LayerImage image =
          image(2 + random.nextInt(size - 1), 1 + random.nextInt(size / 2), geometry(size));
      long positions = random.nextLong(1, 301);
      long mats = random.nextLong(1, 41);
      ToDoubleFunction<LayerPlan> time =
          operationTime(random.nextDouble() * 100, random.nextDouble() * 100);

      LayerPlan plan =
          new ReplicationPlan(List.of(ReplicationPlan.single(image, positions)), time)
              .fill(mats)
              .get(0);

      assertThat(plan.mats()).isLessThanOrEqualTo(mats);
      assertThat(plan.operations() * time.applyAsDouble(plan))
          .as(
              "seed %d, trial %d: %d x %d, %d positions, %d mats",
              SEED, trial, size, image.columns, positions, mats)
          .isEqualTo(least(image, positions, mats, time));
    }
  }

  @Test
  void copiesLeaveACrowdedMatWhereOthersAreFree() {
    LayerImage image = image(19, 8, geometry(256));
    ReplicationPlan plan =
        new ReplicationPlan(List.of(ReplicationPlan.single(image, 64)), operationTime(10, 20));

    LayerPlan crowded = plan.fill(1).get(0);
    LayerPlan spread = plan.fill(64).get(0);
    assertThat(crowded.copiesPerUnit()).isGreaterThan(1);
    assertThat(spread.copiesPerUnit()).isEqualTo(1);
    assertThat(spread.units()).isEqualTo(64);
    assertThat(spread.depth()).isLessThan(crowded.depth());
  }

  @Test
  void theSlowestLayerGetsTheMatsThatAreLeft() {
    LayerImage image = image(200, 100, geometry(256));
    ReplicationPlan plan =
        new ReplicationPlan(
            List.of(ReplicationPlan.single(image, 300), ReplicationPlan.single(image, 100)),
            operationTime(10, 20));

    assertThat(plan.fill(2)).extracting(LayerPlan::units).containsExactly(1, 1);
    assertThat(plan.fill(4)).extracting(LayerPlan::units).containsExactly(3, 1);
    assertThat(plan.fill(8)).extracting(LayerPlan::units).containsExactly(6, 2);
  }
}
