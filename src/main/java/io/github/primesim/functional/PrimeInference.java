package io.github.primesim.functional;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.util.List;
import java.util.Optional;

/**
 * The network on mapped crossbars with PRIME's arithmetic: sliced inputs and weights, short
 * conversions in the calibrated window, row blocks added after the conversion, then the activation,
 * then the quantisation of the next layer's inputs.
 */
public final class PrimeInference implements Inference {
  private final ForwardPass pass;

  /**
   * Maps all layers, as they are programmed ({@link Mapping#mapWhereItPays}).
   *
   * @param bits conversions of the composed parts
   */
  public PrimeInference(
      Network network,
      Weights weights,
      NetworkCalibration calibration,
      Mapping mapping,
      CrossbarGeometry geometry,
      ConversionBits bits) {
    this(network, weights, calibration, mapping, geometry, bits, Optional.empty());
  }

  /**
   * The same on a chip whose cells differ from what they are programmed to, or whose wires have a
   * resistance. Formats, windows and gains stay those of ideal cells.
   *
   * @param chip ideal cells where empty
   */
  public PrimeInference(
      Network network,
      Weights weights,
      NetworkCalibration calibration,
      Mapping mapping,
      CrossbarGeometry geometry,
      ConversionBits bits,
      Optional<Chip> chip) {
    Formats formats = calibration.formats();
    pass =
        new ForwardPass(
            network,
            (layer, group) -> {
              Calibration format = calibration.layer(layer.name());
              IntegerMatrix cells = cells(weights, layer, group, format, formats, geometry);
              return product(
                  layer,
                  cells,
                  mapping.mapWhereItPays(cells, geometry),
                  format,
                  formats,
                  geometry,
                  bits,
                  chip.map(each -> each.cells(layer.name(), group, formats, geometry))
                      .orElse(CellModel.IDEAL));
            });
  }

  /**
   * The product of one matrix on its crossbars.
   *
   * @param cells weights as they are programmed
   * @param model what the cells make of it
   */
  static LayerProduct product(
      Layer layer,
      IntegerMatrix cells,
      LayerMapping mapping,
      Calibration format,
      Formats formats,
      CrossbarGeometry geometry,
      ConversionBits bits,
      CellModel model) {
    double lsb = lsb(format, cells, formats, geometry);
    CrossbarExecution crossbars = new CrossbarExecution(mapping, cells, formats, model);
    PrimeArithmetic arithmetic =
        new PrimeArithmetic(formats, bits, lsbExponent(lsb, format, cells) + model.places());
    QuantizedInput levels = new QuantizedInput(format, formats, cells.rows(), layer.bias());
    return (input, positions, output, at) -> {
      levels.fill(input, positions);
      long[] codes = crossbars.run(levels, List.of(arithmetic)).get(0);
      for (int i = 0; i < codes.length; i++) {
        output[at + i] = (float) (codes[i] * lsb);
      }
    };
  }

  @Override
  public float[] run(float[] input) {
    return pass.run(input);
  }

  @Override
  public List<float[]> run(List<float[]> inputs) {
    return pass.run(inputs);
  }

  /** The weights of a matrix as they are programmed. */
  static IntegerMatrix cells(
      Weights weights,
      Layer layer,
      int group,
      Calibration format,
      Formats formats,
      CrossbarGeometry geometry) {
    return format
        .gains(geometry.signs(), geometry.rows())
        .program(weights.quantized(layer, group, formats.weightBits(), format.biasInput()), group);
  }

  /**
   * Least significant bit of a layer's sense amplifiers: calibrated, or assumed where it is not.
   */
  static double lsb(
      Calibration format, IntegerMatrix matrix, Formats formats, CrossbarGeometry geometry) {
    return format
        .window(geometry.signs(), geometry.rows())
        .map(SenseAmplifierWindow::lsb)
        .orElseGet(() -> AssumedActivity.lsb(format, matrix, formats, geometry));
  }

  /** Scales are powers of two, so their ratio is a number of binary places. */
  static int lsbExponent(double lsb, Calibration format, IntegerMatrix matrix) {
    return Math.getExponent(lsb / (format.inputScale() * matrix.scale()));
  }
}
