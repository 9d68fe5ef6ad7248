package io.github.primesim.network;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Weights drawn from a random model, for networks whose trained weights cannot be had.
 *
 * <p>A weight is {@code r_i * c_j * g_ij}: row and column intensities with normal logarithms of
 * standard deviation sigma, and a standard normal factor, scaled to the standard deviation of He
 * initialisation. The smallest magnitudes of a layer, all groups together, are pruned to zero so
 * that its density remains. Biases are normal with the standard deviation of the weights and never
 * pruned. With sigma 0.25 the sparsity patterns resemble those of trained layers.
 *
 * <p>The same seed, layer name and group give the same weights whatever else the network holds, and
 * in whatever order they are asked for.
 */
public final class SyntheticWeights implements Weights {
  private static final int MAGNITUDE_BITS = 0x7FFF_FFFF;
  private static final int BINS = 1 << 14;

  /** Halvings of an interval until nothing is left of it in double precision. */
  private static final int BISECTIONS = 100;

  private final Network network;
  private final long seed;
  private final double sigma;
  private final Map<String, Double> densities;

  /** Where pruning ends in each layer, found by one pass over it, so that the pass is made once. */
  private final Map<String, Float> thresholds = new ConcurrentHashMap<>();

  /**
   * A random model of all weights of {@code network}.
   *
   * @param sigma standard deviation of the logarithms of row and column intensities, from 0 to 2
   * @param densities for exactly the layers with weights, the fraction of weights that are not
   *     zero, above 0 and at most 1
   */
  public SyntheticWeights(Network network, long seed, double sigma, Map<String, Double> densities) {
    if (!(sigma >= 0 && sigma <= 2)) {
      throw new IllegalArgumentException("sigma is " + sigma + ", must be from 0 to 2");
    }
    for (Map.Entry<String, Double> entry : densities.entrySet()) {
      if (!(entry.getValue() > 0 && entry.getValue() <= 1)) {
        throw new IllegalArgumentException(
            "density of layer '"
                + entry.getKey()
                + "' is "
                + entry.getValue()
                + ", must be above 0 and at most 1");
      }
      if (network.weightedLayers().stream().noneMatch(l -> l.name().equals(entry.getKey()))) {
        throw new IllegalArgumentException("'" + entry.getKey() + "' is no layer with weights");
      }
    }
    for (Layer layer : network.weightedLayers()) {
      if (!densities.containsKey(layer.name())) {
        throw new IllegalArgumentException("no density for layer '" + layer.name() + "'");
      }
    }
    this.network = network;
    this.seed = seed;
    this.sigma = sigma;
    this.densities = Map.copyOf(densities);
  }

  /**
   * The same random numbers, pruned so that the whole network has {@code density}: the densities of
   * the layers keep their ratios, except that none exceeds 1.
   *
   * @param density fraction of all weights that are not zero, above 0 and at most 1
   */
  public SyntheticWeights withDensity(double density) {
    if (!(density > 0 && density <= 1)) {
      throw new IllegalArgumentException(
          "density is " + density + ", must be above 0 and at most 1");
    }
    double wanted = density * kept(1, Map.of());
    double low = 0;
    double high = 1 / densities.values().stream().mapToDouble(d -> d).min().orElse(1);
    for (int step = 0; step < BISECTIONS; step++) {
      double middle = (low + high) / 2;
      if (kept(middle, densities) < wanted) {
        low = middle;
      } else {
        high = middle;
      }
    }
    Map<String, Double> scaled = new LinkedHashMap<>();
    for (Map.Entry<String, Double> layer : densities.entrySet()) {
      scaled.put(layer.getKey(), Math.min(1, high * layer.getValue()));
    }
    return new SyntheticWeights(network, seed, sigma, scaled);
  }

  /** Weights that are not zero with {@code factor} times the densities, each 1 at most. */
  private double kept(double factor, Map<String, Double> of) {
    double sum = 0;
    for (Layer layer : network.weightedLayers()) {
      sum += network.weights(layer) * Math.min(1, factor * of.getOrDefault(layer.name(), 1.0));
    }
    return sum;
  }

