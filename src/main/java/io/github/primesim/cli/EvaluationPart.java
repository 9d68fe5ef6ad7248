package io.github.primesim.cli;

import java.util.Locale;

/** The parts of the evaluation, in their order. */
enum EvaluationPart {
  SIZES,
  NETWORKS,
  GRID,
  GAP,
  CROSSBARS,
  UTILIZATION,
  ACCURACY,
  SENSITIVITY;

  /** The name by which it is asked for. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
