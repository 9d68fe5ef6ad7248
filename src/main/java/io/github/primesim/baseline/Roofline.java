package io.github.primesim.baseline;

import java.util.List;
import java.util.function.Function;

/**
 * Two rooflines of the same processor. Both take layers one after another, each bound by its
 * multipliers or by its memory path, and one image at a time, so that weights come from memory for
 * every image.
 */
public enum Roofline {
  /** No multiplier is ever idle, and everything crosses the memory path once. */
  IDEAL {
    @Override
    LayerEstimate of(Baseline baseline, LayerWork work) {
      double bytes =
          work.weights() * baseline.weightBytes().value()
              + (work.inputValues() + work.outputValues()) * baseline.activationBytes().value();
      return estimate(baseline, work, work.operations() / baseline.peakPerNs(), bytes);
    }
  },
  /**
   * Multipliers take tiles of inputs and outputs, and what of a tile is empty is lost.
   *
   * <p>The loop: for each tile of outputs, for each block of inputs whose weights fit into the
   * weight buffer, for each position. So weights are read once. Inputs are read once if the input
   * buffer holds all of them, otherwise once per tile of outputs. The partial sums of a tile leave
   * and come back between two blocks unless the output buffer holds them.
   */
  TILED {
    @Override
    LayerEstimate of(Baseline baseline, LayerWork work) {
      double tileOutputs = baseline.cores().value() * baseline.tileOutputs().value();
      double tiles = Math.ceil(work.outputs() / tileOutputs);
      double cycles =
          (double) work.matrices()
              * work.positions()
              * tiles
              * Math.ceil(work.fanIn() / baseline.tileInputs().value());
      double activation = baseline.activationBytes().value();
      double rowsOfBlock =
          Math.floor(
              baseline.weightBufferKb().value()
                  * BYTES_PER_KB
                  / (tileOutputs * baseline.weightBytes().value()));
      double blocks = Math.ceil(work.fanIn() / Math.max(1, rowsOfBlock));
      boolean inputsStay =
          work.inputValues() * activation <= baseline.inputBufferKb().value() * BYTES_PER_KB;
      boolean sumsStay =
          work.positions() * tileOutputs * activation
              <= baseline.outputBufferKb().value() * BYTES_PER_KB;
      double bytes =
          work.weights() * baseline.weightBytes().value()
              + work.inputValues() * activation * (inputsStay ? 1 : tiles)
              + work.outputValues() * activation * (sumsStay ? 1 : 2 * blocks - 1);
      return estimate(baseline, work, cycles / baseline.clockGhz().value(), bytes);
    }
  };

  private static final double BYTES_PER_KB = 1024;

  /** What the layers take on {@code baseline}. */
  public Estimate of(Baseline baseline, List<LayerWork> layers) {
    Function<LayerWork, LayerEstimate> one = work -> of(baseline, work);
    return new Estimate(baseline, layers.stream().map(one).toList());
  }

  abstract LayerEstimate of(Baseline baseline, LayerWork work);

  /** A gigabyte a second is a byte a nanosecond. */
  private static LayerEstimate estimate(
      Baseline baseline, LayerWork work, double computeNs, double bytes) {
    return new LayerEstimate(
        work.layer(), work.operations(), computeNs, bytes, bytes / baseline.memoryGbPerS().value());
  }
}
