package io.github.primesim.experiment;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.mapping.MappingOptions;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.Activation;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.SyntheticWeights;
import java.util.List;
import java.util.Map;

/**
 * One sign of a layer drawn from a fixed seed, to compare mapping schemes on.
 *
 * <p>Weights are {@code r_i c_j g_ij} with normal logarithms of r and c and standard normal g; the
 * smallest magnitudes are pruned. Weights below zero are left out, so that about half of the
 * density remains: what one of two independent signs has to place.
 */
public final class SyntheticLayer {
  /** Where non-zeros are. */
  public enum Model {
    /** Anywhere: intensities are equal. */
    U(0),
    /**
     * More in some rows and columns: their intensities have normal logarithms of deviation 0.25.
     */
    M(0.25),
    /**
     * In one tap of a 3 x 3 convolution: all rows of the other eight are zero, the rows of a tap
     * stand together, and what is left is as in U.
     */
    T(0);

    private final double sigma;

    Model(double sigma) {
      this.sigma = sigma;
    }

    /** Standard deviation of the logarithms of the intensities. */
    public double sigma() {
      return sigma;
    }
  }

  private static final int WEIGHT_BITS = 8;
  private static final int TAPS = 9;
  private static final int LIVE_TAP = 4;

  private final Model model;
  private final double density;
  private final IntegerMatrix weights;

  private SyntheticLayer(Model model, double density, IntegerMatrix weights) {
    this.model = model;
    this.density = density;
    this.weights = weights;
  }

  /**
   * Draws a layer.
   *
   * @param density share of weights of either sign that are not zero, above 0 and at most 1; of the
   *     rows of the live tap with {@link Model#T}
   */
  public static SyntheticLayer draw(Model model, int rows, int columns, double density, long seed) {
    Network network =
        new Network(
            "synthetic",
            Origin.SYNTHETIC,
            "one layer",
            new Shape(rows, 1, 1),
            false,
            List.of(
                new FullyConnected(
                    "layer", List.of(Network.INPUT), columns, false, Activation.NONE)));
    IntegerMatrix both =
        new SyntheticWeights(network, seed, model.sigma, Map.of("layer", density))
            .quantized(network.weightedLayers().get(0), 0, WEIGHT_BITS, 1);
    return new SyntheticLayer(model, density, positive(both, model));
  }

  private static IntegerMatrix positive(IntegerMatrix both, Model model) {
    int columns = both.columns();
    short[] values = new short[both.rows() * columns];
    short[] row = new short[columns];
    for (int r = 0; r < both.rows(); r++) {
      boolean dead = model == Model.T && (long) r * TAPS / both.rows() != LIVE_TAP;
      both.copyRow(r, row);
      for (int c = 0; c < columns; c++) {
        values[r * columns + c] = dead || row[c] < 0 ? 0 : row[c];
      }
    }
    return new IntegerMatrix(both.rows(), columns, WEIGHT_BITS, both.scale(), values);
  }

  /**
   * Maps the layer onto crossbars of {@code size} wordlines and as many weight columns.
   *
   * @param scheme name of a mapping scheme
   * @throws io.github.primesim.units.InputProblem if there is no such scheme
   */
  public Reduction reduction(String scheme, int size, int threads) {
    CrossbarGeometry geometry =
        new CrossbarGeometry(size, size, 1, SignScheme.PAIRS, 1, 1, 1, 1, 1);
    Mapping mapping = Mappings.named(scheme, new MappingOptions(1, threads));
    LayerMapping mapped = mapping.map(weights, geometry);
    return new Reduction(
        model.name(),
        density,
        size,
        scheme,
        mapped.denseArrays(),
        mapped.arrays(),
        mapped.lowerBoundArrays(),
        mapped.cellBoundArrays());
  }
}
