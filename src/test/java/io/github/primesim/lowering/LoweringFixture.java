package io.github.primesim.lowering;

import io.github.primesim.config.HardwareFiles;
import io.github.primesim.config.LoadedHardware;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.ColumnGains;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.network.Shape;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.trace.Trace;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/** Networks, hardware and sums over traces that the tests of the package share. */
final class LoweringFixture {
  /** Inputs at the highest level half of the time, so that every mean is a short number. */
  static final Activity HALF_ON =
      new Activity(List.of(24.5, 24.5), List.of(0.5, 0.5), List.of(7, 7), 1.0, ColumnGains.NONE);

  private LoweringFixture() {}

  static LoadedHardware prime(String... overrides) {
    return HardwareFiles.load(Path.of(""), "prime-45nm", List.of(overrides));
  }

  static Convolution convolution(String name, int outputs, int kernel, int padding) {
    return new Convolution(
        name,
        List.of(name.equals("conv1") ? Network.INPUT : "conv1"),
        outputs,
        kernel,
        kernel,
        1,
        1,
        padding,
        padding,
        1,
        true,
        Activation.RELU);
  }

  static FullyConnected connected(String name, String input, int outputs) {
    return new FullyConnected(name, List.of(input), outputs, true, Activation.RELU);
  }

  static Network network(Shape input, Layer... layers) {
    return new Network("test", Origin.SYNTHETIC, "", input, false, List.of(layers));
  }

  /** Weights of which a share is not zero, drawn from the seed. */
  static Weights random(Network network, long seed, double density) {
    return (layer, group) -> {
      int rows = network.rows(layer);
      int columns = network.columns(layer);
      SplittableRandom random = new SplittableRandom(seed + 31L * layer.name().hashCode() + group);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        if (random.nextDouble() < density) {
          values[i] = (float) (random.nextDouble() * 2 - 1);
        }
      }
      return new WeightMatrix(rows, columns, values);
    };
  }

  static CompileRequest request(
      Network network,
      Weights weights,
      LoadedHardware hardware,
      String mapping,
      SignScheme signs,
      Replication replication) {
    Map<String, Activity> activity = new HashMap<>();
    network.weightedLayers().forEach(layer -> activity.put(layer.name(), HALF_ON));
    return new CompileRequest(
        network,
        weights,
        "0",
        activity,
        hardware.spec(),
        hardware.digest(),
        hardware.overrides(),
        Mappings.named(mapping),
        signs,
        replication,
        1,
        0);
  }

  static Trace compile(
      Network network, Weights weights, LoadedHardware hardware, String mapping, Replication r) {
    return Compiler.compile(
            request(network, weights, hardware, mapping, SignScheme.PAIRS, r), Progress.SILENT)
        .trace();
  }

  /** Actions of a kind that all programs of a layer count. */
  static long tally(Trace trace, String layer, Action action) {
    return programs(trace, layer).stream()
        .mapToLong(program -> program.tallies().getOrDefault(action, 0L))
        .sum();
  }

  static List<Program> programs(Trace trace, String layer) {
    return trace.stages().stream()
        .filter(stage -> stage.layer().equals(layer))
        .map(Stage::programs)
        .flatMap(List::stream)
        .toList();
  }

  /** Sum over all commands of a layer, loops written out. */
  static <C extends Command> long sum(
      Trace trace, String layer, Class<C> verb, ToLongFunction<C> value) {
    return programs(trace, layer).stream()
        .mapToLong(program -> sum(program.steps(), verb, value))
        .sum();
  }

  private static <C extends Command> long sum(
      List<? extends Step> steps, Class<C> verb, ToLongFunction<C> value) {
    long total = 0;
    for (Step step : steps) {
      if (step instanceof Loop loop) {
        total += loop.times() * sum(loop.body(), verb, value);
      } else if (step instanceof Together together) {
        total += sum(together.commands(), verb, value);
      } else if (verb.isInstance(step)) {
        total += value.applyAsLong(verb.cast(step));
      }
    }
    return total;
  }
}
