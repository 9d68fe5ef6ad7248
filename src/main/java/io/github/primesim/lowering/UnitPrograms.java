package io.github.primesim.lowering;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Activation;
import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes the programs of one layer with weights: what each of its units does in each bank. */
final class UnitPrograms {
  private final Network network;
  private final Layer layer;
  private final LayerPlan plan;
  private final Operation operation;
  private final InputPath inputs;
  private final int matBanks;
  private final int subarrayBanks;
  private final int indexBits;
  private final long loadBits;
  private final long gateBits;
  private final long partialBits;
  private final long storeBits;

  /**
   * The programs of {@code layer}.
   *
   * @param inputs how inputs get to their wordlines
   * @param loadBits bits of an input value; of a recurrence, of the gates it adds
   * @param storeBits bits of an output value
   */
  UnitPrograms(
      Network network,
      HardwareSpec hardware,
      LayerPlan plan,
      Operation operation,
      InputPath inputs,
      long loadBits,
      long storeBits) {
    this.network = network;
    this.layer = plan.image().layer;
    this.plan = plan;
    this.operation = operation;
    this.inputs = inputs;
    // A recurrence drives its wordlines with its own state; its input is added to the sums.
    this.loadBits = layer instanceof Recurrence ? storeBits : loadBits;
    this.gateBits = loadBits;
    this.storeBits = storeBits;
    matBanks = hardware.organization().matAccumulatorBanks().count();
    subarrayBanks = hardware.organization().subarrayAccumulatorBanks().count();
    LayerImage image = plan.image();
    indexBits = bitsFor(image.columns);
    // A partial sum has a sign and room for the carries of all row blocks, one of the bias alone
    // included where the inputs fill theirs.
    int rowBlocks = (image.rows() + image.geometry.rows() - 1) / image.geometry.rows();
    partialBits = hardware.quantization().outputBits().count() + 1L + bitsFor(rowBlocks);
  }

