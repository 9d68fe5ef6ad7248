package io.github.primesim.experiment;

import io.github.primesim.mapping.CrossbarUtilization;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How full crossbars are. The utilisation of a crossbar is the share of its places for weights
 * whose weight is not zero; a pair of arrays is one crossbar.
 *
 * <p>The sparse paper counts crossbars "under 20 %" and leaves open of what, so both readings are
 * there.
 *
 * @param crossbars crossbars kept
 * @param mean mean utilisation
 * @param cells share of physical cells that store a level above 0, at most half with pairs
 * @param low share of the crossbars with a utilisation under {@link #LOW}
 * @param lowOfMean share of the crossbars under {@link #LOW} of the mean utilisation
 * @param histogram crossbars by utilisation in {@link #BINS} equal bins from 0 to 1
 */
public record CrossbarFill(
    long crossbars, double mean, double cells, double low, double lowOfMean, List<Long> histogram) {
  /** Bins of the histogram: 5 % each. */
  public static final int BINS = 20;

  /** A low utilisation. Source: Lin et al., ASP-DAC 2019. */
  public static final double LOW = 0.2;

  public CrossbarFill {
    histogram = List.copyOf(histogram);
  }

  static CrossbarFill of(CrossbarUtilization utilization) {
    return new CrossbarFill(
        utilization.crossbars(),
        utilization.mean(),
        utilization.cellShare(),
        utilization.shareBelow(LOW),
        utilization.shareBelowOfMean(LOW),
        new ArrayList<>(Arrays.stream(utilization.histogram(BINS)).boxed().toList()));
  }
}
