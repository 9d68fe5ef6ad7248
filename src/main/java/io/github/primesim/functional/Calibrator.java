package io.github.primesim.functional;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.mapping.DenseMapping;
import io.github.primesim.network.Activation;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.WeightMatrix;
import io.github.primesim.network.Weights;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Measures the dynamic fixed point of a network on training data.
 *
 * <p>The images run through the network in floating point; a random sample of the inputs of each
 * layer is kept. Per layer the input scale is the power of two with the least squared error of the
 * quantised inputs; the bias wordline gets the lowest level at which no bias saturates; the window
 * of the sense amplifiers is the power of two with the least squared error behind the activation
 * function, for each crossbar height and sign scheme, and each column the gain that makes good what
 * conversions take from it ({@link GainCalibrator}). Windows and gains are measured on the dense
 * mapping: a mapping that keeps the rows in order converts the same sums.
 */
public final class Calibrator {
  /** Values of a layer's inputs kept at most: 16 MB. */
  private static final int SAMPLED_VALUES = 4_000_000;

  /** Input vectors of a layer that windows are tried on, or up to twice as many. */
  private static final int WINDOW_SAMPLES = 512;

  /** Windows are tried over so many powers of two. */
  private static final int CANDIDATES = 14;

  private static final List<Integer> CROSSBAR_ROWS = List.of(16, 32, 64, 128, 256, 512);
  private static final long SEED = 1;

  private final Network network;
  private final Weights weights;
  private final HardwareSpec spec;
  private final Formats formats;

  /** Told how far a calibration has come. */
  @FunctionalInterface
  public interface Progress {
    /** A progress that nobody watches. */
    Progress SILENT = (step, done, total) -> {};

    /**
     * A step is over: the windows of a layer, or the gains of all layers on one kind of crossbars.
     *
     * @param done steps that are over
     * @param total steps in all
     */
    void calibrated(String step, int done, int total);
  }

  /**
   * @param spec number formats and conversions to calibrate for
   */
  public Calibrator(Network network, Weights weights, HardwareSpec spec) {
    this.network = network;
    this.weights = weights;
    this.spec = spec;
    this.formats = Formats.of(spec.quantization());
  }

  /**
   * Calibrates all layers for both sign schemes and crossbars of 16 to 512 rows.
   *
   * @param images inputs of the network, at least one; training data, never test data
   */
  public NetworkCalibration calibrate(List<float[]> images) {
    return calibrate(images, List.of(SignScheme.values()), CROSSBAR_ROWS);
  }

  /**
   * Calibrates all layers for certain crossbars.
   *
   * @param images inputs of the network, at least one; training data, never test data
   * @param signs sign schemes to measure windows for
   * @param rows crossbar heights to measure windows for
   */
  public NetworkCalibration calibrate(
      List<float[]> images, List<SignScheme> signs, List<Integer> rows) {
    return calibrate(images, signs, rows, Progress.SILENT);
  }

  /**
   * The same, watched.
   *
   * @param progress is told of each layer and each kind of crossbars
   */
  public NetworkCalibration calibrate(
      List<float[]> images, List<SignScheme> signs, List<Integer> rows, Progress progress) {
    if (images.isEmpty()) {
      throw new IllegalArgumentException("nothing to calibrate on");
    }
    List<InputSample> samples = new ArrayList<>();
    ForwardPass pass =
        new ForwardPass(
            network,
            (layer, group) -> {
              InputSample sample = new InputSample(layer, group, images.size());
              samples.add(sample);
              LayerProduct product = FloatInference.product(weights, layer, group);
              return (input, positions, output, at) -> {
                sample.offer(input, positions);
                product.multiply(input, positions, output, at);
              };
            });
    for (float[] image : images) {
      for (float output : pass.run(image)) {
        requireFinite(output, "outputs");
      }
    }
    int steps = network.weightedLayers().size() + signs.size() * rows.size();
    List<Calibration> layers = new ArrayList<>();
    for (Layer layer : network.weightedLayers()) {
      layers.add(
          calibrate(
              layer,
              samples.stream().filter(sample -> sample.layer == layer).toList(),
              signs,
              rows));
      progress.calibrated(layer.name(), layers.size(), steps);
    }
    return new GainCalibrator(network, weights, spec, images)
        .withGains(
            new NetworkCalibration(
                network.name(), NetworkCalibration.Basis.MEASURED, images.size(), formats, layers),
            (step, done, of) -> progress.calibrated(step, layers.size() + done, steps));
  }

