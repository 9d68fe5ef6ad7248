package io.github.primesim.training.fit;

import io.github.primesim.training.dataset.Augmentation;
import java.util.Optional;

/**
 * How long and how fast one stage of a training learns.
 *
 * <p>The learning rate rises from zero to its peak in a straight line while the stage warms up, and
 * then falls to zero along half a cosine.
 *
 * @param epochs as planned, see {@link #lastEpoch()}
 * @param warmUp share of the steps in which the rate rises; 0 begins at the peak
 * @param weightDecay added to the gradient, times the weight; biases do not decay
 * @param windDown another end than the planned one
 */
public record Schedule(
    int epochs,
    int batch,
    double peakLearningRate,
    double warmUp,
    double momentum,
    double weightDecay,
    Augmentation augmentation,
    Optional<WindDown> windDown) {

  /**
   * An end before the planned one: from the rate that was reached after some epochs, the rate falls
   * to zero along half a cosine of its own. The epochs before are those of the plan.
   *
   * @param after epochs that follow the plan
   * @param epochs epochs in which the rate falls
   */
  public record WindDown(int after, int epochs) {}

  public Schedule(
      int epochs,
      int batch,
      double peakLearningRate,
      double warmUp,
      double momentum,
      double weightDecay,
      Augmentation augmentation) {
    this(
        epochs,
        batch,
        peakLearningRate,
        warmUp,
        momentum,
        weightDecay,
        augmentation,
        Optional.empty());
  }

  public Schedule withEpochs(int other) {
    return new Schedule(
        other, batch, peakLearningRate, warmUp, momentum, weightDecay, augmentation, windDown);
  }

  public Schedule withWindDown(Optional<WindDown> other) {
    return new Schedule(
        epochs, batch, peakLearningRate, warmUp, momentum, weightDecay, augmentation, other);
  }

  /** How many epochs the stage has in fact. */
  public int lastEpoch() {
    return windDown.map(end -> end.after() + end.epochs()).orElse(epochs);
  }

  /**
   * The learning rate of one step of the stage.
   *
   * @param step counted from zero
   * @param perEpoch steps in an epoch
   */
  double learningRate(long step, long perEpoch) {
    if (windDown.isPresent() && step >= windDown.get().after() * perEpoch) {
      long begin = windDown.get().after() * perEpoch;
      return planned(begin, epochs * perEpoch)
          * cosine((double) (step - begin) / (windDown.get().epochs() * perEpoch));
    }
    return planned(step, epochs * perEpoch);
  }

  private double planned(long step, long steps) {
    double rising = warmUp * steps;
    if (step < rising) {
      return peakLearningRate * step / rising;
    }
    return peakLearningRate * cosine((step - rising) / (steps - rising));
  }

  /** From 1 to 0 as {@code done} goes from 0 to 1. */
  private static double cosine(double done) {
    return 0.5 * (1 + StrictMath.cos(Math.PI * done));
  }
}
