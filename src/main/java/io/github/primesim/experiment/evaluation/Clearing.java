package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.PruningChoices;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.pruning.CrossbarPruning;
import java.util.List;
import java.util.Optional;

/**
 * What clearing the lightest crossbars of a mapping costs in weights. First and last layer with
 * weights stay whole and are not counted, as {@code primesim prune --scheme crossbar} has it.
 *
 * @param title the paper's name of the network
 * @param network name of ours
 * @param scheme mapping scheme
 * @param size wordlines and bitlines of a crossbar
 * @param held weights in each crossbar, in the order in which crossbars are cleared
 */
public record Clearing(String title, String network, String scheme, int size, List<Long> held) {
  public Clearing {
    held = List.copyOf(held);
  }

  /** The crossbars of a design. */
  public static Clearing of(String title, CompileRequest design) {
    PruningChoices choices =
        new PruningChoices("crossbar", "0", "crossbars", "norm", "global", Optional.empty());
    return new Clearing(
        title,
        design.network().name(),
        design.mapping().name(),
        design.hardware().organization().crossbarRows().count(),
        new CrossbarPruning().held(choices.request(design)));
  }

  /**
   * Share of the weights that are not zero which goes with a share of the crossbars.
   *
   * @param crossbars share that is cleared, rounded to whole crossbars
   */
  public double weights(double crossbars) {
    int cleared = (int) Math.round(crossbars * held.size());
    long gone = held.subList(0, cleared).stream().mapToLong(Long::longValue).sum();
    long all = held.stream().mapToLong(Long::longValue).sum();
    return (double) gone / all;
  }

  /** Crossbars saved against weights pruned: one share over the other. */
  public double leverage(double crossbars) {
    int cleared = (int) Math.round(crossbars * held.size());
    return (double) cleared / held.size() / weights(crossbars);
  }
}
