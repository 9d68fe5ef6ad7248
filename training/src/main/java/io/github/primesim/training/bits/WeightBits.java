package io.github.primesim.training.bits;

import io.github.primesim.training.Recipe;
import io.github.primesim.training.Recipes;
import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.fit.Trainer;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.MagnitudePruning;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.AtomicFile;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Prunes a trained network by magnitude to several sparsities, all matrices alike, fine-tunes each
 * for a while, and measures each with its weights in floating point and in some bits.
 */
@Command(
    name = "training/weight-bits",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Accuracy against sparsity and bits of the weights, as CSV.",
      "Inputs of the layers stay in floating point; only weights are rounded, as primesim does."
    })
public final class WeightBits implements Callable<Integer> {
  @Parameters(paramLabel = "NETWORK", description = "network that training/train knows")
  private String network;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      required = true,
      description = "dense.npz of its training")
  private Path weights;

  @Option(
      names = "--sparsities",
      paramLabel = "S,S,...",
      split = ",",
      defaultValue = "0,0.8,0.85,0.9,0.925,0.95,0.97",
      description = "default: ${DEFAULT-VALUE}; 0 is measured as it is, without fine-tuning")
  private List<Double> sparsities;

  @Option(
      names = "--bits",
      paramLabel = "B,B,...",
      split = ",",
      defaultValue = "8,6,4",
      description = "bits of a magnitude beside its sign (default: ${DEFAULT-VALUE})")
  private List<Integer> bits;

  @Option(
      names = "--images",
      paramLabel = "N",
      defaultValue = "10000",
      description = "training images of the one epoch of fine-tuning (default: ${DEFAULT-VALUE})")
  private int images;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      defaultValue = "2000",
      description = "the first ones, that are measured on (default: ${DEFAULT-VALUE})")
  private int testImages;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder with the data set's own files; without it they are fetched with npm")
  private Optional<Path> data;

  @Option(names = "--out", paramLabel = "FILE.csv", required = true, description = "the table")
  private Path out;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new WeightBits())
            .setParameterExceptionHandler(
                (e, given) -> {
                  e.getCommandLine().getErr().println(e.getMessage());
                  return CommandLine.ExitCode.USAGE;
                })
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  if (e instanceof UnusableInput || e instanceof IOException) {
                    command.getErr().println(e.getMessage());
                    return CommandLine.ExitCode.USAGE;
                  }
                  throw e;
                })
            .execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = Recipes.all().get(network);
    if (recipe == null) {
      throw new UnusableInput(
          "network " + network + " is not known; there are: " + Recipes.all().keySet());
    }
    Path cache =
        Path.of(System.getProperty("primesim.training.root", "")).resolve(".work").resolve("data");
    ImageDataset set = recipe.data().obtain(data, cache);
    LabelledImages training = set.training().first(images);
    LabelledImages test = set.test().first(testImages);
    Map<String, Tensor> dense = recipe.topology().select(Npz.read(weights), weights.toString());
    List<String> lines = new ArrayList<>();
    lines.add("network,sparsity,weights,accuracy,fine_tuned_on,test_images");
    for (double sparsity : sparsities) {
      Map<String, Tensor> sparse =
          sparsity == 0 ? dense : fineTuned(recipe, dense, sparsity, training);
      measured(recipe.topology(), sparse, test)
          .forEach(
              (kind, accuracy) -> {
                String line =
                    String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%.4f,%d,%d",
                        network,
                        sparsity,
                        kind,
                        accuracy,
                        sparsity == 0 ? 0 : training.count(),
                        test.count());
                lines.add(line);
                System.err.println(line);
              });
    }
    AtomicFile.write(out, String.join("\n", lines) + "\n");
    return CommandLine.ExitCode.OK;
  }

  private Map<String, Tensor> fineTuned(
      Recipe recipe, Map<String, Tensor> dense, double sparsity, LabelledImages training) {
    Topology topology = recipe.topology();
    Masks masks = new MagnitudePruning(sparsity, Map.of()).masks(dense);
    Map<String, Tensor> start = new LinkedHashMap<>();
    dense.forEach(
        (name, tensor) -> start.put(name, new Tensor(tensor.shape(), tensor.values().clone())));
    masks.apply(start);
    Schedule schedule = recipe.fineTuning().withEpochs(1);
    try (Trainer trainer =
        new Trainer(topology, recipe.effort().step(), start, Trainer.atRest(topology), masks)) {
      trainer.epoch(training, schedule, 0, new SplittableRandom(seed), done -> {});
      return trainer.parameters();
    }
  }

  /** Accuracies by what the weights are, floating point first. */
  private Map<String, Double> measured(
      Topology training, Map<String, Tensor> parameters, LabelledImages test) {
    Topology topology = training.folded();
    Map<String, Tensor> folded = training.fold(parameters);
    Map<String, Double> accuracies = new LinkedHashMap<>();
    accuracies.put("float", accuracy(topology, folded, test));
    for (int count : bits) {
      accuracies.put(
          count + " bits", accuracy(topology, PowerOfTwoWeights.of(folded, count), test));
    }
    return accuracies;
  }

  private static double accuracy(
      Topology topology, Map<String, Tensor> parameters, LabelledImages test) {
    try (Trainer trainer =
        new Trainer(topology, parameters, Trainer.atRest(topology), Masks.none())) {
      return trainer.accuracy(test);
    }
  }
}
