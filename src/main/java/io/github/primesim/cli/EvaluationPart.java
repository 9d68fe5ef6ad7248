package io.github.primesim.cli;

/** The parts of the evaluation, in their order. */
enum EvaluationPart {
  SIZES,
  NETWORKS,
  GAP,
  CROSSBARS,
  UTILIZATION,
  ACCURACY,
  SENSITIVITY
}
