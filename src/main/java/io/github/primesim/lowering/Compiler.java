package io.github.primesim.lowering;

import io.github.primesim.functional.ActivityMeter;
import io.github.primesim.functional.Measurement;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.InputOrder;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Metadata;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
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

/**
 * Compiles a network for a memory: maps each layer, replicates, places, and writes the trace.
 *
 * <p>Weights are read one layer at a time; what stays of a layer is its crossbars' rows and columns
 * and a few sums for each.
 */
public final class Compiler {
  private final CompileRequest request;
  private final HardwareSpec hardware;
  private final CrossbarGeometry geometry;
  private final Network network;

  private final MappingObserver observer;
  private final SharedMappings shared;
  private final Optional<ActivityMeter> meter;

  private Compiler(
      CompileRequest request,
      MappingObserver observer,
      SharedMappings shared,
      Optional<ActivityMeter> meter) {
    this.request = request;
    this.observer = observer;
    this.shared = shared;
    this.meter = meter;
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
    return compile(request, progress, observer, Optional.empty());
  }

  /**
   * Compiles a network with the activity of real inputs, where there is something to measure it
   * with.
   *
   * @param meter is shown each mapping, and asked when the layout is known: which depends on no
   *     input
   * @throws InputProblem if the network does not fit into the memory
   */
  public static Compilation compile(
      CompileRequest request,
      Progress progress,
      MappingObserver observer,
      Optional<ActivityMeter> meter) {
    return new Compiler(request, observer, new SharedMappings(), meter).compile(progress);
  }

  /**
   * Compiles a network like others before, whose mappings are used again where they are the same.
   *
   * @throws InputProblem if the network does not fit into the memory
   */
  public static Compilation compile(
      CompileRequest request, Progress progress, SharedMappings shared) {
    return new Compiler(request, MappingObserver.NONE, shared, Optional.empty()).compile(progress);
  }

  private Compilation compile(Progress progress) {
    request.refuseWhatIsMissing();
    Map<String, MappedLayer> mapped = map(progress);
    Layout layout =
        new Placement(
                request,
                geometry,
                List.copyOf(mapped.values()),
                found -> write(mapped, found, true))
            .find();
    Trace mean = new Trace(header(mapped, layout, 0), write(mapped, layout, false));
    List<LayerReport> reports = reports(mapped, layout);
    if (meter.isEmpty()) {
      return new Compilation(mean, reports, Optional.empty());
    }
    Measurement measurement =
        meter.get().measure(done -> progress.mapped("inputs", done, meter.get().steps()));
    Map<String, MappedLayer> measured = new LinkedHashMap<>();
    mapped.forEach((name, layer) -> measured.put(name, measured(layer, measurement)));
    Trace trace =
        new Trace(header(measured, layout, measurement.images()), write(measured, layout, false));
    return new Compilation(trace, reports, Optional.of(new MeasuredInputs(measurement, mean)));
  }

  private MappedLayer measured(MappedLayer layer, Measurement measurement) {
    String name = layer.layer().name();
    CellActivity activity =
        new MeasuredActivity(
            measurement.layers().get(name).inputs(),
            request.activity().get(name).biasLevels(),
            measurement.images());
    return new MappedLayer(
        layer.layer(),
        layer.mapped(),
        layer.inputs(),
        operation(layer.layer(), layer.mapped(), activity));
  }

  private Operation operation(Layer layer, LayerOnCrossbars mapped, CellActivity activity) {
    return new Operation(hardware, mapped.image(), activity, network.signedInput(layer));
  }

  // ---------------------------------------------------------------- mapping

  private Map<String, MappedLayer> map(Progress progress) {
    List<Layer> layers = network.weightedLayers();
    if (layers.isEmpty()) {
      throw new InputProblem(
          "network '" + network.name() + "' has no layer with weights, at least one is needed");
    }
    Map<String, MappedLayer> mapped = new LinkedHashMap<>();
    for (Layer layer : layers) {
      mapped.put(layer.name(), map(layer, mapped));
      progress.mapped(layer.name(), mapped.size(), layers.size());
    }
    return mapped;
  }

