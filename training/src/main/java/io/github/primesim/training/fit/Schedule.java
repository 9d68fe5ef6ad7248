package io.github.primesim.training.fit;

import io.github.primesim.training.dataset.Augmentation;

/**
 * How long and how fast one stage of a training learns.
 *
 * <p>The learning rate rises from zero to its peak in a straight line while the stage warms up, and
 * then falls to zero along half a cosine.
 *
 * @param warmUp share of the steps in which the rate rises; 0 begins at the peak
 * @param weightDecay added to the gradient, times the weight; biases do not decay
 */
public record Schedule(
    int epochs,
    int batch,
    double peakLearningRate,
    double warmUp,
    double momentum,
    double weightDecay,
    Augmentation augmentation) {

  public Schedule withEpochs(int other) {
    return new Schedule(
        other, batch, peakLearningRate, warmUp, momentum, weightDecay, augmentation);
  }

  /** The learning rate of one step of the stage, counted from zero. */
  double learningRate(long step, long steps) {
    double rising = warmUp * steps;
    if (step < rising) {
      return peakLearningRate * step / rising;
    }
    return peakLearningRate
        * 0.5
        * (1 + StrictMath.cos(Math.PI * (step - rising) / (steps - rising)));
  }
}
