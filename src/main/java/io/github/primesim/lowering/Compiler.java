package io.github.primesim.lowering;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.trace.LayerFacts;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Compiles a network for a memory: maps each layer, replicates, places, and writes the trace.
 *
 * <p>Weights are read one layer at a time; what stays of a layer is its crossbars' rows and columns
 * and a few sums for each.
 */
public final class Compiler {
  private static final Mapping DENSE = Mappings.named("dense");

  private final CompileRequest request;
  private final HardwareSpec hardware;
  private final CrossbarGeometry geometry;
  private final Network network;

  private final MappingObserver observer;
  private final SharedMappings shared;

  private Compiler(CompileRequest request, MappingObserver observer, SharedMappings shared) {
    this.request = request;
    this.observer = observer;
    this.shared = shared;
    hardware = request.hardware();
    geometry = CrossbarGeometry.of(hardware, request.signs());
    network = request.network();
  }

  /**
   * Compiles a network.
   *
   * @throws InputProblem if the network does not fit into the memory
   */
  public static Compilation compile(CompileRequest request, Progress progress) {
    return compile(request, progress, MappingObserver.NONE);
  }

  /**
   * Compiles a network and shows each mapping to {@code observer}, in the order of the layers.
   *
   * @throws InputProblem if the network does not fit into the memory
   */
  public static Compilation compile(
      CompileRequest request, Progress progress, MappingObserver observer) {
    return new Compiler(request, observer, new SharedMappings()).compile(progress);
  }

  /**
   * Compiles a network like others before, whose mappings are used again where they are the same.
   *
   * @throws InputProblem if the network does not fit into the memory
   */
  public static Compilation compile(
      CompileRequest request, Progress progress, SharedMappings shared) {
    return new Compiler(request, MappingObserver.NONE, shared).compile(progress);
  }

  private Compilation compile(Progress progress) {
    request.refuseWhatIsMissing();
    Map<String, MappedLayer> mapped = map(progress);
    Layout layout = layout(List.copyOf(mapped.values()));
    List<Stage> stages = write(mapped, layout);
    return new Compilation(new Trace(header(mapped, layout), stages), reports(mapped, layout));
  }

  /** A layer with weights as it was mapped, and what its mats do. */
  private record MappedLayer(Layer layer, LayerOnCrossbars mapped, Operation operation) {
    LayerImage image() {
      return mapped.image();
    }
  }

  /** Where everything lies. */
  private record Layout(
      int instances, int banks, int copies, List<LayerPlan> plans, Floorplan floorplan) {}

  // ---------------------------------------------------------------- mapping

  private Map<String, MappedLayer> map(Progress progress) {
    List<Layer> layers = network.weightedLayers();
    if (layers.isEmpty()) {
      throw new InputProblem(
          "network '" + network.name() + "' has no layer with weights, at least one is needed");
    }
    Map<String, MappedLayer> mapped = new LinkedHashMap<>();
    for (Layer layer : layers) {
      mapped.put(layer.name(), map(layer));
      progress.mapped(layer.name(), mapped.size(), layers.size());
    }
    return mapped;
  }

  private MappedLayer map(Layer layer) {
    Activity activity = request.activity().get(layer.name());
    if (activity == null) {
      throw new IllegalArgumentException("no activity of the inputs of '" + layer.name() + "'");
    }
    LayerOnCrossbars mapped = shared.get(key(layer, activity), () -> map(layer, activity));
    Operation operation =
        new Operation(hardware, mapped.image(), activity, network.signedInput(layer));
    return new MappedLayer(layer, mapped, operation);
  }

  /** All that {@link #map(Layer, Activity)} depends on. */
  private SharedMappings.Key key(Layer layer, Activity activity) {
    return new SharedMappings.Key(
        request.networkDigest(),
        layer.name(),
        request.mapping().name(),
        request.seed(),
        geometry,
        hardware.quantization().weightBits().count(),
        format(),
        activity.biasInput());
  }

  private CellLevels.Format format() {
    return new CellLevels.Format(
        hardware.quantization().bitlinesPerWeight(), hardware.quantization().cellBits().count());
  }

