package io.github.primesim.lowering;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Addition;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Pooling;
import io.github.primesim.network.Shape;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.LayerFacts;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes the stages of a network: for each layer what has to cross banks first, then one program
 * per unit, then, where the outputs of a unit are spread over banks, the merging of their partial
 * sums.
 */
final class StageWriter {
  private final Network network;
  private final int copies;
  private final int inputBits;
  private final int outputBits;
  private final int matBanks;
  private final int subarrayBanks;
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
    this.copies = copies;
    inputBits = hardware.quantization().inputBits().count();
    outputBits = hardware.quantization().outputBits().count();
    matBanks = hardware.organization().matAccumulatorBanks().count();
    subarrayBanks = hardware.organization().subarrayAccumulatorBanks().count();
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
                  program(
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
    Writer writer = new Writer(layer, plan, operation, moved, inputs);
    Shape shape = network.outputShape(layer.name());
    if (plan.image().mats() == 0) {
      // Nothing was kept: the outputs are the zeros that the Buffer subarray holds already.
      List<Integer> producers = producers(layer);
      add(layer, producers, facts, List.of(program(0, List.of(), Map.of())));
      outputs.put(
          layer.name(), Ownership.byPosition(shape, new int[shape.height() * shape.width()]));
      return;
    }
    bringInputs(layer, writer.needs(units));
    List<Integer> producers = producersAfterTransfers(layer);
    boolean spread =
        units.get(0).pieces().stream().mapToInt(Unit.Piece::bank).distinct().count() > 1;
    if (spread) {
      writer.spread(units.get(0), producers, facts, shape);
      return;
    }
    List<Program> programs = new ArrayList<>();
    int[] owners = new int[Math.toIntExact(plan.positions())];
    for (int u = 0; u < units.size(); u++) {
      int unit = u % plan.units();
      long first = plan.firstPosition(unit);
      long last = plan.firstPosition(unit + 1);
      programs.add(writer.unit(units.get(u), last - first));
      java.util.Arrays.fill(owners, (int) first, (int) last, units.get(u).pieces().get(0).bank());
    }
    add(layer, producers, facts, programs);
    outputs.put(layer.name(), Ownership.byPosition(shape, owners));
  }

  /** Writes the programs of one layer. */
  private final class Writer {
    private final Layer layer;
    private final LayerPlan plan;
    private final Operation operation;
    private final boolean moved;
    private final InputPath inputs;
    private final int indexBits;
    private final long loadBits;
    private final long partialBits;
    private final long storeBits;
    private final Map<List<Integer>, LayerImage.Part> parts = new HashMap<>();

    Writer(Layer layer, LayerPlan plan, Operation operation, boolean moved, InputPath inputs) {
      this.layer = layer;
      this.plan = plan;
      this.operation = operation;
      this.moved = moved;
      this.inputs = inputs;
      LayerImage image = plan.image();
      indexBits = bitsFor(image.columns);
      loadBits = bitsOf(layer.inputs().get(0));
      storeBits = bitsOf(layer.name());
      int rowBlocks = (image.inputRows + image.geometry.rows() - 1) / image.geometry.rows();
      // A partial sum has a sign and room for the carries of all row blocks.
      partialBits = outputBits + 1L + bitsFor(rowBlocks);
    }

    private LayerImage.Part part(Unit.Piece piece) {
      return parts.computeIfAbsent(
          List.of(piece.fromMat(), piece.toMat()),
          range -> plan.image().part(range.get(0), range.get(1), matBanks, subarrayBanks));
    }

    /** Inputs that each bank needs: positions for a convolution, single values otherwise. */
    SortedMap<Integer, BitSet> needs(List<Unit> units) {
      SortedMap<Integer, BitSet> needs = new TreeMap<>();
      if (layer instanceof Convolution convolution) {
        Sliding window =
            Sliding.of(convolution, network.inputShape(layer), network.outputShape(layer.name()));
        for (int u = 0; u < units.size(); u++) {
          for (Unit.Piece piece : units.get(u).pieces()) {
            BitSet needed = needs.computeIfAbsent(piece.bank(), bank -> new BitSet());
            for (long p = plan.firstPosition(u % plan.units());
                p < plan.firstPosition(u % plan.units() + 1);
                p++) {
              window.mark(p, needed);
            }
          }
        }
        return needs;
      }
      for (Unit unit : units) {
        for (Unit.Piece piece : unit.pieces()) {
          needs.computeIfAbsent(piece.bank(), bank -> new BitSet()).or(part(piece).inputs);
        }
      }
      return needs;
    }

