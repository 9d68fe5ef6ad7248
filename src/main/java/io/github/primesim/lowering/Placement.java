package io.github.primesim.lowering;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.units.InputProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides how often layers and networks are held, and on which mats.
 *
 * <p>Copies of layers that lie in many banks send each other the borders of what they share out,
 * over a path that all banks have in common. So with {@link Replication#LAYER} more copies pay only
 * until that path sets the pace. From there on it is better to divide the banks among several
 * instances of the network, whose layers lie closer together, or to leave mats free.
 */
final class Placement {
  /**
   * Throughput that dividing the banks, or leaving mats free, must gain to be worth while: either
   * makes the single inference longer.
   */
  private static final double WORTH_WHILE = 1.1;

  /** Numbers of mats that are tried between those of the network and all there are. */
  private static final int TRIALS = 8;

  private final Network network;
  private final HardwareSpec hardware;
  private final CrossbarGeometry geometry;
  private final Replication replication;
  private final List<MappedLayer> mapped;
  private final Function<Layout, List<Stage>> sketch;
  private final Map<LayerImage, Operation> operations = new LinkedHashMap<>();

  /** One copy of each layer. */
  private final List<LayerPlan> single;

  private final ReplicationPlan copies;

  /** Each layer on the mats of one copy. */
  private final List<LayerPlan> sharing;

  /**
   * @param sketch the stages of a layout, with all programs that send something to another bank
   */
  Placement(
      CompileRequest request,
      CrossbarGeometry geometry,
      List<MappedLayer> mapped,
      Function<Layout, List<Stage>> sketch) {
    network = request.network();
    hardware = request.hardware();
    replication = request.replication();
    this.geometry = geometry;
    this.mapped = mapped;
    this.sketch = sketch;
    mapped.forEach(layer -> operations.put(layer.image(), layer.operation()));
    single =
        mapped.stream()
            .map(layer -> ReplicationPlan.single(layer.image(), network.positions(layer.layer())))
            .toList();
    copies = new ReplicationPlan(single, this::operationNs);
    sharing = copies.sharingMats();
  }

  /**
   * The layout of the network.
   *
   * @throws InputProblem if it does not fit
   */
  Layout find() {
    int allBanks = hardware.organization().banks().count();
    mapped.forEach(this::refuseSpreadRecurrence);
    int banks = fewestBanks(allBanks);
    boolean wholeNetwork =
        replication == Replication.NETWORK
            || single.stream().allMatch(plan -> plan.positions() == 1);
    if (replication == Replication.NONE) {
      return place(1, banks, 1, single);
    }
    if (wholeNetwork) {
      long mats = Math.max(1, LayerPlan.mats(single));
      int copies = banks > 1 ? 1 : (int) Math.max(1, matsPerBank() / mats);
      return place(allBanks / banks, banks, copies, single);
    }
    return banks == 1
        ? full(allBanks, 1).orElseThrow(() -> tooLarge(1))
        : replicateLayers(allBanks);
  }

  /** A step needs the state of the step before, so its mats must share a Buffer subarray. */
  private void refuseSpreadRecurrence(MappedLayer layer) {
    if (layer.layer() instanceof Recurrence && layer.image().mats() > matsPerBank()) {
      throw new InputProblem(
          String.format(
              Locale.ROOT,
              "layer '%s': its recurrent weights need %d mats, a bank of hardware '%s' has %d;"
                  + " allowed: recurrent layers that fit into one bank",
              layer.layer().name(),
              layer.image().mats(),
              hardware.name(),
              matsPerBank()));
    }
  }

  // ---------------------------------------------------------------- copies of layers

  /** A layout, and what its layers and the path between banks take for an inference. */
  private record Paced(Layout layout, double layerNs, double pathNs) {
    /**
     * An estimate of the time between inferences. Layers and the path wait for each other, so it
     * lies between the longer of both and their sum; one alone counts in full, two that are alike
     * for more than either.
     */
    double intervalNs() {
      return Math.hypot(layerNs, pathNs);
    }

    /** The other one if it is worth while. */
    Paced orBetter(Paced other) {
      return worthWhile(other.intervalNs()) ? other : this;
    }

    /** Whether as many nanoseconds between inferences would be worth while. */
    boolean worthWhile(double intervalNs) {
      return intervalNs * WORTH_WHILE <= intervalNs();
    }
  }

  /** Layouts over all banks, over halves of them, and so on, as long as the network fits. */
  private Layout replicateLayers(int allBanks) {
    Paced best = null;
    int divided = 1;
    for (int instances = 1; instances < allBanks; instances++) {
      if (allBanks % instances != 0) {
        continue;
      }
      Optional<Layout> full = full(instances, allBanks / instances);
      if (full.isPresent()) {
        // What is sent is known only when all is written; the layers alone may say enough.
        if (best == null) {
          best = paced(full.get());
        } else if (best.worthWhile(layerNs(full.get()))) {
          best = best.orBetter(paced(full.get()));
        }
        divided = instances;
      }
    }
    if (best == null) {
      throw tooLarge(allBanks);
    }
    if (best.pathNs() > best.layerNs() && best.layout().instances() == divided) {
      best = best.orBetter(thinned(best));
    }
    return best.layout();
  }

  /** The best of several numbers of mats for the copies. */
  private Paced thinned(Paced full) {
    Paced best = full;
    long few = LayerPlan.mats(sharing);
    long many = full.layout().mats();
    for (int trial = 0; trial < TRIALS; trial++) {
      long mats = few + (many - few) * trial / TRIALS;
      Optional<Layout> filled = filled(full.layout().instances(), full.layout().banks(), mats);
      if (filled.isPresent() && layerNs(filled.get()) < best.intervalNs()) {
        Paced paced = paced(filled.get());
        best = paced.intervalNs() < best.intervalNs() ? paced : best;
      }
    }
    return best;
  }

  private Paced paced(Layout layout) {
    double bits = 0;
    for (Stage stage : sketch.apply(layout)) {
      for (Program program : stage.programs()) {
        bits += bitsSent(program.steps());
      }
    }
    double bitsPerNs =
        hardware.timing().interBankBitsPerNs().value()
            * hardware.organization().interBankPaths().count();
    return new Paced(layout, layerNs(layout), bits / bitsPerNs);
  }

  /** What the slowest layer takes for an inference. */
  private double layerNs(Layout layout) {
    double slowest = 0;
    for (LayerPlan plan : layout.plans()) {
      slowest = Math.max(slowest, layerNs(plan));
    }
    return slowest / layout.instances();
  }

  private double layerNs(LayerPlan plan) {
    return plan.operations() * operationNs(plan);
  }

  private double operationNs(LayerPlan plan) {
    return operations.get(plan.image()).estimateNs(hardware, plan.depth());
  }

  /** What a program sends to other banks. */
  private static double bitsSent(List<? extends Step> steps) {
    double bits = 0;
    for (Step step : steps) {
      if (step instanceof Loop loop) {
        bits += loop.times() * bitsSent(loop.body());
      } else if (step instanceof Together together) {
        bits += bitsSent(together.commands());
      } else if (step instanceof Command.Send send) {
        bits += send.bits();
      }
    }
    return bits;
  }

  /** Copies of single layers until the banks are full, if the network fits into them. */
  private Optional<Layout> full(int instances, int banks) {
    long least = LayerPlan.mats(sharing);
    long budget = (long) banks * matsPerBank();
    while (true) {
      Optional<Layout> layout = filled(instances, banks, budget);
      if (layout.isPresent() || budget <= least) {
        return layout;
      }
      // Units that do not divide a bank leave gaps, so what fits lies a little below the mats.
      long used = LayerPlan.mats(copies.fill(budget));
      budget = Math.max(least, Math.min(used, budget) - Math.max(1, budget / 200));
    }
  }

  private Optional<Layout> filled(int instances, int banks, long budget) {
    List<LayerPlan> plans = copies.fill(budget);
    return Floorplan.place(hardware, geometry, banks, 1, plans)
        .map(floorplan -> new Layout(instances, banks, 1, plans, floorplan));
  }

  // ---------------------------------------------------------------- copies of the network

  private Layout place(int instances, int banks, int copies, List<LayerPlan> plans) {
    Floorplan floorplan =
        Floorplan.place(hardware, geometry, banks, copies, plans)
            .orElseThrow(() -> tooLarge(LayerPlan.mats(plans) * copies, banks));
    return new Layout(instances, banks, copies, plans, floorplan);
  }

  /** Fewest banks that one copy of the network fits into. */
  private int fewestBanks(int allBanks) {
    long mats = LayerPlan.mats(single);
    long least = Math.max(1, (mats + matsPerBank() - 1) / matsPerBank());
    for (long banks = least; banks <= allBanks; banks++) {
      if (Floorplan.place(hardware, geometry, (int) banks, 1, single).isPresent()) {
        return (int) banks;
      }
    }
    throw tooLarge(mats, allBanks);
  }

  private InputProblem tooLarge(int banks) {
    return tooLarge(LayerPlan.mats(sharing), banks);
  }

  private InputProblem tooLarge(long mats, int banks) {
    return new InputProblem(
        String.format(
            Locale.ROOT,
            "network '%s' needs %d mats with crossbars of %dx%d, hardware '%s' has %d in %d banks",
            network.name(),
            mats,
            geometry.rows(),
            geometry.bitlines(),
            hardware.name(),
            (long) banks * matsPerBank(),
            banks));
  }

  private int matsPerBank() {
    return hardware.organization().ffSubarraysPerBank().count() * geometry.matsPerFfSubarray();
  }
}
