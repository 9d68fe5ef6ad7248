package io.github.primesim.cli;

/** The parts of the evaluation, in their order. */
enum EvaluationPart {
  SIZES,
  NETWORKS,
  GRID,
  GAP,
  CROSSBARS,
  UTILIZATION,
  ACCURACY,
  SENSITIVITY
}