  private Calibration calibrate(
      Layer layer, List<InputSample> groups, List<SignScheme> signs, List<Integer> rows) {
    boolean signedInput = network.signedInput(layer);
    double inputScale = inputScale(layer, groups);
    int biasLevel = layer.bias() ? biasLevel(layer, inputScale) : 0;
    Calibration calibration =
        new Calibration(layer.name(), signedInput, inputScale, biasLevel, List.of(), List.of());
    return new Calibration(
        layer.name(),
        signedInput,
        inputScale,
        biasLevel,
        slices(calibration, groups),
        windows(calibration, layer, groups, signs, rows));
  }

  private void requireFinite(float value, String where) {
    if (!Float.isFinite(value)) {
      throw new InputProblem(
          "network '"
              + network.name()
              + "': the "
              + where
              + " reach "
              + value
              + " on the calibration images, allowed: finite numbers; its weights are too large");
    }
  }

  /** The power of two that quantises the inputs with the least squared error. */
  private double inputScale(Layer layer, List<InputSample> groups) {
    double max = 0;
    for (InputSample group : groups) {
      for (float[] vector : group.vectors) {
        for (float value : vector) {
          requireFinite(value, "inputs of layer '" + layer.name() + "'");
          max = Math.max(max, Math.abs(value));
        }
      }
    }
    if (max == 0) {
      return Math.scalb(1.0, -formats.inputBits());
    }
    int covering = Math.getExponent(max) + 1 - formats.inputBits();
    double best = Double.POSITIVE_INFINITY;
    double bestScale = 0;
    for (int exponent = covering; exponent > covering - formats.inputBits(); exponent--) {
      double scale = Math.scalb(1.0, exponent);
      double error = 0;
      for (InputSample group : groups) {
        for (float[] vector : group.vectors) {
          for (float value : vector) {
            double magnitude = Math.abs(value);
            double level = Math.min(formats.highestInput(), Math.floor(magnitude / scale + 0.5));
            error += (magnitude - level * scale) * (magnitude - level * scale);
          }
        }
      }
      if (error < best) {
        best = error;
        bestScale = scale;
      }
    }
    return bestScale;
  }

  /** The lowest power of two, or the highest level, at which no bias exceeds the weight bits. */
  private int biasLevel(Layer layer, double inputScale) {
    int level = 1;
    for (int group = 0; group < network.matrices(layer); group++) {
      WeightMatrix matrix = weights.matrix(layer, group);
      double scale = weights.quantized(layer, group, formats.weightBits(), 1).scale();
      double largest = scale * ((1 << formats.weightBits()) - 1);
      for (int column = 0; column < matrix.columns(); column++) {
        double bias = Math.abs(matrix.at(matrix.rows() - 1, column));
        while (bias > largest * level * inputScale && level < formats.highestInput()) {
          level = Math.min(2 * level, formats.highestInput());
        }
      }
    }
    return level;
  }

  private List<SliceActivity> slices(Calibration calibration, List<InputSample> groups) {
    List<SliceStatistics> slices =
        Stream.generate(SliceStatistics::new).limit(formats.inputSlices()).toList();
    for (InputSample group : groups) {
      QuantizedInput levels =
          new QuantizedInput(calibration, formats, group.vectors.get(0).length, false);
      for (float[] vector : group.vectors) {
        levels.fill(vector, 1);
        count(levels.positive(), levels.negative(), slices);
      }
    }
    return slices.stream().map(SliceStatistics::activity).toList();
  }

  /** Counts the magnitudes: of each input either the positive or the negative level is 0. */
  private void count(int[] positive, int[] negative, List<SliceStatistics> slices) {
    for (int i = 0; i < positive.length; i++) {
      int level = positive[i] + (negative.length == 0 ? 0 : negative[i]);
      for (int slice = 0; slice < slices.size(); slice++) {
        slices.get(slice).add(formats.inputSlice(level, slice), 1);
      }
    }
  }

  private List<SenseAmplifierWindow> windows(
      Calibration calibration,
      Layer layer,
      List<InputSample> groups,
      List<SignScheme> signs,
      List<Integer> rows) {
    List<SenseAmplifierWindow> windows = new ArrayList<>();
    for (SignScheme scheme : signs) {
      for (int height : rows) {
        windows.add(
            new SenseAmplifierWindow(
                scheme, height, lsb(calibration, layer, groups, scheme, height)));
      }
    }
    return windows;
  }

  private double lsb(
      Calibration calibration, Layer layer, List<InputSample> groups, SignScheme signs, int rows) {
    double[] errors = new double[CANDIDATES];
    int highest = Integer.MIN_VALUE;
    List<WindowTrial> trials = new ArrayList<>();
    for (InputSample group : groups) {
      WindowTrial trial = new WindowTrial(calibration, layer, group, signs, rows);
      trials.add(trial);
      highest = Math.max(highest, trial.highestExponent());
    }
    for (WindowTrial trial : trials) {
      trial.addErrors(highest, errors);
    }
    int best = 0;
    for (int k = 1; k < errors.length; k++) {
      best = errors[k] < errors[best] ? k : best;
    }
    return Math.scalb(1.0, highest - best);
  }