  private LayerOnCrossbars map(Layer layer, Activity activity) {
    int inputRows = network.inputRows(layer);
    boolean bias = layer.bias();
    List<Tile> tiles = new ArrayList<>();
    boolean moved = false;
    InputPath inputs = InputPath.DIRECT;
    long nonZeros = 0;
    long dense = 0;
    long arrays = 0;
    long lowerBound = 0;
    long metadata = 0;
    for (int matrix = 0; matrix < network.matrices(layer); matrix++) {
      IntegerMatrix weights =
          request
              .weights()
              .quantized(
                  layer,
                  matrix,
                  hardware.quantization().weightBits().count(),
                  activity.biasInput());
      LayerMapping mapping = whereItPays(request.mapping().map(weights, geometry), weights);
      int biasRow = bias ? inputRows : -1;
      CellLevels cells = new CellLevels(weights, biasRow, format(), mapping.crossbars());
      for (Crossbar crossbar : mapping.crossbars()) {
        tiles.add(Tile.of(crossbar, matrix, biasRow, cells));
      }
      observer.mapped(layer, matrix, weights, mapping);
      InputPath path = InputPath.of(mapping.inputs(), network, layer);
      inputs = inputs == InputPath.DIRECT ? path : inputs;
      moved |= mapping.outputsMoved();
      nonZeros += mapping.nonZeros();
      dense += mapping.denseArrays();
      arrays += mapping.arrays();
      lowerBound += mapping.lowerBoundArrays();
      metadata += path.indexMemoryBits(mapping.metadata());
    }
    LayerImage image =
        new LayerImage(layer, geometry, tiles, inputRows, network.columns(layer), bias);
    return new LayerOnCrossbars(
        image, moved, inputs, nonZeros, dense, arrays, lowerBound, metadata);
  }

  /**
   * A mapping that leaves out neither an array nor a column would move outputs for nothing, and pay
   * for it in the reorder buffer: the matrix stays in its own order then.
   */
  private LayerMapping whereItPays(LayerMapping mapping, IntegerMatrix weights) {
    boolean moves = mapping.outputsMoved() || mapping.inputs() != InputOrder.NATURAL;
    if (!moves || mapping.arrays() != mapping.denseArrays()) {
      return mapping;
    }
    LayerMapping dense = DENSE.map(weights, geometry);
    return columns(mapping) == columns(dense) ? dense : mapping;
  }

  /** Weight columns over all crossbars: what is converted for an input vector. */
  private static long columns(LayerMapping mapping) {
    return mapping.crossbars().stream()
        .flatMap(crossbar -> crossbar.segments().stream())
        .mapToLong(segment -> segment.columns().length)
        .sum();
  }

  // ---------------------------------------------------------------- replication and placement