  @Override
  public WeightMatrix matrix(Layer layer, int group) {
    float threshold = threshold(layer);
    Draw draw = new Draw(layer, group);
    int columns = draw.columns();
    float[] values = new float[network.rows(layer) * columns];
    float[] row = new float[columns];
    for (int i = 0; i < draw.inputRows(); i++) {
      draw.row(i, row);
      int start = i * columns;
      for (int j = 0; j < columns; j++) {
        values[start + j] = Math.abs(row[j]) >= threshold ? row[j] : 0;
      }
    }
    if (layer.bias()) {
      System.arraycopy(draw.bias(), 0, values, draw.inputRows() * columns, columns);
    }
    return new WeightMatrix(network.rows(layer), columns, values);
  }

  /** As the general case, to the bit, without the real-valued matrix in between. */
  @Override
  public IntegerMatrix quantized(Layer layer, int group, int weightBits, double biasInput) {
    int threshold = Float.floatToRawIntBits(threshold(layer));
    Draw draw = new Draw(layer, group);
    int columns = draw.columns();
    double scale = draw.scale(threshold, weightBits, biasInput);
    // A power of two, so that the product is exact: twice the weight in steps of the scale.
    float halfSteps = (float) (2 / scale);
    short[] values = new short[network.rows(layer) * columns];
    float[] row = new float[columns];
    long nonZeros = 0;
    int anyBit = 0;
    for (int i = 0; i < draw.inputRows(); i++) {
      draw.row(i, row);
      // Counted and checked on the way: another pass over all weights would take as long again.
      long counted = quantize(row, threshold, halfSteps, values, i * columns);
      nonZeros += counted >>> Integer.SIZE;
      anyBit |= (int) counted;
    }
    if (layer.bias()) {
      float[] bias = draw.bias();
      int start = draw.inputRows() * columns;
      for (int j = 0; j < columns; j++) {
        short cell = IntegerMatrix.bias(bias[j], biasInput, scale, weightBits);
        values[start + j] = cell;
        nonZeros += cell == 0 ? 0 : 1;
        anyBit |= Math.abs(cell);
      }
    }
    return new IntegerMatrix(
        network.rows(layer), columns, weightBits, scale, values, nonZeros, anyBit);
  }

  /**
   * Quantises a row; what is below the threshold is pruned. A method of its own, as those below:
   * the virtual machine compiles a loop once then, and not again with all that calls it.
   *
   * @return how many are not zero in the upper half, the bits that any magnitude has in the lower
   */
  private static long quantize(
      float[] row, int threshold, float halfSteps, short[] values, int start) {
    int kept = 0;
    int anyBit = 0;
    for (int j = 0; j < row.length; j++) {
      int bits = Float.floatToRawIntBits(row[j]);
      int sign = bits >> 31;
      // Half away from zero, exactly; adding 0.5 to a float would round once more.
      int rounded = ((int) (Math.abs(row[j]) * halfSteps) + 1) >> 1;
      int magnitude = (bits & MAGNITUDE_BITS) >= threshold ? rounded : 0;
      values[start + j] = (short) ((magnitude ^ sign) - sign);
      kept += -magnitude >>> (Integer.SIZE - 1);
      anyBit |= magnitude;
    }
    return (long) kept << Integer.SIZE | anyBit;
  }

  private static void count(float[] row, float binsPerUnit, int[] histogram) {
    for (float value : row) {
      histogram[(int) (Math.abs(value) * binsPerUnit)]++;
    }
  }

  /** Magnitudes order like their bit patterns; an integer maximum runs in vector registers. */
  private static int largestBits(float[] row, int atLeast) {
    int max = atLeast;
    for (float value : row) {
      max = Math.max(max, Float.floatToRawIntBits(value) & MAGNITUDE_BITS);
    }
    return max;
  }

  /** The smallest magnitude of {@code layer} that is not pruned, 0 where none is. */
  private float threshold(Layer layer) {
    double density = densities.get(layer.name());
    return density == 1
        ? 0
        : thresholds.computeIfAbsent(layer.name(), name -> threshold(layer, density));
  }

  private float threshold(Layer layer, double density) {
    Draw[] draws = new Draw[network.matrices(layer)];
    float bound = 0;
    for (int group = 0; group < draws.length; group++) {
      draws[group] = new Draw(layer, group);
      bound = Math.max(bound, draws[group].bound());
    }
    int[] histogram = new int[BINS];
    float binsPerUnit = (BINS - 1) / bound;
    float[] row = new float[network.columns(layer)];
    for (Draw draw : draws) {
      for (int i = 0; i < draw.inputRows(); i++) {
        draw.row(i, row);
        count(row, binsPerUnit, histogram);
      }
    }
    return (float) (quantile(histogram, density * network.weights(layer)) / binsPerUnit);
  }

