package io.github.primesim.experiment;

import io.github.primesim.lowering.MappingObserver;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the non-zero weights of each layer lie in the crossbars that a mapping keeps, coarse enough
 * for a page that shows all layers. Of a grouped convolution the first group is shown.
 */
public final class CrossbarMaps implements MappingObserver {
  /** Bins along the longer side of a layer. */
  private static final int MOST_BINS = 48;

  private final List<MappingPicture> pictures = new ArrayList<>();

  @Override
  public void mapped(Layer layer, int matrix, IntegerMatrix weights, LayerMapping mapping) {
    if (matrix == 0) {
      LayerSketch sketch = LayerSketch.of(layer.name(), MOST_BINS);
      sketch.mapped(layer, matrix, weights, mapping);
      sketch.picture().ifPresent(pictures::add);
    }
  }

  /** One for each layer with weights, in the order in which they were mapped. */
  public List<MappingPicture> pictures() {
    return List.copyOf(pictures);
  }
}
