package io.github.primesim.training.fit;

import io.github.primesim.training.network.Pass;

/**
 * What a training spends on its steps and on watching itself.
 *
 * @param step the arithmetic of its steps
 * @param curveImages test images, the first ones, that measure the epochs before a stage's last;
 *     the last one is measured on all
 */
public record Effort(Pass step, int curveImages) {
  /** Float32, and every epoch measured on all test images. */
  public static final Effort FULL = new Effort(Pass.TRAINING, Integer.MAX_VALUE);
}