    /** The program of a unit that lies in one bank. */
    Program unit(Unit unit, long positions) {
      int copiesPerUnit = plan.copiesPerUnit();
      long full = positions / copiesPerUnit;
      int rest = (int) (positions % copiesPerUnit);
      List<Step> steps = new ArrayList<>();
      Map<Action, Long> tallies = new EnumMap<>(Action.class);
      repeat(full, complete(unit, copiesPerUnit), steps);
      repeat(rest == 0 ? 0 : 1, rest == 0 ? List.of() : complete(unit, rest), steps);
      for (Unit.Piece piece : unit.pieces()) {
        tally(piece, full * copiesPerUnit, copiesPerUnit, tallies);
        tally(piece, rest, rest, tallies);
      }
      return program(unit.pieces().get(0).bank(), steps, tallies);
    }

    private void tally(Unit.Piece piece, long positions, int active, Map<Action, Long> tallies) {
      if (positions == 0) {
        return;
      }
      int over = plan.image().copiesOverGroups();
      int sharing = plan.copiesPerUnit() == 1 ? 1 : (active + over - 1) / over;
      operation.tally(part(piece), positions, sharing, depth(piece, active), tallies);
      long gathered = inputs.gathered(part(piece)) * positions;
      if (gathered > 0) {
        tallies.merge(
            Action.GATHER_INDEX_BITS, gathered * bitsFor(plan.image().inputRows), Long::sum);
      }
    }

    private int depth(Unit.Piece piece, int active) {
      return plan.copiesPerUnit() == 1 ? part(piece).depth : plan.image().depthOfCopies(active);
    }

    /** One operation of a unit in one bank, from loading the inputs to storing the outputs. */
    private List<Step> complete(Unit unit, int active) {
      List<Step> steps = partialSums(unit.pieces(), active);
      List<BitSet> held = mergeSubarrays(unit.pieces(), steps);
      List<Command> activate = new ArrayList<>();
      List<Command> store = new ArrayList<>();
      for (int i = 0; i < held.size(); i++) {
        long values = (long) held.get(i).cardinality() * active;
        int subarray = unit.pieces().get(i).subarray();
        if (values == 0) {
          continue;
        }
        if (layer.activation() != Activation.NONE) {
          activate.add(new Command.Activate(subarray, values));
        }
        store.add(new Command.Store(subarray, values * storeBits));
      }
      together(activate, steps);
      together(store, steps);
      return steps;
    }

    /** Loading, computing, and merging as far as each subarray can alone. */
    private List<Step> partialSums(List<Unit.Piece> pieces, int active) {
      List<Command> load = new ArrayList<>();
      List<Command> gather = new ArrayList<>();
      List<Command> compute = new ArrayList<>();
      List<Command> reorder = new ArrayList<>();
      List<Command> sum = new ArrayList<>();
      List<Command> merge = new ArrayList<>();
      for (Unit.Piece piece : pieces) {
        LayerImage.Part part = part(piece);
        int subarray = piece.subarray();
        long bits = part.inputs.cardinality() * loadBits * active;
        if (bits > 0) {
          load.add(new Command.Load(subarray, bits));
        }
        long gathered = inputs.gathered(part) * active;
        if (gathered > 0) {
          gather.add(new Command.Gather(subarray, gathered));
        }
        compute.add(
            new Command.Compute(
                subarray,
                piece.firstMat(),
                part.mats,
                depth(piece, active),
                operation.passes,
                operation.slices));
        if (moved) {
          long results = part.results * active;
          reorder.add(new Command.Reorder(subarray, results, results * indexBits));
        }
        if (part.sumAdditions > 0) {
          sum.add(
              new Command.Sum(
                  subarray,
                  piece.firstMat(),
                  part.mats,
                  part.sumDepth * active,
                  part.sumAdditions * active));
        }
        if (part.mergeAdditions > 0) {
          merge.add(new Command.Merge(subarray, part.mergeDepth, part.mergeAdditions));
        }
      }
      List<Step> steps = new ArrayList<>();
      together(load, steps);
      together(gather, steps);
      together(compute, steps);
      together(reorder, steps);
      together(sum, steps);
      together(merge, steps);
      return steps;
    }

