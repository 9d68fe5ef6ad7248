package io.github.primesim.experiment;

import java.util.List;
import java.util.Optional;

/**
 * What real inputs did in the crossbars, beside what mean activity takes them for. Everything is
 * per inference. Only the drives of wordlines and the current in cells depend on inputs; the price
 * of everything else is the same for both.
 *
 * @param images images it was measured on
 * @param assumed whether the mean was assumed, not measured on calibration images
 * @param layers those with weights, in their order
 * @param restPj energy of the inference that depends on no input
 */
public record ActivityResult(
    int images, boolean assumed, List<LayerActivity> layers, double restPj) {
  public ActivityResult {
    layers = List.copyOf(layers);
  }

  /** Energy of the whole inference at the activity of the data. */
  public double totalPj() {
    return layers.stream().mapToDouble(layer -> layer.data().pj()).sum() + restPj;
  }

  /** The same at mean activity. */
  public double meanTotalPj() {
    return layers.stream().mapToDouble(layer -> layer.mean().pj()).sum() + restPj;
  }

  /** Energy of the whole inference, data against mean. */
  public double totalRatio() {
    return totalPj() / meanTotalPj();
  }

  /** Energy of wordlines and cells of all layers, data against mean; 1 where there is none. */
  public double ratio() {
    return ratio(
        layers.stream().mapToDouble(layer -> layer.data().pj()).sum(),
        layers.stream().mapToDouble(layer -> layer.mean().pj()).sum());
  }

  /** What was measured of a layer. */
  public Optional<LayerActivity> layer(String name) {
    return layers.stream().filter(layer -> layer.layer().equals(name)).findFirst();
  }

  static double ratio(double data, double mean) {
    return mean == 0 ? 1 : data / mean;
  }
}
