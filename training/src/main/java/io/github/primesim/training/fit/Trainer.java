package io.github.primesim.training.fit;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.network.Pass;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;

/**
 * A network's parameters in PyTorch, fitted by stochastic gradient descent with momentum.
 *
 * <p>The loss is the cross-entropy of the softmax. Each step moves {@code v = momentum v + gradient
 * + decay w; w = w - rate v} and then multiplies the weights by their masks, so a pruned weight is
 * zero after every step. On one thread the result depends on nothing but the arguments.
 */
public final class Trainer implements AutoCloseable {
  private static final int TEST_BATCH = 250;

  private final Topology topology;
  private final Pass step;
  private final NDManager manager;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private final Map<String, NDArray> velocity = new LinkedHashMap<>();
  private final Map<String, NDArray> masks = new LinkedHashMap<>();

  public Trainer(
      Topology topology, Map<String, Tensor> start, Map<String, Tensor> velocities, Masks masks) {
    this(topology, Pass.TRAINING, start, velocities, masks);
  }

  /**
   * A trainer that begins with these parameters and velocities.
   *
   * @param step the arithmetic of its steps; accuracies are always measured in float32
   */
  public Trainer(
      Topology topology,
      Pass step,
      Map<String, Tensor> start,
      Map<String, Tensor> velocities,
      Masks masks) {
    this.topology = topology;
    this.step = step;
    this.manager = NDManager.newBaseManager("PyTorch");
    topology
        .parameters()
        .keySet()
        .forEach(
            name -> {
              NDArray parameter = array(manager, start.get(name));
              if (Topology.isLearned(name)) {
                parameter.setRequiresGradient(true);
              }
              parameters.put(name, parameter);
              velocity.put(name, array(manager, velocities.get(name)));
            });
    masks.byParameter().forEach((name, mask) -> this.masks.put(name, array(manager, mask)));
  }

  /** Velocities of a training that has not begun to move. */
  public static Map<String, Tensor> atRest(Topology topology) {
    Map<String, Tensor> velocities = new LinkedHashMap<>();
    topology.parameters().forEach((name, shape) -> velocities.put(name, Tensor.zeros(shape)));
    return velocities;
  }

  /**
   * Goes through all images once, in random order; the images left over from the last full batch
   * wait for another epoch's order.
   *
   * @param epoch counted from zero; with the schedule it decides the learning rates
   * @param progress told the number of images after each step
   * @return the mean loss of the epoch in nats
   * @throws ArithmeticException if the training diverged and the loss is not finite
   */
  public double epoch(
      LabelledImages images,
      Schedule schedule,
      int epoch,
      SplittableRandom random,
      IntConsumer progress) {
    int batch = Math.min(schedule.batch(), images.count());
    int steps = images.count() / batch;
    int[] order = images.permutation(random);
    float[] inputs = new float[batch * images.pixelsPerImage()];
    float[] targets = new float[batch * topology.classes()];
    double sum = 0;
    for (int step = 0; step < steps; step++) {
      java.util.Arrays.fill(targets, 0f);
      for (int i = 0; i < batch; i++) {
        int image = order[step * batch + i];
        schedule.augmentation().copy(images, image, random, inputs, i * images.pixelsPerImage());
        targets[i * topology.classes() + images.label(image)] = 1f;
      }
      double rate = schedule.learningRate((long) epoch * steps + step, steps);
      sum += step(images, inputs, targets, batch, schedule, rate);
      progress.accept(batch);
    }
    return sum / steps;
  }

  private double step(
      LabelledImages images,
      float[] inputs,
      float[] targets,
      int batch,
      Schedule schedule,
      double rate) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray input = scratch.create(inputs, shape(images, batch));
      NDArray target = scratch.create(targets, new Shape(batch, topology.classes()));
      double value;
      try (GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
        NDArray scores = topology.forward(input, parameters, step);
        NDArray loss = scores.logSoftmax(1).mul(target).sum().div(-batch);
        loss.attach(scratch);
        collector.backward(loss);
        value = loss.getFloat();
      }
      if (!Double.isFinite(value)) {
        throw new ArithmeticException(
            "the training diverged: loss " + value + " at learning rate " + rate);
      }
      parameters.forEach(
          (name, parameter) -> {
            if (Topology.isLearned(name)) {
              descend(name, parameter, scratch, schedule, rate);
            }
          });
      return value;
    }
  }

  private void descend(
      String name, NDArray parameter, NDManager scratch, Schedule schedule, double rate) {
    NDArray gradient = parameter.getGradient();
    gradient.attach(scratch);
    NDArray speed = velocity.get(name);
    speed.muli(schedule.momentum()).addi(gradient);
    if (Topology.isWeight(name) && schedule.weightDecay() > 0) {
      NDArray decay = parameter.mul(schedule.weightDecay());
      decay.attach(scratch);
      speed.addi(decay);
    }
    NDArray move = speed.mul(rate);
    move.attach(scratch);
    parameter.subi(move);
    NDArray mask = masks.get(name);
    if (mask != null) {
      parameter.muli(mask);
    }
    // PyTorch adds the next gradient to this one.
    gradient.muli(0);
  }

  /**
   * The fraction of images whose class gets the highest score; of equal scores the first counts.
   */
  public double accuracy(LabelledImages images) {
    int correct = 0;
    SplittableRandom unused = new SplittableRandom(0);
    for (int from = 0; from < images.count(); from += TEST_BATCH) {
      int batch = Math.min(TEST_BATCH, images.count() - from);
      float[] inputs = new float[batch * images.pixelsPerImage()];
      for (int i = 0; i < batch; i++) {
        Augmentation.none().copy(images, from + i, unused, inputs, i * images.pixelsPerImage());
      }
      try (NDManager scratch = manager.newSubManager()) {
        NDArray scores =
            topology.forward(
                scratch.create(inputs, shape(images, batch)), parameters, Pass.EVALUATION);
        scores.attach(scratch);
        float[] values = scores.toFloatArray();
        for (int i = 0; i < batch; i++) {
          if (best(values, i * topology.classes(), topology.classes()) == images.label(from + i)) {
            correct++;
          }
        }
      }
    }
    return (double) correct / images.count();
  }

  private static int best(float[] values, int offset, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (values[offset + i] > values[offset + best]) {
        best = i;
      }
    }
    return best;
  }

  public Map<String, Tensor> parameters() {
    return tensors(parameters);
  }

  public Map<String, Tensor> velocity() {
    return tensors(velocity);
  }

  private Map<String, Tensor> tensors(Map<String, NDArray> arrays) {
    Map<String, int[]> shapes = topology.parameters();
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> tensors.put(name, new Tensor(shapes.get(name), array.toFloatArray())));
    return tensors;
  }

  private static Shape shape(LabelledImages images, int count) {
    return new Shape(count, images.channels(), images.height(), images.width());
  }

  private static NDArray array(NDManager manager, Tensor tensor) {
    int[] shape = tensor.shape();
    long[] dimensions = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      dimensions[i] = shape[i];
    }
    return manager.create(tensor.values(), new Shape(dimensions));
  }

  @Override
  public void close() {
    manager.close();
  }
}