    /**
     * Brings outputs to which several subarrays of a bank contribute into the first of them.
     *
     * @return outputs that each piece holds afterwards
     */
    private List<BitSet> mergeSubarrays(List<Unit.Piece> pieces, List<Step> steps) {
      List<BitSet> held = new ArrayList<>();
      for (Unit.Piece piece : pieces) {
        BitSet own = (BitSet) part(piece).outputs.clone();
        for (int i = 0; i < held.size(); i++) {
          BitSet shared = (BitSet) own.clone();
          shared.and(held.get(i));
          long values = shared.cardinality();
          if (values > 0) {
            int home = pieces.get(i).subarray();
            steps.add(new Command.Store(piece.subarray(), values * partialBits));
            steps.add(new Command.Load(home, values * partialBits));
            steps.add(new Command.Merge(home, deepestBank(shared), values));
            own.andNot(shared);
          }
        }
        held.add(own);
      }
      return held;
    }

    private long deepestBank(BitSet values) {
      long[] banks = new long[subarrayBanks];
      for (int v = values.nextSetBit(0); v >= 0; v = values.nextSetBit(v + 1)) {
        banks[v % subarrayBanks]++;
      }
      return java.util.Arrays.stream(banks).max().orElse(0);
    }

    /** A unit over several banks: partial sums in each, merged in the first that holds a part. */
    void spread(Unit unit, List<Integer> producers, LayerFacts facts, Shape shape) {
      SortedMap<Integer, List<Unit.Piece>> byBank = new TreeMap<>();
      for (Unit.Piece piece : unit.pieces()) {
        byBank.computeIfAbsent(piece.bank(), bank -> new ArrayList<>()).add(piece);
      }
      int outputCount = shape.channels();
      int[] home = new int[outputCount];
      java.util.Arrays.fill(home, -1);
      int[] contributions = new int[outputCount];
      byBank.forEach(
          (bank, pieces) -> {
            BitSet held = outputsOf(pieces);
            for (int o = held.nextSetBit(0); o >= 0; o = held.nextSetBit(o + 1)) {
              home[o] = home[o] < 0 ? bank : home[o];
              contributions[o]++;
            }
          });
      List<Program> partial = new ArrayList<>();
      byBank.forEach((bank, pieces) -> partial.add(contribute(bank, pieces, home, contributions)));
      add(layer, producers, facts, partial);

      List<Program> merging = new ArrayList<>();
      for (int bank : byBank.keySet()) {
        long values = 0;
        long additions = 0;
        for (int o = 0; o < outputCount; o++) {
          if (home[o] == bank && contributions[o] > 1) {
            values++;
            additions += contributions[o];
          }
        }
        if (values > 0) {
          merging.add(merge(bank, values, additions));
        }
      }
      if (!merging.isEmpty()) {
        add(layer, List.of(stages.size() - 1), zero(kind(layer)), merging);
      }
      for (int o = 0; o < outputCount; o++) {
        home[o] = Math.max(home[o], byBank.firstKey());
      }
      outputs.put(layer.name(), Ownership.byChannel(shape, home));
    }

    private BitSet outputsOf(List<Unit.Piece> pieces) {
      BitSet held = new BitSet();
      pieces.forEach(piece -> held.or(part(piece).outputs));
      return held;
    }

    private Program contribute(int bank, List<Unit.Piece> pieces, int[] home, int[] contributions) {
      List<Step> steps = partialSums(pieces, 1);
      List<BitSet> held = mergeSubarrays(pieces, steps);
      List<Command> activate = new ArrayList<>();
      List<Command> store = new ArrayList<>();
      SortedMap<Integer, Long> away = new TreeMap<>();
      for (int i = 0; i < held.size(); i++) {
        int subarray = pieces.get(i).subarray();
        long complete = 0;
        long incomplete = 0;
        BitSet own = held.get(i);
        for (int o = own.nextSetBit(0); o >= 0; o = own.nextSetBit(o + 1)) {
          if (contributions[o] == 1) {
            complete++;
          } else {
            incomplete++;
            if (home[o] != bank) {
              away.merge(home[o], 1L, Long::sum);
            }
          }
        }
        if (complete > 0 && layer.activation() != Activation.NONE) {
          activate.add(new Command.Activate(subarray, complete));
        }
        if (complete + incomplete > 0) {
          store.add(new Command.Store(subarray, complete * storeBits + incomplete * partialBits));
        }
      }
      together(activate, steps);
      together(store, steps);
      away.forEach((to, values) -> steps.add(new Command.Send(to, values * partialBits)));
      List<Step> program = new ArrayList<>();
      repeat(plan.positions(), steps, program);
      Map<Action, Long> tallies = new EnumMap<>(Action.class);
      pieces.forEach(piece -> tally(piece, plan.positions(), 1, tallies));
      return program(bank, program, tallies);
    }

