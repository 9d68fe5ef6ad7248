package io.github.primesim.experiment;

import io.github.primesim.energy.EnergyTable;
import io.github.primesim.functional.InputActivity;
import io.github.primesim.functional.LayerMeasurement;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.lowering.Activity;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.MeasuredInputs;
import io.github.primesim.metrics.Action;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** Puts what was measured of a network beside what mean activity has, and prices both. */
final class ActivityAccount {
  private static final List<Action> DEPENDING =
      List.of(Action.WORDLINE_DRIVES, Action.CELL_INPUT_SQUARES, Action.CELL_INPUT_SQUARE_LEVELS);

  private final CompileRequest request;
  private final Trace trace;
  private final MeasuredInputs measured;
  private final EnergyTable prices;

  /**
   * @param trace with the activity that was measured
   */
  ActivityAccount(CompileRequest request, Trace trace, MeasuredInputs measured) {
    this.request = request;
    this.trace = trace;
    this.measured = measured;
    prices = EnergyTable.of(request.hardware());
  }

  /**
   * The account of an inference.
   *
   * @param totalPj its energy, simulated with the activity that was measured
   */
  ActivityResult of(double totalPj) {
    List<LayerActivity> layers = new ArrayList<>();
    for (Layer layer : request.network().weightedLayers()) {
      layers.add(layer(layer));
    }
    double depending = layers.stream().mapToDouble(layer -> layer.data().pj()).sum();
    return new ActivityResult(
        measured.measurement().images(),
        measured.measurement().basis() == NetworkCalibration.Basis.ASSUMED,
        layers,
        totalPj - depending);
  }

  private LayerActivity layer(Layer layer) {
    LayerMeasurement found = measured.measurement().layers().get(layer.name());
    Activity mean = request.activity().get(layer.name());
    double conversions = 0;
    for (int bits = 1; bits <= Action.MOST_CONVERSION_BITS; bits++) {
      conversions += count(trace, layer, Action.conversion(bits));
    }
    double ofImages = conversions * measured.measurement().images();
    return new LayerActivity(
        layer.name(),
        measuredDrive(layer, found.inputs()),
        drive(measured.mean(), layer, mean.drivenShares(), mean.meanSquares()),
        Math.round(conversions),
        ofImages == 0 ? 0 : 1 - found.nonZeroCodes() / ofImages,
        ofImages == 0 ? 0 : found.largestCodes() / ofImages);
  }

  private LayerActivity.Drive measuredDrive(Layer layer, InputActivity inputs) {
    Network network = request.network();
    int matrices = network.matrices(layer);
    long positions = network.positions(layer);
    double values =
        (double) network.inputRows(layer) * matrices * positions * measured.measurement().images();
    List<Double> active = new ArrayList<>();
    List<Double> squares = new ArrayList<>();
    for (int slice = 0; slice < request.activity().get(layer.name()).biasLevels().size(); slice++) {
      long driven = 0;
      long square = 0;
      for (int matrix = 0; matrix < matrices; matrix++) {
        InputActivity.Rows rows = inputs.rows(slice, matrix, 0, positions);
        for (int row = 0; row < rows.driven().length; row++) {
          driven += rows.driven()[row];
          square += rows.squares()[row];
        }
      }
      active.add(driven / values);
      squares.add(square / values);
    }
    return drive(trace, layer, active, squares);
  }

  private LayerActivity.Drive drive(
      Trace from, Layer layer, List<Double> active, List<Double> squares) {
    double pj = 0;
    for (Action action : DEPENDING) {
      pj += count(from, layer, action) * prices.pricePj(action);
    }
    return new LayerActivity.Drive(
        active,
        squares,
        count(from, layer, Action.WORDLINE_DRIVES),
        count(from, layer, Action.CELL_INPUT_SQUARES),
        count(from, layer, Action.CELL_INPUT_SQUARE_LEVELS),
        pj);
  }

  /** Per inference: copies of the whole network handle an image each. */
  private static double count(Trace from, Layer layer, Action action) {
    long sum =
        from.stages().stream()
            .filter(stage -> stage.layer().equals(layer.name()))
            .flatMap(stage -> stage.programs().stream())
            .mapToLong(program -> program.tallies().getOrDefault(action, 0L))
            .reduce(0, Math::addExact);
    return (double) sum / from.header().copies();
  }
}