  private Layout layout(List<MappedLayer> mapped) {
    int allBanks = hardware.organization().banks().count();
    List<LayerPlan> single = new ArrayList<>();
    for (MappedLayer layer : mapped) {
      refuseSpreadRecurrence(layer);
      single.add(ReplicationPlan.single(layer.image(), network.positions(layer.layer())));
    }
    int banks = fewestBanks(single, allBanks);
    boolean wholeNetwork =
        request.replication() == Replication.NETWORK
            || single.stream().allMatch(plan -> plan.positions() == 1);
    if (request.replication() == Replication.NONE) {
      return place(1, banks, 1, single);
    }
    if (wholeNetwork) {
      long mats = Math.max(1, mats(single));
      int copies = banks > 1 ? 1 : (int) Math.max(1, matsPerBank() / mats);
      return place(allBanks / banks, banks, copies, single);
    }
    return replicateLayers(mapped, banks == 1 ? allBanks : 1, banks == 1 ? 1 : allBanks);
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

  /** Copies of single layers until the banks are full; fewer where the units leave gaps. */
  private Layout replicateLayers(List<MappedLayer> mapped, int instances, int banks) {
    List<LayerPlan> sharing = new ArrayList<>();
    Map<LayerImage, Operation> operations = new LinkedHashMap<>();
    for (MappedLayer layer : mapped) {
      sharing.add(ReplicationPlan.sharingAMat(layer.image(), network.positions(layer.layer())));
      operations.put(layer.image(), layer.operation());
    }
    ToDoubleFunction<LayerPlan> time =
        plan -> plan.operations() * operations.get(plan.image()).estimateNs(hardware, depth(plan));
    long least = mats(sharing);
    long budget = (long) banks * matsPerBank();
    while (true) {
      List<LayerPlan> plans = ReplicationPlan.fill(sharing, budget, time);
      Optional<Floorplan> floorplan = Floorplan.place(hardware, geometry, banks, 1, plans);
      if (floorplan.isPresent()) {
        return new Layout(instances, banks, 1, plans, floorplan.get());
      }
      if (budget <= least) {
        throw tooLarge(least, banks);
      }
      // Units that do not divide a bank leave gaps, so what fits lies a little below the mats.
      budget = Math.max(least, Math.min(mats(plans), budget) - Math.max(1, budget / 200));
    }
  }

  private Layout place(int instances, int banks, int copies, List<LayerPlan> plans) {
    Floorplan floorplan =
        Floorplan.place(hardware, geometry, banks, copies, plans)
            .orElseThrow(() -> tooLarge(mats(plans) * copies, banks));
    return new Layout(instances, banks, copies, plans, floorplan);
  }

  /** Fewest banks that one copy of the network fits into. */
  private int fewestBanks(List<LayerPlan> single, int allBanks) {
    long mats = mats(single);
    long least = Math.max(1, (mats + matsPerBank() - 1) / matsPerBank());
    for (long banks = least; banks <= allBanks; banks++) {
      if (Floorplan.place(hardware, geometry, (int) banks, 1, single).isPresent()) {
        return (int) banks;
      }
    }
    throw tooLarge(mats, allBanks);
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

  private static long mats(List<LayerPlan> plans) {
    return plans.stream().mapToLong(LayerPlan::mats).sum();
  }

  private static int depth(LayerPlan plan) {
    return plan.copiesPerUnit() == 1
        ? plan.image().depth()
        : plan.image().depthOfCopies(plan.copiesPerUnit());
  }

  // ---------------------------------------------------------------- writing

  private List<Stage> write(Map<String, MappedLayer> mapped, Layout layout) {
    StageWriter writer = new StageWriter(network, hardware, layout.copies());
    int weighted = 0;
    for (Layer layer : network.layers()) {
      MappedLayer found = mapped.get(layer.name());
      if (found != null) {
        LayerPlan plan = layout.plans().get(weighted);
        writer.weighted(
            layer,
            plan,
            found.operation(),
            layout.floorplan().units(weighted),
            found.mapped().outputsMoved(),
            found.mapped().inputs(),
            facts(found, plan, layout.copies()));
        weighted++;
      } else {
        writer.withoutWeights(layer);
      }
    }
    return writer.finish();
  }

  private LayerFacts facts(MappedLayer found, LayerPlan plan, int copies) {
    int matrices = network.matrices(found.layer());
    return new LayerFacts(
        StageWriter.kind(found.layer()),
        network.rows(found.layer()),
        network.columns(found.layer()) * matrices,
        plan.positions(),
        found.mapped().nonZeros(),
        found.mapped().denseArrays(),
        found.mapped().arrays(),
        found.mapped().lowerBound(),
        plan.copies() * copies,
        found.mapped().metadataBits(),
        plan.positions() * network.weights(found.layer()));
  }

  private TraceHeader header(Map<String, MappedLayer> mapped, Layout layout) {
    long cells = 0;
    long used = 0;
    long before = 0;
    long after = 0;
    long indexBits = 0;
    int index = 0;
    for (MappedLayer layer : mapped.values()) {
      LayerPlan plan = layout.plans().get(index++);
      cells += layer.mapped().arrays() * geometry.rows() * geometry.bitlines();
      used += layer.mapped().nonZeros() * geometry.bitlinesPerWeight();
      before += layer.image().mats();
      after += plan.mats() * layout.copies();
      indexBits +=
          layer.mapped().metadataBits() * plan.copies() * layout.copies() * layout.instances();
    }
    double available = (double) layout.banks() * matsPerBank();
    return new TraceHeader(
        network.name(),
        network.origin().name().toLowerCase(Locale.ROOT),
        request.networkDigest(),
        hardware.name(),
        request.hardwareDigest(),
        request.overrides(),
        request.mapping().name(),
        geometry.rows(),
        geometry.bitlines(),
        request.signs().name().toLowerCase(Locale.ROOT),
        request.replication().name().toLowerCase(Locale.ROOT),
        request.seed(),
        layout.instances(),
        layout.banks(),
        layout.copies(),
        request.batch(),
        cells == 0 ? 0 : (double) used / cells,
        before / available,
        after / available,
        indexBits);
  }

  private static List<LayerReport> reports(Map<String, MappedLayer> mapped, Layout layout) {
    List<LayerReport> reports = new ArrayList<>();
    for (MappedLayer layer : mapped.values()) {
      LayerPlan plan = layout.plans().get(reports.size());
      reports.add(
          new LayerReport(
              layer.layer().name(),
              layer.mapped().inputs(),
              layer.mapped().arrays(),
              layer.image().mats(),
              plan.copiesPerUnit(),
              plan.units(),
              plan.operations(),
              depth(plan)));
    }
    return reports;
  }
}
