package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.CompiledLayer;
import io.github.primesim.experiment.CompiledNetwork;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * What becomes of a gain on its way from zero weights to energy and speed, rung by rung, so that
 * one sees where it is lost.
 *
 * @param title the paper's name of the network
 * @param network name of ours
 * @param weights trained, synthetic or imported
 * @param scheme mapping scheme
 * @param size wordlines and bitlines of a crossbar
 * @param sparsity share of the weights that are zero
 * @param rungs from the weights to the chip
 */
public record Ladder(
    String title,
    String network,
    String weights,
    String scheme,
    int size,
    double sparsity,
    List<Rung> rungs) {

  /**
   * A gain over the dense mapping.
   *
   * @param name what is compared
   * @param gain how many times less, or more where more is better
   */
  public record Rung(String name, double gain) {}

  public Ladder {
    rungs = List.copyOf(rungs);
  }

  /**
   * The ladder of a design.
   *
   * @param oneSign dense arrays over the bound with rows in order, where signs are placed on their
   *     own
   * @param pairs the same with sign pairs
   * @param unlimited gain in throughput where the path between banks has no limit
   */
  static Ladder of(
      Compared compared, CompiledNetwork compiled, double oneSign, double pairs, double unlimited) {
    Measurement result = compared.result();
    Measurement dense = compared.dense();
    int rows = result.size();
    return new Ladder(
        result.title(),
        result.network(),
        result.weights(),
        result.scheme(),
        rows,
        result.sparsity(),
        List.of(
            new Rung("weights: all over those that are not zero", 1 / (1 - result.sparsity())),
            new Rung("columns, one sign, zeros at random", atRandom(compiled, rows, d -> d / 2)),
            new Rung("columns, one sign, these zeros", oneSign),
            new Rung("columns, sign pairs, zeros at random", atRandom(compiled, rows, d -> d)),
            new Rung("columns, sign pairs, these zeros", pairs),
            new Rung("crossbars that the scheme keeps", compared.crossbars()),
            new Rung(
                "crossbars times input vectors",
                (double) dense.arrayOperations() / result.arrayOperations()),
            new Rung("energy of arrays and mats", dense.matPj() / result.matPj()),
            new Rung(
                "energy, moved columns for nothing",
                dense.energyPj() / (result.energyPj() - result.movedPj())),
            new Rung("energy", compared.energy()),
            new Rung("throughput, path between banks without limit", unlimited),
            new Rung("throughput", compared.throughput()),
            new Rung("latency", compared.latency())));
  }

  /**
   * Columns of all row blocks over those with a weight, were the zeros of each layer independent: a
   * column of m rows is empty with a probability of (1 - p)^m.
   *
   * @param share of the density that counts, which is p
   */
  private static double atRandom(CompiledNetwork compiled, int rows, DoubleUnaryOperator share) {
    double all = 0;
    double kept = 0;
    for (CompiledLayer layer : compiled.layers()) {
      double density =
          (double) layer.nonZeros() / Math.max(1, (long) layer.rows() * layer.columns());
      double p = share.applyAsDouble(density);
      for (int from = 0; from < layer.rows(); from += rows) {
        int height = Math.min(rows, layer.rows() - from);
        all += layer.columns();
        kept += layer.columns() * (1 - Math.pow(1 - p, height));
      }
    }
    return all / kept;
  }
}