  /**
   * Maps a layer.
   *
   * @param before the layers that were mapped before
   */
  private MappedLayer map(Layer layer, Map<String, MappedLayer> before) {
    Activity activity = request.activity().get(layer.name());
    if (activity == null) {
      throw new IllegalArgumentException("no activity of the inputs of '" + layer.name() + "'");
    }
    LayerOnCrossbars mapped = shared.get(key(layer, activity), () -> map(layer, activity));
    InputPath inputs =
        InputPath.of(
            mapped.inputs(), network, layer, name -> before.get(name).mapped().outputsMoved());
    return new MappedLayer(
        layer, mapped, inputs, operation(layer, mapped, new MeanActivity(activity)));
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
    InputOrder inputs = InputOrder.NATURAL;
    long nonZeros = 0;
    long dense = 0;
    long arrays = 0;
    long lowerBound = 0;
    Metadata metadata = Metadata.NONE;
    for (int matrix = 0; matrix < network.matrices(layer); matrix++) {
      IntegerMatrix weights =
          activity
              .gains()
              .program(
                  request
                      .weights()
                      .quantized(
                          layer,
                          matrix,
                          hardware.quantization().weightBits().count(),
                          activity.biasInput()),
                  matrix);
      LayerMapping mapping = request.mapping().mapWhereItPays(weights, geometry);
      int biasRow = bias ? inputRows : -1;
      CellLevels cells = new CellLevels(weights, biasRow, format(), mapping.crossbars());
      for (Crossbar crossbar : mapping.crossbars()) {
        tiles.add(new Tile(mapping, crossbar, matrix, biasRow, cells, meter.isPresent()));
      }
      observer.mapped(layer, matrix, weights, mapping);
      meter.ifPresent(each -> each.mapped(layer, mapping));
      inputs = inputs == InputOrder.NATURAL ? mapping.inputs() : inputs;
      moved |= mapping.outputsMoved();
      nonZeros += mapping.nonZeros();
      dense += mapping.denseArrays();
      arrays += mapping.arrays();
      lowerBound += mapping.lowerBoundArrays();
      metadata = metadata.plus(mapping.metadata());
    }
    LayerImage image =
        new LayerImage(layer, geometry, tiles, inputRows, network.columns(layer), bias);
    return new LayerOnCrossbars(
        image, moved, inputs, nonZeros, dense, arrays, lowerBound, metadata);
  }

  // ---------------------------------------------------------------- writing

  /**
   * The stages of a layout.
   *
   * @param sketched whether programs that send nothing to another bank are left out
   */
  private List<Stage> write(Map<String, MappedLayer> mapped, Layout layout, boolean sketched) {
    StageWriter writer = new StageWriter(network, hardware, layout.copies(), sketched);
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
            found.inputs(),
            facts(found, plan, layout.copies()));
        weighted++;
      } else {
        writer.withoutWeights(layer);
      }
    }
    List<Stage> stages = writer.finish();
    long programs = stages.stream().mapToLong(stage -> stage.programs().size()).sum();
    if (Math.max(programs, stages.size()) > Trace.MOST_PROGRAMS) {
      throw new InputProblem(
          "network '"
              + network.name()
              + "': its layers and their copies take "
              + programs
              + " programs, a trace holds "
              + Trace.MOST_PROGRAMS
              + "; allowed: fewer layers, or replication none");
    }
    return stages;
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
        found.metadataBits(),
        plan.positions() * network.weights(found.layer()));
  }

  private TraceHeader header(Map<String, MappedLayer> mapped, Layout layout, int images) {
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
      indexBits += layer.metadataBits() * plan.copies() * layout.copies() * layout.instances();
    }
    double available =
        (double) layout.banks()
            * hardware.organization().ffSubarraysPerBank().count()
            * geometry.matsPerFfSubarray();
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
        indexBits,
        images);
  }

  private static List<LayerReport> reports(Map<String, MappedLayer> mapped, Layout layout) {
    List<LayerReport> reports = new ArrayList<>();
    for (MappedLayer layer : mapped.values()) {
      LayerPlan plan = layout.plans().get(reports.size());
      reports.add(
          new LayerReport(
              layer.layer().name(),
              layer.inputs(),
              layer.mapped().arrays(),
              layer.image().mats(),
              plan.copiesPerUnit(),
              plan.units(),
              plan.operations(),
              plan.depth()));
    }
    return reports;
  }
}