    private Program merge(int bank, long values, long additions) {
      List<Step> steps = new ArrayList<>();
      steps.add(new Command.Load(0, additions * partialBits));
      steps.add(new Command.Merge(0, (additions + subarrayBanks - 1) / subarrayBanks, additions));
      if (layer.activation() != Activation.NONE) {
        steps.add(new Command.Activate(0, values));
      }
      steps.add(new Command.Store(0, values * storeBits));
      List<Step> program = new ArrayList<>();
      repeat(plan.positions(), steps, program);
      return program(bank, program, Map.of());
    }
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
    List<Step> body =
        List.of(
            new Command.Load(0, values * bitsOf(layer.inputs().get(0))),
            new Command.Pool(values),
            new Command.Store(0, shape.channels() * bitsOf(layer.name())));
    digital(layer, owners, body, Ownership.byPosition(shape, owners));
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
    List<Step> body = new ArrayList<>();
    body.add(new Command.Load(0, loads));
    body.add(new Command.Elementwise(channels * (layer.inputs().size() - 1)));
    if (layer.activation() != Activation.NONE) {
      body.add(new Command.Activate(0, channels));
    }
    body.add(new Command.Store(0, channels * bitsOf(layer.name())));
    digital(layer, owners, body, Ownership.byPosition(shape, owners));
  }

  /** One program per bank and FF subarray whose port it uses, the positions shared out evenly. */
  private void digital(Layer layer, int[] owners, List<Step> body, Ownership result) {
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
                repeat(share, inSubarray(body, subarray), steps);
                programs.add(program(bank, steps, Map.of()));
              }
            }
          });
    }
    LayerFacts facts = new LayerFacts(kind(layer), 0, 0, owners.length, 0, 0, 0, 0, 1, 0, 0);
    add(layer, producersAfterTransfers(layer), facts, programs);
    outputs.put(layer.name(), result);
  }

  private static List<Step> inSubarray(List<Step> body, int subarray) {
    List<Step> steps = new ArrayList<>();
    for (Step step : body) {
      if (step instanceof Command.Load load) {
        steps.add(new Command.Load(subarray, load.bits()));
      } else if (step instanceof Command.Store store) {
        steps.add(new Command.Store(subarray, store.bits()));
      } else if (step instanceof Command.Activate activate) {
        steps.add(new Command.Activate(subarray, activate.values()));
      } else {
        steps.add(step);
      }
    }
    return steps;
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
                    program(bank, List.of(new Command.Fetch(values * bitsOf(input))), Map.of()));
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
    sends.forEach((from, commands) -> programs.add(program(from, commands, Map.of())));
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

  private static Program program(int bank, List<? extends Step> steps, Map<Action, Long> tallies) {
    return new Program(bank, List.copyOf(steps), tallies);
  }

  private static void repeat(long times, List<Step> body, List<Step> steps) {
    if (times == 1) {
      steps.addAll(body);
    } else if (times > 1) {
      steps.add(new Loop(times, body));
    }
  }

  private static void together(List<Command> commands, List<Step> steps) {
    if (commands.size() == 1) {
      steps.add(commands.get(0));
    } else if (!commands.isEmpty()) {
      steps.add(new Together(commands));
    }
  }

  /** Bits of a value: its magnitude, and a sign where it can be negative. */
  private long bitsOf(String source) {
    boolean input = source.equals(Network.INPUT);
    return (input ? inputBits : (long) outputBits) + (network.signedOutput(source) ? 1 : 0);
  }

  private static int bitsFor(int values) {
    return values <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(values - 1);
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
