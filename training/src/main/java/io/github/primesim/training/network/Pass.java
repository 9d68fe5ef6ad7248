package io.github.primesim.training.network;

/** What a forward pass is for, and with that, what it computes with. */
public enum Pass {
  /** The finished network in float32; statistics are those of the training. */
  EVALUATION,

  /** A step of the training in float32; statistics come from the batch. */
  TRAINING,

  /**
   * A step of the training in which convolutions multiply in bfloat16 and add in float32, and
   * feature maps are kept in bfloat16. Weights, statistics, gradients of the weights, fully
   * connected layers and the loss stay in float32.
   *
   * <p>Source: Micikevicius et al., Mixed Precision Training, 3; bfloat16 needs no scaled loss.
   */
  MIXED_TRAINING;

  public boolean isTraining() {
    return this != EVALUATION;
  }

  /** How the card calls the arithmetic. */
  public String arithmetic() {
    return this == MIXED_TRAINING
        ? "convolutions and feature maps in bfloat16, all else in float32; tests in float32"
        : "float32";
  }
}
