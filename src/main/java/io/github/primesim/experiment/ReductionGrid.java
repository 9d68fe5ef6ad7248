package io.github.primesim.experiment;

import io.github.primesim.lowering.Progress;
import java.util.ArrayList;
import java.util.List;

/**
 * Mapping schemes compared on synthetic layers over densities and sizes of the crossbars.
 *
 * @param models kinds of layers
 * @param rows rows of a layer
 * @param columns its weight columns
 * @param densities shares of weights of either sign that are not zero
 * @param sizes rows and weight columns of a crossbar
 * @param schemes names of mapping schemes
 * @param seed seed of the layers
 * @param threads threads of a mapping
 */
public record ReductionGrid(
    List<SyntheticLayer.Model> models,
    int rows,
    int columns,
    List<Double> densities,
    List<Integer> sizes,
    List<String> schemes,
    long seed,
    int threads) {
  public ReductionGrid {
    models = List.copyOf(models);
    densities = List.copyOf(densities);
    sizes = List.copyOf(sizes);
    schemes = List.copyOf(schemes);
  }

  /** Number of reductions. */
  public int points() {
    return models.size() * densities.size() * sizes.size() * schemes.size();
  }

  /** All reductions: by model, density, size and scheme. */
  public List<Reduction> run(Progress progress) {
    List<Reduction> found = new ArrayList<>();
    for (SyntheticLayer.Model model : models) {
      for (double density : densities) {
        SyntheticLayer layer = SyntheticLayer.draw(model, rows, columns, density, seed);
        for (int size : sizes) {
          for (String scheme : schemes) {
            progress.mapped(model + ", " + scheme, found.size(), points());
            found.add(layer.reduction(scheme, size, threads));
          }
        }
      }
    }
    return found;
  }
}
