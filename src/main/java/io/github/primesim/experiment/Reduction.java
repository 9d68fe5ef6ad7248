package io.github.primesim.experiment;

/**
 * What one mapping scheme makes of one case at one size of the crossbars.
 *
 * @param source {@code U}, {@code M} or {@code T} for a synthetic layer ({@link SyntheticLayer}),
 *     otherwise the name of a network
 * @param density fraction of the weights that are not zero, both signs together
 * @param size rows of a crossbar and what stands for its columns: weight columns of a synthetic
 *     layer, bitlines of a network's hardware
 * @param scheme name of the scheme
 * @param dense crossbars of the dense mapping
 * @param kept crossbars that the scheme keeps
 * @param boundRowsInOrder fewest crossbars of any mapping that leaves the rows where they are
 * @param boundCells fewest crossbars whose cells hold the weights that are not zero
 */
public record Reduction(
    String source,
    double density,
    int size,
    String scheme,
    long dense,
    long kept,
    long boundRowsInOrder,
    long boundCells) {

  /**
   * What compiling a network has shown, all layers together; its size is that of the rows of the
   * crossbars.
   */
  public static Reduction of(Compiled compiled) {
    CompiledNetwork network = compiled.network();
    CrossbarCount crossbars = network.crossbars();
    long weights = 0;
    long nonZeros = 0;
    for (CompiledLayer layer : network.layers()) {
      weights += (long) layer.rows() * layer.columns();
      nonZeros += layer.nonZeros();
    }
    return new Reduction(
        network.network(),
        (double) nonZeros / weights,
        compiled.trace().header().crossbarRows(),
        network.mapping(),
        crossbars.dense(),
        crossbars.mapped(),
        crossbars.lowerBound(),
        compiled.mapping().total().cellBound());
  }

  /** How many times fewer crossbars are kept than dense ones; 1 where there are none at all. */
  public double factor() {
    return ratio(kept);
  }

  /** The factor no mapping with the rows in their order exceeds. */
  public double factorRowsInOrder() {
    return ratio(boundRowsInOrder);
  }

  /** The factor no mapping exceeds. */
  public double factorCells() {
    return ratio(boundCells);
  }

  private double ratio(long crossbars) {
    return crossbars == 0
        ? (dense == 0 ? 1 : Double.POSITIVE_INFINITY)
        : (double) dense / crossbars;
  }
}
