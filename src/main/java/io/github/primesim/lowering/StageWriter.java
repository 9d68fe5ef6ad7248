package io.github.primesim.lowering;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Affine;
import io.github.primesim.network.Concatenation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.FullyConnected;
import io.github.primesim.network.HostStep;
import io.github.primesim.network.Layer;
import io.github.primesim.network.LayerVisitor;
import io.github.primesim.network.Lookup;
import io.github.primesim.network.Network;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Product;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;
import io.github.primesim.network.Softmax;
import io.github.primesim.network.View;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.LayerFacts;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
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
  private final boolean sketched;
  private final int inputBits;
  private final int outputBits;
  private final int subarrays;

  private final List<Stage> stages = new ArrayList<>();

  /** Last stage of each layer; several where views join the outputs of several layers. */
  private final Map<String, List<Integer>> lastStage = new HashMap<>();

  /** Where the outputs of each layer lie. */
  private final Map<String, Ownership> outputs = new HashMap<>();

  /** Stage of the transfers of a layer, where there are any. */
  private final Map<String, Integer> transfers = new HashMap<>();

  /**
   * A writer of a network without layers yet.
   *
   * @param copies of the network in an instance
   * @param sketched whether programs that send nothing to another bank are left out
   */
  StageWriter(Network network, HardwareSpec hardware, int copies, boolean sketched) {
    this.network = network;
    this.hardware = hardware;
    this.copies = copies;
    this.sketched = sketched;
    inputBits = hardware.quantization().inputBits().count();
    outputBits = hardware.quantization().outputBits().count();
    subarrays = hardware.organization().ffSubarraysPerBank().count();
    outputs.put(Network.INPUT, Ownership.inMemory(network.input()));
    lastStage.put(Network.INPUT, List.of());
  }

  /** All stages written so far, with the outputs of the network committed to memory. */
  List<Stage> finish() {
    Layer last = network.output();
    List<Program> programs = commit(last.name());
    if (!programs.isEmpty()) {
      add(last, lastStage.get(last.name()), zero(kind(last)), programs);
    }
    return stages;
  }

  /** Brings the outputs of a layer into memory, as far as they do not lie there. */
  private List<Program> commit(String source) {
    SortedMap<Integer, Long> values = outputs.get(source).valuesByBank();
    values.remove(Ownership.MEMORY);
    List<Program> programs = new ArrayList<>();
    for (int copy = 0; copy < copies; copy++) {
      values.forEach(
          (bank, count) ->
              programs.add(
                  Steps.program(
                      bank, List.of(new Command.Commit(count * bitsOf(source))), Map.of())));
    }
    return programs;
  }

  // ---------------------------------------------------------------- layers with weights

  /**
   * Writes a layer with weights.
   *
   * @param units all units, one copy of the network after the other
   * @param inputs how inputs get to their wordlines
   */
  void weighted(
      Layer layer,
      LayerPlan plan,
      Operation operation,
      List<Unit> units,
      InputPath inputs,
      LayerFacts facts) {
    UnitPrograms writer =
        new UnitPrograms(
            network,
            hardware,
            plan,
            operation,
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
    if (layer instanceof Recurrence) {
      bringInputs(layer, false, input -> everything(input, units));
    } else {
      boolean singleValues = !(layer instanceof Convolution);
      SortedMap<Integer, BitSet> needs = writer.needs(units);
      bringInputs(layer, singleValues, input -> needs);
    }
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
      if (!sketched) {
        programs.add(writer.unit(units.get(u), new Span(first, last - first)));
      }
      Arrays.fill(owners, (int) first, (int) last, units.get(u).pieces().get(0).bank());
    }
    add(layer, producers, facts, programs);
    outputs.put(layer.name(), Ownership.byPosition(shape, owners));
  }

  /** All positions of an input, in each bank in which there is a unit. */
  private SortedMap<Integer, BitSet> everything(String input, List<Unit> units) {
    BitSet all = new BitSet();
    all.set(0, network.outputShape(input).area());
    SortedMap<Integer, BitSet> needs = new TreeMap<>();
    units.forEach(unit -> needs.put(unit.pieces().get(0).bank(), all));
    return needs;
  }

  // ---------------------------------------------------------------- layers without weights

  /** Writes a layer that has no weights. */
  void withoutWeights(Layer layer) {
    layer.accept(new WithoutWeights());
  }

  private final class WithoutWeights implements LayerVisitor<Void> {
    @Override
    public Void convolution(Convolution layer) {
      throw hasWeights(layer);
    }

    @Override
    public Void fullyConnected(FullyConnected layer) {
      throw hasWeights(layer);
    }

    @Override
    public Void recurrence(Recurrence layer) {
      throw hasWeights(layer);
    }

    private IllegalArgumentException hasWeights(Layer layer) {
      return new IllegalArgumentException("has weights: " + layer);
    }

    @Override
    public Void pooling(Pooling layer) {
      StageWriter.this.pooling(layer);
      return null;
    }

    @Override
    public Void addition(Addition layer) {
      return elementwise(layer, layer.inputs().size() - 1);
    }

    @Override
    public Void product(Product layer) {
      return elementwise(layer, layer.inputs().size() - 1);
    }

    @Override
    public Void affine(Affine layer) {
      return elementwise(layer, 2);
    }

    private Void elementwise(Layer layer, int operations) {
      long channels = network.outputShape(layer.name()).channels();
      valueByValue(
          layer,
          subarray -> {
            List<Command> commands = new ArrayList<>();
            commands.add(new Command.Elementwise(channels * operations));
            if (layer.activation() != Activation.NONE) {
              commands.add(new Command.Activate(subarray, channels));
            }
            return commands;
          });
      return null;
    }

    @Override
    public Void lookup(Lookup layer) {
      long channels = network.outputShape(layer.name()).channels();
      valueByValue(layer, subarray -> List.of(new Command.Activate(subarray, channels)));
      return null;
    }

    /** A table of exponentials, their sum, a table of reciprocals, a product for each value. */
    @Override
    public Void softmax(Softmax layer) {
      long channels = network.outputShape(layer.name()).channels();
      valueByValue(
          layer,
          subarray ->
              List.of(
                  new Command.Activate(subarray, channels),
                  new Command.Elementwise(channels - 1),
                  new Command.Activate(subarray, 1),
                  new Command.Elementwise(channels)));
      return null;
    }

    @Override
    public Void concatenation(Concatenation layer) {
      lastStage.put(layer.name(), producers(layer));
      outputs.put(
          layer.name(),
          Ownership.concatenation(
              network.outputShape(layer.name()),
              layer.inputs().stream().map(outputs::get).toList()));
      return null;
    }

    @Override
    public Void view(View layer) {
      lastStage.put(layer.name(), producers(layer));
      outputs.put(layer.name(), outputs.get(layer.inputs().get(0)).view(layer));
      return null;
    }

    @Override
    public Void hostStep(HostStep layer) {
      List<Program> programs = new ArrayList<>();
      layer.inputs().forEach(input -> programs.addAll(commit(input)));
      if (programs.isEmpty()) {
        programs.add(Steps.program(0, List.of(), Map.of()));
      }
      add(layer, producers(layer), zero(kind(layer)), programs);
      outputs.put(layer.name(), Ownership.inMemory(layer.shape()));
      return null;
    }
  }

  /** Writes a pooling: its windows are handled where their inputs lie. */
  private void pooling(Pooling layer) {
    Shape shape = network.outputShape(layer.name());
    Sliding window = Sliding.of(layer, network.inputShape(layer), shape);
    Ownership source = outputs.get(layer.inputs().get(0));
    int[] owners = new int[shape.height() * shape.width()];
    SortedMap<Integer, BitSet> needs = new TreeMap<>();
    for (int p = 0; p < owners.length; p++) {
      owners[p] = source.bankOfPosition(window.anchor(p));
      window.mark(p, needs.computeIfAbsent(owners[p], bank -> new BitSet()));
    }
    bringInputs(layer, false, input -> needs);
    long values = (long) shape.channels() * layer.kernelHeight() * layer.kernelWidth();
    IntFunction<List<Step>> body =
        subarray ->
            List.of(
                new Command.Load(subarray, values * bitsOf(layer.inputs().get(0))),
                new Command.Pool(values),
                new Command.Store(subarray, shape.channels() * bitsOf(layer.name())));
    digital(layer, owners, body);
  }

  /**
   * Writes a layer that handles each position by itself: where the values of its first input lie.
   *
   * @param commands what is done with a position, by FF subarray whose port is used
   */
  private void valueByValue(Layer layer, IntFunction<List<Command>> commands) {
    Shape shape = network.outputShape(layer.name());
    Ownership first = outputs.get(layer.inputs().get(0));
    int[] owners = new int[shape.height() * shape.width()];
    SortedMap<Integer, BitSet> needs = new TreeMap<>();
    for (int p = 0; p < owners.length; p++) {
      owners[p] = first.bankOfPosition(p);
      needs.computeIfAbsent(owners[p], bank -> new BitSet()).set(p);
    }
    bringInputs(layer, false, input -> needs);
    long channels = shape.channels();
    long loads = layer.inputs().stream().mapToLong(this::bitsOf).sum() * channels;
    IntFunction<List<Step>> body =
        subarray -> {
          List<Step> steps = new ArrayList<>();
          steps.add(new Command.Load(subarray, loads));
          steps.addAll(commands.apply(subarray));
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
    for (int copy = 0; copy < copies && !sketched; copy++) {
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
   * @param single whether the needs are single values, not positions with all their channels
   * @param needsOf what is needed of an input, by bank
   */
  private void bringInputs(
      Layer layer, boolean single, Function<String, SortedMap<Integer, BitSet>> needsOf) {
    List<Program> programs = new ArrayList<>();
    Set<Integer> producers = new TreeSet<>();
    SortedMap<Integer, List<Step>> sends = new TreeMap<>();
    for (String input : new LinkedHashSet<>(layer.inputs())) {
      Ownership source = outputs.get(input);
      producers.addAll(lastStage.get(input));
      needsOf
          .apply(input)
          .forEach(
              (bank, needed) -> {
                SortedMap<Integer, Long> values =
                    single ? source.valuesOf(needed) : source.valuesAt(needed);
                values.forEach(
                    (from, count) -> {
                      if (from == Ownership.MEMORY) {
                        for (int copy = 0; copy < copies && count > 0; copy++) {
                          programs.add(
                              Steps.program(
                                  bank,
                                  List.of(new Command.Fetch(count * bitsOf(input))),
                                  Map.of()));
                        }
                      } else if (from.intValue() != bank.intValue() && count > 0) {
                        sends
                            .computeIfAbsent(from, f -> new ArrayList<>())
                            .add(new Command.Send(bank, count * bitsOf(input)));
                      }
                    });
              });
    }
    sends.forEach((from, commands) -> programs.add(Steps.program(from, commands, Map.of())));
    if (!programs.isEmpty()) {
      stages.add(new Stage(layer.name(), List.copyOf(producers), zero(kind(layer)), programs));
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
        .map(lastStage::get)
        .flatMap(List::stream)
        .distinct()
        .sorted()
        .toList();
  }

  // ---------------------------------------------------------------- small parts

  private void add(Layer layer, List<Integer> producers, LayerFacts facts, List<Program> programs) {
    stages.add(new Stage(layer.name(), producers, facts, programs));
    lastStage.put(layer.name(), List.of(stages.size() - 1));
  }

  /** Bits of a value: its magnitude, and a sign where it can be negative. */
  private long bitsOf(String source) {
    return (comesFromOutside(source) ? inputBits : (long) outputBits)
        + (network.signedOutput(source) ? 1 : 0);
  }

  /** Whether values are inputs of the network, or of the host, and not results of the memory. */
  private boolean comesFromOutside(String source) {
    if (source.equals(Network.INPUT)) {
      return true;
    }
    Layer layer = network.layer(source);
    boolean moved = layer instanceof View || layer instanceof Concatenation;
    return layer instanceof HostStep
        || (moved && layer.inputs().stream().allMatch(this::comesFromOutside));
  }

  static String kind(Layer layer) {
    return layer.accept(new Kind());
  }

  /** The kind of a layer as traces and results have it. */
  private static final class Kind implements LayerVisitor<String> {
    @Override
    public String convolution(Convolution layer) {
      return "convolution";
    }

    @Override
    public String fullyConnected(FullyConnected layer) {
      return "fullyConnected";
    }

    @Override
    public String recurrence(Recurrence layer) {
      // Which function a table holds makes no other stage.
      return layer.cell() == Recurrence.Cell.RNN_RELU
          ? "rnn"
          : layer.cell().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String pooling(Pooling layer) {
      return layer.kind() == Pooling.Kind.MAX ? "maxPool" : "meanPool";
    }

    @Override
    public String addition(Addition layer) {
      return "addition";
    }

    @Override
    public String product(Product layer) {
      return "product";
    }

    @Override
    public String affine(Affine layer) {
      return "affine";
    }

    @Override
    public String lookup(Lookup layer) {
      return "lookup";
    }

    @Override
    public String softmax(Softmax layer) {
      return "softmax";
    }

    @Override
    public String concatenation(Concatenation layer) {
      return "concatenation";
    }

    @Override
    public String view(View layer) {
      return "view";
    }

    @Override
    public String hostStep(HostStep layer) {
      return "host";
    }
  }

  private static LayerFacts zero(String kind) {
    return new LayerFacts(kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }
}
