package io.github.primesim.experiment.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What is done to the weights of a network before they are mapped.
 *
 * @param kind what is done
 * @param share how far it goes; 0 where nothing is done
 */
public record Treatment(Kind kind, double share) {
  /** Nothing: the network as it is bundled, which is pruned by magnitude. */
  public static final Treatment NONE = new Treatment(Kind.NONE, 0);

  /** Column segments are pruned until the paper's sparsity of the network is reached. */
  public static final Treatment SEGMENTS = new Treatment(Kind.SEGMENTS, 0);

  /** Other weights are drawn at random in which each layer keeps its density. */
  public static final Treatment SYNTHETIC = new Treatment(Kind.SYNTHETIC, 0);

  /** What can be done. */
  public enum Kind {
    NONE("pruned by magnitude"),
    /** The smallest weights go until a share of all is zero. */
    SPARSITY("sparsity"),
    /** The crossbars of the mapping that hold the least are cleared, a share of all of them. */
    CROSSBARS("crossbars cleared"),
    SEGMENTS("segments pruned"),
    SYNTHETIC("synthetic, same densities");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  /** The smallest weights go until that share of all is zero. */
  public static Treatment sparsity(double share) {
    return new Treatment(Kind.SPARSITY, share);
  }

  /** That share of the crossbars is cleared. */
  public static Treatment cleared(double share) {
    return new Treatment(Kind.CROSSBARS, share);
  }

  /** Such as {@code crossbars cleared 40 %}. */
  public String text() {
    return share == 0
        ? kind.text
        : kind.text
            + " "
            + BigDecimal.valueOf(100 * share)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString()
            + " %";
  }

  /** What the dense mapping that this is compared with is given: it knows of no crossbars. */
  Treatment ofBaseline() {
    return kind == Kind.CROSSBARS ? NONE : this;
  }
}
