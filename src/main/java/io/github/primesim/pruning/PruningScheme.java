package io.github.primesim.pruning;

import io.github.primesim.units.InputProblem;
import java.util.List;

/** A way to choose the weights that are set to zero. */
public interface PruningScheme {
  /** Name of the scheme on the command line. */
  String name();

  /** What a target may be a share of. */
  List<Share> shares();

  /**
   * Whether the first and the last layer with weights stay whole unless the user says otherwise.
   */
  boolean protectsEnds();

  /**
   * Prunes until the target of the request is reached.
   *
   * @param mask what stays so far; what is pruned is taken out of it
   * @throws InputProblem if the layers that may be pruned do not hold enough
   */
  void prune(PruningRequest request, Mask mask);
}
