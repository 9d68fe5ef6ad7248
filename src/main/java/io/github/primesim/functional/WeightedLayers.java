package io.github.primesim.functional;

import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * The weight matrices of a network, multiplied with what their layers read.
 *
 * <p>The positions of several images are laid side by side, so that small feature maps and vectors
 * cost a walk over the matrix for many of them, not for each. Results do not depend on it.
 */
final class WeightedLayers {
  /** Positions that are laid side by side: then the walk over the matrix no longer counts. */
  private static final int SIDE_BY_SIDE = 512;

  private final Network network;
  private final Map<String, List<LayerProduct>> products = new LinkedHashMap<>();

  /**
   * @param product gives the product of a weighted layer's matrix number so and so
   */
  WeightedLayers(Network network, BiFunction<Layer, Integer, LayerProduct> product) {
    this.network = network;
    for (Layer layer : network.weightedLayers()) {
      List<LayerProduct> matrices = new ArrayList<>();
      for (int group = 0; group < network.matrices(layer); group++) {
        matrices.add(product.apply(layer, group));
      }
      products.put(layer.name(), matrices);
    }
  }

  /** The product of the only matrix of a layer. */
  LayerProduct product(Layer layer) {
    return products.get(layer.name()).get(0);
  }

  /**
   * The outputs of a convolution or fully connected layer before its activation, for each image.
   *
   * @param images inputs of the layer
   */
  List<float[]> multiply(Layer layer, List<float[]> images) {
    int area = layer instanceof Convolution ? network.outputShape(layer.name()).area() : 1;
    int together = Math.max(1, SIDE_BY_SIDE / area);
    List<float[]> outputs = new ArrayList<>();
    for (int from = 0; from < images.size(); from += together) {
      int to = Math.min(images.size(), from + together);
      outputs.addAll(together(layer, area, images.subList(from, to)));
    }
    return outputs;
  }

  private List<float[]> together(Layer layer, int area, List<float[]> images) {
    int positions = area * images.size();
    int columns = network.columns(layer);
    int groups = network.matrices(layer);
    List<float[]> outputs = new ArrayList<>();
    images.forEach(image -> outputs.add(new float[groups * columns * area]));
    float[] unrolled = new float[network.inputRows(layer) * positions];
    float[] products = new float[columns * positions];
    for (int group = 0; group < groups; group++) {
      for (int image = 0; image < images.size(); image++) {
        if (layer instanceof Convolution convolution) {
          unroll(convolution, group, images.get(image), unrolled, image * area, positions);
        } else {
          spread(images.get(image), unrolled, image, positions);
        }
      }
      this.products.get(layer.name()).get(group).multiply(unrolled, positions, products, 0);
      for (int column = 0; column < columns; column++) {
        for (int image = 0; image < images.size(); image++) {
          System.arraycopy(
              products,
              column * positions + image * area,
              outputs.get(image),
              (group * columns + column) * area,
              area);
        }
      }
    }
    return outputs;
  }

  private static void spread(float[] vector, float[] unrolled, int at, int positions) {
    for (int row = 0; row < vector.length; row++) {
      unrolled[row * positions + at] = vector[row];
    }
  }

  /**
   * The inputs of all positions of an image in the order of the weight rows: channel, row, column.
   */
  private void unroll(
      Convolution layer, int group, float[] image, float[] unrolled, int at, int positions) {
    Shape in = network.inputShape(layer);
    Shape out = network.outputShape(layer.name());
    int channels = in.channels() / layer.groups();
    int line = at;
    for (int channel = group * channels; channel < (group + 1) * channels; channel++) {
      for (int kernelRow = 0; kernelRow < layer.kernelHeight(); kernelRow++) {
        for (int kernelColumn = 0; kernelColumn < layer.kernelWidth(); kernelColumn++) {
          for (int y = 0; y < out.height(); y++) {
            int row = y * layer.strideHeight() - layer.paddingHeight() + kernelRow;
            int from = (channel * in.height() + row) * in.width();
            boolean rowInside = row >= 0 && row < in.height();
            for (int x = 0; x < out.width(); x++) {
              int column = x * layer.strideWidth() - layer.paddingWidth() + kernelColumn;
              boolean inside = rowInside && column >= 0 && column < in.width();
              unrolled[line + y * out.width() + x] = inside ? image[from + column] : 0;
            }
          }
          line += positions;
        }
      }
    }
  }
}
