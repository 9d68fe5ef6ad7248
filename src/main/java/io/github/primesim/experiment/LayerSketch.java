package io.github.primesim.experiment;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.MappingObserver;
import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Segment;
import io.github.primesim.mapping.Sign;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Sketches the crossbars of one layer before and after its mapping. Of a grouped convolution the
 * first group is sketched.
 */
public final class LayerSketch implements MappingObserver {
  /** Bins along the longer side of a picture. */
  private static final int MOST_BINS = 512;

  private final String layer;
  private final int mostBins;
  private MappingPicture picture;

  private LayerSketch(String layer, int mostBins) {
    this.layer = layer;
    this.mostBins = mostBins;
  }

  /**
   * A coarser sketch of a layer that has weights.
   *
   * @param mostBins along the longer side
   */
  static LayerSketch of(String layer, int mostBins) {
    return new LayerSketch(layer, mostBins);
  }

  /**
   * A sketch of a layer.
   *
   * @param layer its name; the one with the most weights where it is missing
   * @throws InputProblem if the network has no such layer with weights
   */
  public static LayerSketch of(CompileRequest request, Optional<String> layer) {
    Network network = request.network();
    List<String> names = network.weightedLayers().stream().map(Layer::name).toList();
    if (layer.isPresent() && !names.contains(layer.get())) {
      throw new InputProblem(
          "--layer '"
              + layer.get()
              + "' is no layer with weights of network '"
              + network.name()
              + "', allowed: "
              + String.join(", ", names));
    }
    return new LayerSketch(
        layer.orElseGet(
            () ->
                network.weightedLayers().stream()
                    .max(Comparator.comparingLong(network::weights))
                    .map(Layer::name)
                    .orElse("")),
        MOST_BINS);
  }

  @Override
  public void mapped(Layer mapped, int matrix, IntegerMatrix weights, LayerMapping mapping) {
    if (mapped.name().equals(layer) && matrix == 0) {
      picture = sketch(weights, mapping);
    }
  }

  /** The picture, empty before the layer has been mapped. */
  public Optional<MappingPicture> picture() {
    return Optional.ofNullable(picture);
  }

  private MappingPicture sketch(IntegerMatrix weights, LayerMapping mapping) {
    CrossbarGeometry geometry = mapping.geometry();
    int height = geometry.rows();
    int width = geometry.weightsPerWordline();
    boolean pairs = geometry.signs() == SignScheme.PAIRS;
    int lines = ceilDiv(weights.rows(), height);
    int acrossOneSign = ceilDiv(weights.columns(), width);
    int across = pairs ? acrossOneSign : 2 * acrossOneSign;
    int rows = Math.multiplyExact(lines, height);
    int columns = Math.multiplyExact(across, width);
    int step = ceilDiv(Math.max(rows, columns), mostBins);

    DensityMap before = DensityMap.empty(rows, columns, step);
    short[] row = new short[weights.columns()];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        before.place(r, c);
      }
      if (r < weights.rows()) {
        weights.copyRow(r, row);
        for (int c = 0; c < row.length; c++) {
          if (row[c] != 0) {
            before.nonZero(r, pairs || row[c] > 0 ? c : acrossOneSign * width + c);
          }
        }
      }
    }

    DensityMap after = DensityMap.empty(rows, columns, step);
    List<List<Crossbar>> laid = lay(mapping.crossbars(), lines, across);
    for (int line = 0; line < laid.size(); line++) {
      for (int slot = 0; slot < laid.get(line).size(); slot++) {
        draw(after, weights, laid.get(line).get(slot), geometry, line * height, slot * width);
      }
    }
    return new MappingPicture(
        layer,
        mapping.scheme(),
        geometry.signs().name().toLowerCase(Locale.ROOT),
        weights.rows(),
        weights.columns(),
        height,
        width,
        mapping.denseArrays(),
        mapping.arrays(),
        before,
        after);
  }

  /**
   * Crossbars of the same rows beside one another, as long as that takes no more lines than the
   * dense mapping; otherwise in the order of placement, line by line.
   */
  private static List<List<Crossbar>> lay(List<Crossbar> crossbars, int lines, int across) {
    List<List<Crossbar>> byRows = new ArrayList<>();
    List<List<Crossbar>> inOrder = new ArrayList<>();
    Crossbar last = null;
    for (Crossbar crossbar : crossbars) {
      if (inOrder.isEmpty() || inOrder.get(inOrder.size() - 1).size() == across) {
        inOrder.add(new ArrayList<>());
      }
      inOrder.get(inOrder.size() - 1).add(crossbar);
      if (last == null
          || byRows.get(byRows.size() - 1).size() == across
          || !Arrays.equals(firstRows(last), firstRows(crossbar))) {
        byRows.add(new ArrayList<>());
      }
      byRows.get(byRows.size() - 1).add(crossbar);
      last = crossbar;
    }
    return byRows.size() <= lines ? byRows : inOrder;
  }

  private static int[] firstRows(Crossbar crossbar) {
    return crossbar.segments().get(0).rows();
  }

  private static void draw(
      DensityMap map,
      IntegerMatrix weights,
      Crossbar crossbar,
      CrossbarGeometry geometry,
      int top,
      int left) {
    for (int r = 0; r < geometry.rows(); r++) {
      for (int c = 0; c < geometry.weightsPerWordline(); c++) {
        map.place(top + r, left + c);
      }
    }
    Sign sign = crossbar.sign();
    int wordline = 0;
    for (Segment segment : crossbar.segments()) {
      for (int row : segment.rows()) {
        for (int c = 0; c < segment.columns().length; c++) {
          int weight = weights.at(row, segment.columns()[c]);
          if (weight != 0 && sign.holds(weight)) {
            map.nonZero(top + wordline, left + c);
          }
        }
        wordline++;
      }
    }
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
