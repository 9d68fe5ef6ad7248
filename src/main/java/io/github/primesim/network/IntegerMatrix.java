package io.github.primesim.network;

/**
 * Weights in dynamic fixed point: {@code real = integer * scale} with one power of two as the scale
 * of the whole matrix.
 *
 * <p>Magnitudes have {@code weightBits} bits, since PRIME keeps the sign apart, in a second array:
 * 8-bit weights run from -255 to 255. The scale is the smallest power of two at which no weight
 * exceeds that. Rounding is half away from zero; a weight that rounds to zero is a zero.
 *
 * <p>The bias is the last row. Its wordline is driven constantly, at an input that stands for the
 * real value {@code biasInput}, so the cell holds {@code bias / biasInput}; it takes the scale of
 * the weights and saturates.
 *
 * <p>Source: PRIME, III-D (dynamic fixed point), III-A (sign pairs).
 */
public final class IntegerMatrix {
  private final int rows;
  private final int columns;
  private final int weightBits;
  private final double scale;
  private final short[] values;
  private final long nonZeros;

  /**
   * Wraps integer weights.
   *
   * @param values row by row; not copied, the caller gives them away
   */
  public IntegerMatrix(int rows, int columns, int weightBits, double scale, short[] values) {
    this(rows, columns, weightBits, scale, values, nonZeros(values), anyBit(values));
  }

  /**
   * Wraps integer weights of which more is known.
   *
   * @param nonZeros how many of them are not zero
   * @param anyBit the bits that any of their magnitudes has
   */
  IntegerMatrix(
      int rows,
      int columns,
      int weightBits,
      double scale,
      short[] values,
      long nonZeros,
      int anyBit) {
    if (rows < 1 || columns < 1 || (long) rows * columns != values.length) {
      throw new IllegalArgumentException(
          rows + " x " + columns + " weights do not make " + values.length + " values");
    }
    checkBits(weightBits);
    if (!(scale > 0) || Double.isInfinite(scale)) {
      throw new IllegalArgumentException("scale must be positive, was " + scale);
    }
    if (anyBit > largest(weightBits)) {
      throw new IllegalArgumentException("a weight exceeds " + weightBits + " bits and sign");
    }
    this.rows = rows;
    this.columns = columns;
    this.weightBits = weightBits;
    this.scale = scale;
    this.values = values;
    this.nonZeros = nonZeros;
  }

  private static long nonZeros(short[] values) {
    long found = 0;
    for (short value : values) {
      found += value == 0 ? 0 : 1;
    }
    return found;
  }

  private static int anyBit(short[] values) {
    int bits = 0;
    for (short value : values) {
      bits |= Math.abs(value);
    }
    return bits;
  }

  /**
   * Quantises real weights.
   *
   * @param weightBits bits of a magnitude, 1 to 15
   * @param biasInput real value the bias wordline stands for, positive
   * @param hasBias whether the last row is a bias
   */
  public static IntegerMatrix quantize(
      WeightMatrix weights, int weightBits, double biasInput, boolean hasBias) {
    int columns = weights.columns();
    float[] real = weights.values();
    int biasStart = real.length - (hasBias ? columns : 0);
    float max = largest(real, biasStart);
    double largestBias = 0;
    for (int i = biasStart; i < real.length; i++) {
      largestBias = Math.max(largestBias, Math.abs(real[i] / biasInput));
    }
    double scale = scale(max == 0 ? largestBias : max, weightBits);
    short[] values = new short[real.length];
    // A row at a time, so that the virtual machine compiles a small method instead of a long loop.
    for (int start = 0; start < biasStart; start += columns) {
      round(real, start, start + columns, scale, weightBits, values);
    }
    for (int i = biasStart; i < real.length; i++) {
      values[i] = bias(real[i], biasInput, scale, weightBits);
    }
    return new IntegerMatrix(weights.rows(), columns, weightBits, scale, values);
  }

  /**
   * The same weights with each column multiplied by a gain, rounded half away from zero. They
   * saturate; one that is not zero does not become zero.
   *
   * @param percent of each column, positive
   */
  IntegerMatrix scaled(int[] percent) {
    short[] scaled = new short[values.length];
    int largest = largest(weightBits);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int value = values[row * columns + column];
        if (value != 0) {
          int exact = (Math.abs(value) * percent[column] + 50) / 100;
          int magnitude = Math.min(Math.max(exact, 1), largest);
          scaled[row * columns + column] = (short) (value < 0 ? -magnitude : magnitude);
        }
      }
    }
    return new IntegerMatrix(rows, columns, weightBits, scale, scaled);
  }

  private static float largest(float[] real, int end) {
    float max = 0;
    for (int i = 0; i < end; i++) {
      max = Math.max(max, Math.abs(real[i]));
    }
    return max;
  }

  private static void round(
      float[] real, int start, int end, double scale, int weightBits, short[] values) {
    for (int i = start; i < end; i++) {
      values[i] = round(real[i] / scale, weightBits);
    }
  }

  /**
   * The smallest power of two at which {@code max} needs no more than {@code weightBits} bits
   * before rounding; 1 for a {@code max} of zero.
   */
  static double scale(double max, int weightBits) {
    checkBits(weightBits);
    if (!(max >= 0) || Double.isInfinite(max)) {
      throw new IllegalArgumentException("largest weight must be finite, was " + max);
    }
    if (max == 0) {
      return 1;
    }
    int largest = largest(weightBits);
    int exponent = Math.getExponent(max) - weightBits;
    while (Math.scalb((double) largest, exponent) < max) {
      exponent++;
    }
    return Math.scalb(1.0, exponent);
  }

  /** Rounds half away from zero and saturates. */
  static short round(double value, int weightBits) {
    int largest = largest(weightBits);
    int magnitude = (int) Math.min(Math.abs(value) + 0.5, largest);
    return (short) (value < 0 ? -magnitude : magnitude);
  }

  /** The cell of a bias. */
  static short bias(float bias, double biasInput, double scale, int weightBits) {
    if (!(biasInput > 0) || Double.isInfinite(biasInput)) {
      throw new IllegalArgumentException("input of the bias must be positive, was " + biasInput);
    }
    return round(bias / biasInput / scale, weightBits);
  }

  /** The largest magnitude of that many bits. */
  static int largest(int weightBits) {
    return (1 << weightBits) - 1;
  }

  private static void checkBits(int weightBits) {
    if (weightBits < 1 || weightBits > 15) {
      throw new IllegalArgumentException("weight bits must be 1 to 15, was " + weightBits);
    }
  }

  /** Inputs, a bias row included. */
  public int rows() {
    return rows;
  }

  /** Outputs. */
  public int columns() {
    return columns;
  }

  /** Bits of a magnitude; the sign is kept apart. */
  public int weightBits() {
    return weightBits;
  }

  /** The real value of integer 1, a power of two where the matrix was quantised. */
  public double scale() {
    return scale;
  }

  /** The weight from input {@code row} to output {@code column}. */
  public int at(int row, int column) {
    return values[row * columns + column];
  }

  /** Copies a row, {@link #columns} weights, to the start of {@code target}. */
  public void copyRow(int row, short[] target) {
    System.arraycopy(values, row * columns, target, 0, columns);
  }

  /** Weights that are not zero, the bias row included. */
  public long nonZeros() {
    return nonZeros;
  }

  @Override
  public String toString() {
    return rows + " x " + columns + " weights of " + weightBits + " bits, scale " + scale;
  }
}
