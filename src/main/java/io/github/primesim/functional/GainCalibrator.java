package io.github.primesim.functional;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.DenseMapping;
import io.github.primesim.network.Activation;
import io.github.primesim.network.ColumnGains;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import io.github.primesim.network.Weights;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Measures how much larger than its weights each column is to be programmed, so that its outputs
 * are as large as in floating point although conversions round small sums of row blocks to zero.
 *
 * <p>Layer by layer: images have gone through the converted layers before, gains included. With
 * {@code f} the outputs of a column in floating point and {@code p} those of the crossbars, both
 * behind a ReLU where there is one, its gain is {@code sum f^2 / sum f p}. Its counterpart {@code
 * sum f p / sum p^2}, of least squares, takes the noise in {@code p} for size and is too small.
 *
 * <p>Larger cells bring more sums above what is rounded off, so the outputs come out a few percent
 * too large; a second rehearsal with the gains of the first would mend that, and classifies no
 * better.
 *
 * <p>The window stays the one of the weights as they are, and so does their scale: a few weights
 * saturate. The state of a recurrence, which is converted again and again, is left as it is.
 */
final class GainCalibrator {
  /** Images that are enough. */
  private static final int IMAGES = 64;

  /** Outputs of layers that all of them have together at most: 32 MB. */
  private static final long VALUES = 8_000_000;

  /** A column whose few outputs say more than this is not believed. */
  private static final double SMALLEST = 0.7;

  private static final double LARGEST = 1.6;

  private final Network network;
  private final Weights weights;
  private final HardwareSpec spec;
  private final List<float[]> images;

  /** Outputs in floating point before the activation, in the order in which products are asked. */
  private final Map<String, List<float[]>> wanted = new HashMap<>();

  /**
   * @param images inputs of the network, at least one, of which as many are used as there is room
   *     for
   */
  GainCalibrator(Network network, Weights weights, HardwareSpec spec, List<float[]> images) {
    this.network = network;
    this.weights = weights;
    this.spec = spec;
    this.images = some(images);
  }

  private List<float[]> some(List<float[]> all) {
    long values =
        network.layers().stream()
            .mapToLong(layer -> network.outputShape(layer.name()).size())
            .sum();
    long fit = Math.max(1, VALUES / Math.max(1, values));
    int count = (int) Math.min(fit, Math.min(IMAGES, all.size()));
    return IntStream.range(0, count)
        .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
        .toList();
  }

  /**
   * The same calibration with gains for each of its windows.
   *
   * @param progress is told of each kind of crossbars
   */
  NetworkCalibration withGains(NetworkCalibration calibration, Calibrator.Progress progress) {
    ForwardPass.streamed(
            network,
            (layer, group) -> {
              LayerProduct product = FloatInference.product(weights, layer, group);
              return gained(layer) ? keeping(layer, product) : product;
            })
        .run(images);
    Map<String, List<SenseAmplifierWindow>> windows = new HashMap<>();
    List<Calibration> layers = calibration.layers();
    // Every layer has the same windows, in the same order.
    List<SenseAmplifierWindow> kinds = layers.isEmpty() ? List.of() : layers.get(0).windows();
    for (int kind = 0; kind < kinds.size(); kind++) {
      SignScheme signs = kinds.get(kind).signs();
      int rows = kinds.get(kind).rows();
      Map<String, ColumnGains> gains = new Turns(calibration, signs, rows).gainsOfAll();
      for (Calibration layer : layers) {
        SenseAmplifierWindow window = layer.windows().get(kind);
        windows
            .computeIfAbsent(layer.name(), name -> new ArrayList<>())
            .add(gains.containsKey(layer.name()) ? window.with(gains.get(layer.name())) : window);
      }
      progress.calibrated(rows + " rows", kind + 1, kinds.size());
    }
    return new NetworkCalibration(
        calibration.network(),
        calibration.basis(),
        calibration.images(),
        calibration.formats(),
        layers.stream()
            .map(layer -> layer.with(windows.getOrDefault(layer.name(), List.of())))
            .toList());
  }

  private static boolean gained(Layer layer) {
    return !(layer instanceof Recurrence);
  }

