package io.github.primesim.training.fit;

import io.github.primesim.training.dataset.ShiftAugmentation;

/**
 * How long and how fast one stage of a training learns.
 *
 * <p>The learning rate falls from its peak to zero along half a cosine over all steps of the stage.
 *
 * @param weightDecay added to the gradient, times the weight; biases do not decay
 */
public record Schedule(
    int epochs,
    int batch,
    double peakLearningRate,
    double momentum,
    double weightDecay,
    ShiftAugmentation augmentation) {

  public Schedule withEpochs(int other) {
    return new Schedule(other, batch, peakLearningRate, momentum, weightDecay, augmentation);
  }

  /** The learning rate of one step of the stage, counted from zero. */
  double learningRate(long step, long steps) {
    return peakLearningRate * 0.5 * (1 + StrictMath.cos(Math.PI * step / steps));
  }
}