  private LayerImage.Part part(Unit.Piece piece) {
    return plan.image().part(piece.fromMat(), piece.toMat(), matBanks, subarrayBanks);
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
          window.mark(
              plan.firstPosition(u % plan.units()),
              plan.firstPosition(u % plan.units() + 1),
              needed);
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
  Program unit(Unit unit, Span span) {
    long positions = span.count();
    int copiesPerUnit = plan.copiesPerUnit();
    long full = positions / copiesPerUnit;
    int rest = (int) (positions % copiesPerUnit);
    List<Step> steps = new ArrayList<>();
    Map<Action, Long> tallies = new EnumMap<>(Action.class);
    if (layer instanceof Recurrence recurrence) {
      steps.add(new Loop(positions, List.of(new Loop(1, step(unit, recurrence)))));
    } else {
      Steps.repeat(full, complete(unit, copiesPerUnit), steps);
    }
    Steps.repeat(rest == 0 ? 0 : 1, rest == 0 ? List.of() : complete(unit, rest), steps);
    for (Unit.Piece piece : unit.pieces()) {
      tally(piece, new Span(span.first(), full * copiesPerUnit), copiesPerUnit, tallies);
      tally(piece, new Span(span.first() + full * copiesPerUnit, rest), rest, tallies);
    }
    return Steps.program(unit.pieces().get(0).bank(), steps, tallies);
  }

  private void tally(Unit.Piece piece, Span span, int active, Map<Action, Long> tallies) {
    if (span.count() == 0) {
      return;
    }
    int over = plan.image().copiesOverGroups();
    int sharing = plan.copiesPerUnit() == 1 ? 1 : (active + over - 1) / over;
    operation.tally(part(piece), span, sharing, depth(piece, active), tallies);
    long gathered = inputs.gathered(part(piece)) * span.count();
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
    Steps.together(activate, steps);
    Steps.together(store, steps);
    return steps;
  }

  /**
   * One step of a recurrence, from loading the state to storing the next one. Stands in a loop of
   * its own, which an outer one repeats: so no step begins before the one before has ended.
   */
  private List<Step> step(Unit unit, Recurrence recurrence) {
    List<Step> steps = partialSums(unit.pieces(), 1);
    List<BitSet> held = mergeSubarrays(unit.pieces(), steps);
    int subarray = unit.pieces().get(0).subarray();
    // The gates of a unit meet in the first subarray.
    for (int i = 1; i < held.size(); i++) {
      long values = held.get(i).cardinality();
      if (values > 0) {
        steps.add(new Command.Store(unit.pieces().get(i).subarray(), values * partialBits));
        steps.add(new Command.Load(subarray, values * partialBits));
      }
    }
    long units = network.units(recurrence);
    long gates = units * recurrence.cell().gates();
    steps.add(new Command.Load(subarray, gates * gateBits));
    switch (recurrence.cell()) {
      case LSTM -> {
        steps.add(new Command.Elementwise(gates));
        steps.add(new Command.Activate(subarray, gates));
        steps.add(new Command.Load(subarray, units * storeBits));
        // f c, i g and their sum; then the table of c, and its product with o.
        steps.add(new Command.Elementwise(3 * units));
        steps.add(new Command.Activate(subarray, units));
        steps.add(new Command.Elementwise(units));
        // The cell state is kept beside the state.
        steps.add(new Command.Store(subarray, 2 * units * storeBits));
      }
      case GRU -> {
        steps.add(new Command.Elementwise(2 * units));
        steps.add(new Command.Activate(subarray, 2 * units));
        // r hn, and its sum with xn.
        steps.add(new Command.Elementwise(2 * units));
        steps.add(new Command.Activate(subarray, units));
        steps.add(new Command.Load(subarray, units * storeBits));
        // n + z (h - n).
        steps.add(new Command.Elementwise(3 * units));
        steps.add(new Command.Store(subarray, units * storeBits));
      }
      case RNN, RNN_RELU -> {
        steps.add(new Command.Elementwise(units));
        steps.add(new Command.Activate(subarray, units));
        steps.add(new Command.Store(subarray, units * storeBits));
      }
    }
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
      long results = part.movedResults * active;
      if (results > 0) {
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
    Steps.together(load, steps);
    Steps.together(gather, steps);
    Steps.together(compute, steps);
    Steps.together(reorder, steps);
    Steps.together(sum, steps);
    Steps.together(merge, steps);
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
    return Arrays.stream(banks).max().orElse(0);
  }

  /**
   * A unit over several banks.
   *
   * @param partial programs that give partial sums, one in each bank
   * @param merging programs that add them up, in the banks that merge any
   * @param home where the outputs end
   */
  record Spread(List<Program> partial, List<Program> merging, Ownership home) {}

  /** A unit over several banks: partial sums in each, merged in the first that holds a part. */
  Spread spread(Unit unit) {
    SortedMap<Integer, List<Unit.Piece>> byBank = new TreeMap<>();
    for (Unit.Piece piece : unit.pieces()) {
      byBank.computeIfAbsent(piece.bank(), bank -> new ArrayList<>()).add(piece);
    }
    int outputCount = network.outputShape(layer.name()).channels();
    int[] home = new int[outputCount];
    Arrays.fill(home, -1);
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

    List<Program> merging = new ArrayList<>();
    BankCounts values = new BankCounts();
    BankCounts additions = new BankCounts();
    for (int o = 0; o < outputCount; o++) {
      if (contributions[o] > 1) {
        values.add(home[o], 1);
        additions.add(home[o], contributions[o]);
      }
    }
    SortedMap<Integer, Long> merged = values.sorted();
    SortedMap<Integer, Long> added = additions.sorted();
    merged.forEach((bank, count) -> merging.add(merge(bank, count, added.get(bank))));
    // Outputs to which no weight contributes are zeros that lie in the first bank.
    for (int o = 0; o < outputCount; o++) {
      home[o] = Math.max(home[o], byBank.firstKey());
    }
    return new Spread(
        partial, merging, Ownership.byChannel(network.outputShape(layer.name()), home));
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
    BankCounts away = new BankCounts();
    for (int i = 0; i < held.size(); i++) {
      int subarray = pieces.get(i).subarray();
      int complete = complete(held.get(i), contributions);
      int incomplete = held.get(i).cardinality() - complete;
      countAway(held.get(i), bank, home, contributions, away);
      if (complete > 0 && layer.activation() != Activation.NONE) {
        activate.add(new Command.Activate(subarray, complete));
      }
      if (complete + incomplete > 0) {
        store.add(new Command.Store(subarray, complete * storeBits + incomplete * partialBits));
      }
    }
    Steps.together(activate, steps);
    Steps.together(store, steps);
    away.sorted().forEach((to, values) -> steps.add(new Command.Send(to, values * partialBits)));
    List<Step> program = new ArrayList<>();
    Steps.repeat(plan.positions(), steps, program);
    Map<Action, Long> tallies = new EnumMap<>(Action.class);
    pieces.forEach(piece -> tally(piece, new Span(0, plan.positions()), 1, tallies));
    return Steps.program(bank, program, tallies);
  }

  /** Outputs to which nobody else contributes. */
  private static int complete(BitSet outputs, int[] contributions) {
    int complete = 0;
    for (int o = outputs.nextSetBit(0); o >= 0; o = outputs.nextSetBit(o + 1)) {
      complete += contributions[o] == 1 ? 1 : 0;
    }
    return complete;
  }

  /** Counts the outputs that others contribute to and that are merged in another bank, by that. */
  private static void countAway(
      BitSet outputs, int bank, int[] home, int[] contributions, BankCounts away) {
    for (int o = outputs.nextSetBit(0); o >= 0; o = outputs.nextSetBit(o + 1)) {
      if (contributions[o] > 1 && home[o] != bank) {
        away.add(home[o], 1);
      }
    }
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
    Steps.repeat(plan.positions(), steps, program);
    return Steps.program(bank, program, Map.of());
  }

  /** Bits of an index that tells {@code values} things apart. */
  static int bitsFor(int values) {
    return values <= 1 ? 0 : Integer.SIZE - Integer.numberOfLeadingZeros(values - 1);
  }
}
