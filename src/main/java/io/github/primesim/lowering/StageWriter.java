package io.github.primesim.lowering;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.LayerFacts;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Writes the stages of a network: for each layer what has to cross banks first, then one program
 * per unit, then, where the outputs of a unit are spread over banks, the merging of their partial
 * sums.
 */
final class StageWriter {
  private final Network network;
  private final HardwareSpec hardware;
  private final int copies;
  private final int inputBits;
  private final int outputBits;
  private final int subarrays;

  private final List<Stage> stages = new ArrayList<>();

  /** Last stage of each layer. */
  private final Map<String, Integer> lastStage = new HashMap<>();

  /** Where the outputs of each layer lie. */
  private final Map<String, Ownership> outputs = new HashMap<>();

  /** Stage of the transfers of a layer, where there are any. */
  private final Map<String, Integer> transfers = new HashMap<>();

  StageWriter(Network network, HardwareSpec hardware, int copies) {
    this.network = network;
    this.hardware = hardware;
    this.copies = copies;
    inputBits = hardware.quantization().inputBits().count();
    outputBits = hardware.quantization().outputBits().count();
    subarrays = hardware.organization().ffSubarraysPerBank().count();
  }

  /** All stages written so far, with the outputs of the network committed to memory. */
  List<Stage> finish() {
    Layer last = network.output();
    SortedMap<Integer, Long> values = outputs.get(last.name()).valuesByBank();
    List<Program> programs = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      values.forEach(
          (bank, count) ->
              programs.add(
                  Steps.program(
                      bank, List.of(new Command.Commit(count * bitsOf(last.name()))), Map.of())));
    }
    add(last, List.of(lastStage.get(last.name())), zero(kind(last)), programs);
    return stages;
  }

  // ---------------------------------------------------------------- layers with weights

  /**
   * Writes a layer with weights.
   *
   * @param units all units, one copy of the network after the other
   * @param moved whether results pass the reorder buffer
   * @param inputs how inputs get to their wordlines
   */
  void weighted(
      Layer layer,
      LayerPlan plan,
      Operation operation,
      List<Unit> units,
      boolean moved,
      InputPath inputs,
      LayerFacts facts) {
    UnitPrograms writer =
        new UnitPrograms(
            network,
            hardware,
            plan,
            operation,
            moved,
            inputs,
            bitsOf(layer.inputs().get(0)),
            bitsOf(layer.name()));
    Shape shape = network.outputShape(layer.name());
    if (plan.image().mats() == 0) {
      // Nothing was kept: the outputs are the zeros that the Buffer subarray holds already.
      List<Integer> producers = producers(layer);
      add(layer, producers, facts, List.of(Steps.program(0, List.of(), Map.of())));
      outputs.put(
          layer.name(), Ownership.byPosition(shape, new int[shape.height() * shape.width()]));
      return;
    }
    bringInputs(layer, writer.needs(units));
    List<Integer> producers = producersAfterTransfers(layer);
    boolean spread =
        units.get(0).pieces().stream().mapToInt(Unit.Piece::bank).distinct().count() > 1;
    if (spread) {
      UnitPrograms.Spread parts = writer.spread(units.get(0));
      add(layer, producers, facts, parts.partial());
      if (!parts.merging().isEmpty()) {
        add(layer, List.of(stages.size() - 1), zero(kind(layer)), parts.merging());
      }
      outputs.put(layer.name(), parts.home());
      return;
    }
    List<Program> programs = new ArrayList<>();
    int[] owners = new int[Math.toIntExact(plan.positions())];
    for (int u = 0; u < units.size(); u++) {
      int unit = u % plan.units();
      long first = plan.firstPosition(unit);
      long last = plan.firstPosition(unit + 1);
      programs.add(writer.unit(units.get(u), last - first));
      Arrays.fill(owners, (int) first, (int) last, units.get(u).pieces().get(0).bank());
    }
    add(layer, producers, facts, programs);
    outputs.put(layer.name(), Ownership.byPosition(shape, owners));
  }

  // ---------------------------------------------------------------- layers without weights

  /** Writes a pooling: its windows are handled where their inputs lie. */
  void pooling(Pooling layer) {
    Shape shape = network.outputShape(layer.name());
    Sliding window = Sliding.of(layer, network.inputShape(layer), shape);
    Ownership source = source(layer.inputs().get(0));
    int[] owners = new int[shape.height() * shape.width()];
    SortedMap<Integer, BitSet> needs = new TreeMap<>();
    for (int p = 0; p < owners.length; p++) {
      owners[p] = source.bankOfPosition(window.anchor(p));
      window.mark(p, needs.computeIfAbsent(owners[p], bank -> new BitSet()));
    }
    bringInputs(layer, needs);
    long values = (long) shape.channels() * layer.kernelHeight() * layer.kernelWidth();
    IntFunction<List<Step>> body =
        subarray ->
            List.of(
                new Command.Load(subarray, values * bitsOf(layer.inputs().get(0))),
                new Command.Pool(values),
                new Command.Store(subarray, shape.channels() * bitsOf(layer.name())));
    digital(layer, owners, body);
  }

  /** Writes an addition: values are added where those of the first input lie. */
  void addition(Addition layer) {
    Shape shape = network.outputShape(layer.name());
    Ownership first = source(layer.inputs().get(0));
    int[] owners = new int[shape.height() * shape.width()];
    SortedMap<Integer, BitSet> needs = new TreeMap<>();
    for (int p = 0; p < owners.length; p++) {
      owners[p] = first.bankOfPosition(p);
      needs.computeIfAbsent(owners[p], bank -> new BitSet()).set(p);
    }
    bringInputs(layer, needs);
    long channels = shape.channels();
    long loads = layer.inputs().stream().mapToLong(this::bitsOf).sum() * channels;
    IntFunction<List<Step>> body =
        subarray -> {
          List<Step> steps = new ArrayList<>();
          steps.add(new Command.Load(subarray, loads));
          steps.add(new Command.Elementwise(channels * (layer.inputs().size() - 1)));
          if (layer.activation() != Activation.NONE) {
            steps.add(new Command.Activate(subarray, channels));
          }
          steps.add(new Command.Store(subarray, channels * bitsOf(layer.name())));
          return steps;
        };
    digital(layer, owners, body);
  }

  /** One program per bank and FF subarray whose port it uses, the positions shared out evenly. */
  private void digital(Layer layer, int[] owners, IntFunction<List<Step>> body) {
    SortedMap<Integer, Long> positions = new TreeMap<>();
    for (int owner : owners) {
      positions.merge(owner, 1L, Long::sum);
    }
    List<Program> programs = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      positions.forEach(
          (bank, count) -> {
            for (int subarray = 0; subarray < subarrays; subarray++) {
              long share = count * (subarray + 1) / subarrays - count * subarray / subarrays;
              if (share > 0) {
                List<Step> steps = new ArrayList<>();
                Steps.repeat(share, body.apply(subarray), steps);
                programs.add(Steps.program(bank, steps, Map.of()));
              }
            }
          });
    }
    LayerFacts facts = new LayerFacts(kind(layer), 0, 0, owners.length, 0, 0, 0, 0, 1, 0, 0);
    add(layer, producersAfterTransfers(layer), facts, programs);
    outputs.put(layer.name(), Ownership.byPosition(network.outputShape(layer.name()), owners));
  }

  // ---------------------------------------------------------------- transfers

  /**
   * Writes the transfers that bring the inputs of {@code layer} into the banks that need them: from
   * the memory subarrays for inputs of the network, over the inter-bank path for values that lie in
   * other banks.
   *
   * @param needs by bank, positions with all their channels; for a fully connected layer the single
   *     values
   */
  private void bringInputs(Layer layer, SortedMap<Integer, BitSet> needs) {
    boolean single = network.matrices(layer) > 0 && !(layer instanceof Convolution);
    List<Program> programs = new ArrayList<>();
    List<Integer> producers = new ArrayList<>();
    SortedMap<Integer, List<Step>> sends = new TreeMap<>();
    for (String input : layer.inputs()) {
      if (input.equals(Network.INPUT)) {
        long channels = network.input().channels();
        needs.forEach(
            (bank, needed) -> {
              long values = needed.cardinality() * (single ? 1 : channels);
              for (int copy = 0; copy < copies && values > 0; copy++) {
                programs.add(
                    Steps.program(
                        bank, List.of(new Command.Fetch(values * bitsOf(input))), Map.of()));
              }
            });
        continue;
      }
      Ownership source = outputs.get(input);
      producers.add(lastStage.get(input));
      needs.forEach(
          (bank, needed) -> {
            SortedMap<Integer, Long> values =
                single ? source.valuesOf(needed) : source.valuesAt(needed);
            values.forEach(
                (from, count) -> {
                  if (from.intValue() != bank.intValue() && count > 0) {
                    sends
                        .computeIfAbsent(from, f -> new ArrayList<>())
                        .add(new Command.Send(bank, count * bitsOf(input)));
                  }
                });
          });
    }
    sends.forEach((from, commands) -> programs.add(Steps.program(from, commands, Map.of())));
    if (!programs.isEmpty()) {
      stages.add(new Stage(layer.name(), producers, zero(kind(layer)), programs));
      transfers.put(layer.name(), stages.size() - 1);
    }
  }

  private List<Integer> producersAfterTransfers(Layer layer) {
    List<Integer> producers = new ArrayList<>(producers(layer));
    if (transfers.containsKey(layer.name())) {
      producers.add(transfers.get(layer.name()));
    }
    return producers;
  }

  private List<Integer> producers(Layer layer) {
    return layer.inputs().stream()
        .filter(input -> !input.equals(Network.INPUT))
        .map(lastStage::get)
        .distinct()
        .sorted()
        .toList();
  }

  /** Where the values of a layer lie; inputs of the network are held wherever they are needed. */
  private Ownership source(String input) {
    if (input.equals(Network.INPUT)) {
      Shape shape = network.input();
      return Ownership.byPosition(shape, new int[shape.height() * shape.width()]);
    }
    return outputs.get(input);
  }

  // ---------------------------------------------------------------- small parts

  private void add(Layer layer, List<Integer> producers, LayerFacts facts, List<Program> programs) {
    stages.add(new Stage(layer.name(), producers, facts, programs));
    lastStage.put(layer.name(), stages.size() - 1);
  }

  /** Bits of a value: its magnitude, and a sign where it can be negative. */
  private long bitsOf(String source) {
    boolean input = source.equals(Network.INPUT);
    return (input ? inputBits : (long) outputBits) + (network.signedOutput(source) ? 1 : 0);
  }

  static String kind(Layer layer) {
    if (layer instanceof Convolution) {
      return "convolution";
    }
    if (layer instanceof Pooling pooling) {
      return pooling.kind() == Pooling.Kind.MAX ? "maxPool" : "meanPool";
    }
    return layer instanceof Addition ? "addition" : "fullyConnected";
  }

  private static LayerFacts zero(String kind) {
    return new LayerFacts(kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