  /** Where, counted from the top, {@code kept} values are found; linear inside a bin. */
  private static double quantile(int[] histogram, double kept) {
    double above = 0;
    int bin = histogram.length - 1;
    while (bin > 0 && above + histogram[bin] < kept) {
      above += histogram[bin];
      bin--;
    }
    return bin + 1 - Math.min(1, (kept - above) / Math.max(1, histogram[bin]));
  }

  /**
   * The random numbers of one group of one layer; each row has its own seed. Only exactly rounded
   * or strict operations take part, so that all machines draw the same weights.
   */
  private final class Draw {
    private final float[] rowFactors;
    private final float[] columnFactors;
    private final long[] rowSeeds;
    private final float[] bias;
    private final boolean hasBias;
    private final float largestColumn;

    Draw(Layer layer, int group) {
      if (group < 0 || group >= network.matrices(layer)) {
        throw new IllegalArgumentException(
            "layer '" + layer.name() + "' has no weight matrix " + group);
      }
      SplittableRandom random = new SplittableRandom(seedOf(layer.name(), group));
      int inputRows = network.inputRows(layer);
      // The logarithms alone would raise the standard deviation to exp(2 sigma^2).
      double he = Math.sqrt(2.0 / inputRows);
      double deviation = he / StrictMath.exp(2 * sigma * sigma);
      rowFactors = intensities(inputRows, deviation, random);
      columnFactors = intensities(network.columns(layer), 1, random);
      largestColumn = largest(columnFactors);
      rowSeeds = new long[inputRows];
      for (int i = 0; i < inputRows; i++) {
        rowSeeds[i] = random.nextLong();
      }
      hasBias = layer.bias();
      bias = new float[network.columns(layer)];
      for (int j = 0; j < bias.length; j++) {
        bias[j] = (float) (he * NormalTable.draw(random));
      }
    }

    private float[] intensities(int count, double unit, SplittableRandom random) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) (unit * StrictMath.exp(sigma * NormalTable.draw(random)));
      }
      return values;
    }

    int inputRows() {
      return rowFactors.length;
    }

    int columns() {
      return columnFactors.length;
    }

    float[] bias() {
      return bias;
    }

    void row(int row, float[] target) {
      NormalTable.fill(new SplittableRandom(rowSeeds[row]), rowFactors[row], columnFactors, target);
    }

    /** No magnitude is larger. */
    float bound() {
      return bound(largest(rowFactors));
    }

    /** No magnitude of a row with that factor is larger; the slack covers rounding. */
    private float bound(float rowFactor) {
      return rowFactor * largestColumn * NormalTable.max() * 1.0001f;
    }

    /**
     * The scale of the matrix, from its largest magnitude or one that gives the same scale: rows
     * that cannot change it are not drawn, which are nearly all once the most intense is known.
     *
     * @param threshold bit pattern of the smallest magnitude that is not pruned
     */
    double scale(int threshold, int weightBits, double biasInput) {
      float[] row = new float[columns()];
      row(mostIntenseRow(), row);
      int max = largestBits(row, 0);
      double scale = IntegerMatrix.scale(Float.intBitsToFloat(max), weightBits);
      for (int i = 0; i < rowFactors.length; i++) {
        if (max == 0
            || max < threshold
            || bound(rowFactors[i]) > scale * IntegerMatrix.largest(weightBits)) {
          row(i, row);
          max = largestBits(row, max);
          scale = IntegerMatrix.scale(Float.intBitsToFloat(max), weightBits);
        }
      }
      if (max >= threshold && max > 0) {
        return scale;
      }
      // Everything is pruned: the bias alone sets the scale, as in the general case.
      double largestBias = 0;
      for (float value : bias) {
        largestBias = Math.max(largestBias, Math.abs(value / biasInput));
      }
      return IntegerMatrix.scale(hasBias ? largestBias : 0, weightBits);
    }

    private int mostIntenseRow() {
      int most = 0;
      for (int i = 1; i < rowFactors.length; i++) {
        most = rowFactors[i] > rowFactors[most] ? i : most;
      }
      return most;
    }

    private float largest(float[] values) {
      float max = 0;
      for (float value : values) {
        max = Math.max(max, value);
      }
      return max;
    }
  }

  /** Neighbouring seeds, names and groups give unrelated streams. */
  private long seedOf(String layer, int group) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((seed + "/" + layer + "/" + group).getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