  /** Crossbars of {@code rows} wordlines that are wide enough for all columns of a matrix. */
  static CrossbarGeometry undivided(
      IntegerMatrix matrix, Formats formats, SignScheme signs, int rows) {
    int bitlines = matrix.columns() * formats.weightSlices();
    return new CrossbarGeometry(rows, bitlines, formats.weightSlices(), signs, 1, 1, 1, 1, 1);
  }

  /** Input vectors of one matrix, drawn evenly from all images and positions. */
  private final class InputSample {
    private final Layer layer;
    private final int group;
    private final double share;
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<float[]> vectors = new ArrayList<>();

    InputSample(Layer layer, int group, int images) {
      this.layer = layer;
      this.group = group;
      double values =
          (double) images
              * network.positions(layer)
              * network.inputRows(layer)
              * network.matrices(layer);
      this.share = Math.min(1, SAMPLED_VALUES / values);
    }

    void offer(float[] input, int positions) {
      for (int position = 0; position < positions; position++) {
        // The first one always, so that no sample is empty.
        if (vectors.isEmpty() || random.nextDouble() < share) {
          float[] vector = new float[input.length / positions];
          for (int row = 0; row < vector.length; row++) {
            vector[row] = input[row * positions + position];
          }
          vectors.add(vector);
        }
      }
    }

    /**
     * Enough vectors to try windows on: one of each stretch of the sample, drawn, the same ones for
     * every window. The first of each stretch would not do: where the sample holds all vectors of
     * all images, one image after another, a constant step may meet few positions only, such as
     * those at the left border of digits, where every window fits.
     */
    List<float[]> some() {
      SplittableRandom draw = new SplittableRandom(SEED);
      int stretch = Math.max(1, vectors.size() / WINDOW_SAMPLES);
      List<float[]> some = new ArrayList<>();
      for (int first = 0; first < vectors.size(); first += stretch) {
        some.add(vectors.get(first + draw.nextInt(Math.min(stretch, vectors.size() - first))));
      }
      return some;
    }
  }

  /** A matrix on crossbars, to be converted with several windows at once. */
  private final class WindowTrial {
    private final long[] exact;
    private final Activation activation;
    private final ConversionBits bits;
    private final CrossbarExecution crossbars;
    private final QuantizedInput levels;
    private final double unit;

    WindowTrial(
        Calibration calibration, Layer layer, InputSample sample, SignScheme signs, int rows) {
      IntegerMatrix matrix =
          weights.quantized(layer, sample.group, formats.weightBits(), calibration.biasInput());
      crossbars =
          new CrossbarExecution(
              new DenseMapping().map(matrix, undivided(matrix, formats, signs, rows)),
              matrix,
              formats);
      bits = ConversionBits.of(spec, rows);
      activation = layer.activation();
      unit = calibration.inputScale() * matrix.scale();
      levels = new QuantizedInput(calibration, formats, matrix.rows(), layer.bias());
      List<float[]> vectors = sample.some();
      int positions = vectors.size();
      float[] input = new float[network.inputRows(layer) * positions];
      for (int i = 0; i < input.length; i++) {
        input[i] = vectors.get(i % positions)[i / positions];
      }
      levels.fill(input, positions);
      exact = crossbars.exact(levels);
    }

    /** A window no useful one exceeds: its least significant bit covers the largest output. */
    int highestExponent() {
      long largest = 1;
      for (long sum : exact) {
        largest = Math.max(largest, Math.abs(sum));
      }
      return Math.getExponent(largest * unit);
    }

    /** Adds the squared error of the window 2^(highest - k) to {@code errors[k]}. */
    void addErrors(int highest, double[] errors) {
      List<PrimeArithmetic> arithmetics = new ArrayList<>();
      for (int k = 0; k < errors.length; k++) {
        arithmetics.add(new PrimeArithmetic(formats, bits, highest - k - Math.getExponent(unit)));
      }
      List<long[]> codes = crossbars.run(levels, arithmetics);
      for (int k = 0; k < errors.length; k++) {
        double lsb = Math.scalb(1.0, highest - k);
        for (int i = 0; i < exact.length; i++) {
          double error =
              ForwardPass.activate((float) (codes.get(k)[i] * lsb), activation)
                  - ForwardPass.activate((float) (exact[i] * unit), activation);
          errors[k] += error * error;
        }
      }
    }
  }
}