  private LayerProduct keeping(Layer layer, LayerProduct product) {
    List<float[]> outputs = wanted.computeIfAbsent(layer.name(), name -> new ArrayList<>());
    return (input, positions, output, at) -> {
      product.multiply(input, positions, output, at);
      outputs.add(Arrays.copyOfRange(output, at, output.length));
    };
  }

  /** All layers on one kind of crossbars: each is rehearsed, then gone through with its gains. */
  private final class Turns implements ForwardPass.Products {
    private final NetworkCalibration calibration;
    private final SignScheme signs;
    private final int rows;
    private final ConversionBits bits;
    private final Map<String, ColumnGains> gains = new LinkedHashMap<>();

    /** Of the layers that have been rehearsed, or are. */
    private final Map<String, Comparison> comparisons = new HashMap<>();

    Turns(NetworkCalibration calibration, SignScheme signs, int rows) {
      this.calibration = calibration;
      this.signs = signs;
      this.rows = rows;
      this.bits = ConversionBits.of(spec, rows);
    }

    Map<String, ColumnGains> gainsOfAll() {
      ForwardPass.streamed(network, this).run(images);
      return gains;
    }

    @Override
    public boolean rehearses(Layer layer) {
      return gained(layer);
    }

    @Override
    public void rehearsed(Layer layer) {
      gains.put(layer.name(), comparisons.get(layer.name()).gains());
    }

    @Override
    public LayerProduct of(Layer layer, int group) {
      boolean rehearsing = gained(layer) && !gains.containsKey(layer.name());
      Calibration format = calibration.layer(layer.name());
      Formats formats = calibration.formats();
      IntegerMatrix exact =
          weights.quantized(layer, group, formats.weightBits(), format.biasInput());
      IntegerMatrix cells =
          gains.getOrDefault(layer.name(), ColumnGains.NONE).program(exact, group);
      CrossbarGeometry geometry = Calibrator.undivided(cells, formats, signs, rows);
      LayerProduct product =
          PrimeInference.product(
              layer,
              cells,
              new DenseMapping().map(cells, geometry),
              format,
              formats,
              geometry,
              bits,
              CellModel.IDEAL);
      return rehearsing ? comparing(layer, group, product) : product;
    }

    private LayerProduct comparing(Layer layer, int group, LayerProduct product) {
      Comparison comparison =
          comparisons.computeIfAbsent(layer.name(), name -> new Comparison(layer));
      return (input, positions, output, at) -> {
        product.multiply(input, positions, output, at);
        comparison.add(group, positions, output, at);
      };
    }
  }

  /** The outputs of a layer beside those that are wanted. */
  private final class Comparison {
    private final Layer layer;

    /** Sums, one for each column of all matrices. */
    private final double[] squares;

    private final double[] products;

    /** Outputs that have been compared. */
    private int compared;

    Comparison(Layer layer) {
      this.layer = layer;
      int columns = network.matrices(layer) * network.columns(layer);
      squares = new double[columns];
      products = new double[columns];
    }

    void add(int group, int positions, float[] output, int at) {
      int first = group * network.columns(layer);
      boolean rectified = layer.activation() == Activation.RELU;
      float[] exact = wanted.get(layer.name()).get(compared++);
      for (int i = 0; i < exact.length; i++) {
        double want = exact[i];
        double have = output[at + i];
        if (rectified) {
          want = Math.max(want, 0);
          have = Math.max(have, 0);
        }
        squares[first + i / positions] += want * want;
        products[first + i / positions] += want * have;
      }
    }

    ColumnGains gains() {
      int[] percent = new int[squares.length];
      for (int column = 0; column < percent.length; column++) {
        if (!Double.isFinite(squares[column]) || !Double.isFinite(products[column])) {
          throw new InputProblem(
              "network '"
                  + network.name()
                  + "': the outputs of layer '"
                  + layer.name()
                  + "' are beyond what a float holds in PRIME's arithmetic; its weights are too"
                  + " large");
        }
        double gain = products[column] > 0 ? squares[column] / products[column] : 1;
        percent[column] =
            (int) Math.round(ColumnGains.UNCHANGED * Math.max(SMALLEST, Math.min(gain, LARGEST)));
      }
      return new ColumnGains(percent);
    }
  }
}
