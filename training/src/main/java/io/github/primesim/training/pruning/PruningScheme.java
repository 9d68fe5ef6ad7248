package io.github.primesim.training.pruning;

import io.github.primesim.training.storage.Tensor;
import java.util.Map;

/** A rule that decides from the trained weights which of them stay. */
public interface PruningScheme {
  /** Masks for the weight matrices among the parameters; the parameters are not changed. */
  Masks masks(Map<String, Tensor> parameters);

  /** The rule and its numbers on one line, for the card and the checkpoint. */
  String describe();
}
