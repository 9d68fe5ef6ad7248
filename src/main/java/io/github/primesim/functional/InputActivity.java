package io.github.primesim.functional;

import io.github.primesim.network.Convolution;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Shape;

/**
 * How strongly the inputs of a layer drove its wordlines, measured: exact sums over a number of
 * images, by input slice, for every wordline and position.
 *
 * <p>What is kept follows the inputs of the layer and not its weight rows: the windows of a
 * convolution share their inputs. Both passes of a signed input count together; one of them is
 * zero. Padding is zero, and drives nothing. The bias is left out: its wordline is driven
 * constantly.
 */
public final class InputActivity {
  private final Network network;
  private final Layer layer;
  private final Formats formats;
  private final InputLevels levels;

  /** By slice: sum of the squared levels of each input; of a recurrence, step by step. */
  private final long[][] squares;

  /** By slice: images in which the level is not zero. */
  private final long[][] driven;

  InputActivity(Network network, Layer layer, Calibration calibration, Formats formats) {
    this.network = network;
    this.layer = layer;
    this.formats = formats;
    levels = InputLevels.of(calibration, formats);
    int values =
        layer instanceof Recurrence recurrence
            ? network.units(recurrence) * Math.toIntExact(network.positions(layer))
            : network.inputShape(layer).size();
    squares = new long[formats.inputSlices()][values];
    driven = new long[formats.inputSlices()][values];
  }

  /** Adds what the layer reads of one image, or in one step. */
  void add(int step, float[] values) {
    int at = step * values.length;
    for (int i = 0; i < values.length; i++) {
      int magnitude = levels.positive(values[i]) + levels.negative(values[i]);
      for (int slice = 0; magnitude != 0 && slice < squares.length; slice++) {
        int level = formats.inputSlice(magnitude, slice);
        squares[slice][at + i] += (long) level * level;
        driven[slice][at + i] += level == 0 ? 0 : 1;
      }
    }
  }

  /**
   * What the inputs of one slice come to on each wordline, over some positions and all images.
   *
   * @param squares sum of the squared levels, by weight row
   * @param driven how often the level is not zero, by weight row
   */
  @SuppressWarnings("ArrayRecordComponent") // read once and let go
  public record Rows(long[] squares, long[] driven) {}

  /**
   * The wordlines of one matrix of the layer, the bias left out.
   *
   * @param slice input slice, from the most significant one
   * @param matrix number of the matrix within the layer
   * @param first first position
   * @param count positions
   */
  public Rows rows(int slice, int matrix, long first, long count) {
    return new Rows(
        rows(squares[slice], matrix, (int) first, (int) count),
        rows(driven[slice], matrix, (int) first, (int) count));
  }

  private long[] rows(long[] values, int matrix, int first, int count) {
    long[] sums = new long[network.inputRows(layer)];
    if (layer instanceof Convolution convolution) {
      window(convolution, values, matrix, first, count, sums);
      return sums;
    }
    for (int position = first; position < first + count; position++) {
      for (int row = 0; row < sums.length; row++) {
        sums[row] += values[position * sums.length + row];
      }
    }
    return sums;
  }

  private void window(
      Convolution convolution, long[] values, int matrix, int first, int count, long[] sums) {
    Shape in = network.inputShape(layer);
    int width = network.outputShape(layer.name()).width();
    int channels = in.channels() / convolution.groups();
    int weightRow = 0;
    for (int channel = matrix * channels; channel < (matrix + 1) * channels; channel++) {
      for (int kernelRow = 0; kernelRow < convolution.kernelHeight(); kernelRow++) {
        for (int kernelColumn = 0; kernelColumn < convolution.kernelWidth(); kernelColumn++) {
          long sum = 0;
          for (int position = first; position < first + count; position++) {
            int y =
                position / width * convolution.strideHeight()
                    - convolution.paddingHeight()
                    + kernelRow;
            int x =
                position % width * convolution.strideWidth()
                    - convolution.paddingWidth()
                    + kernelColumn;
            if (y >= 0 && y < in.height() && x >= 0 && x < in.width()) {
              sum += values[(channel * in.height() + y) * in.width() + x];
            }
          }
          sums[weightRow++] = sum;
        }
      }
    }
  }
}
