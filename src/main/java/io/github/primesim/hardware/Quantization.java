package io.github.primesim.hardware;

/**
 * Number formats. Source: PRIME, III-D (input and synapse composing).
 *
 * @param inputBits bits of an input value
 * @param inputSliceBits bits a wordline driver applies at a time
 * @param weightBits bits of a weight's magnitude
 * @param cellBits bits a cell stores when computing
 * @param outputBits bits of an output value
 * @param senseAmplifierBits most bits a sense amplifier converts
 * @param senseAmplifierPolicy how many bits each composed part gets
 */
public record Quantization(
    Quantity inputBits,
    Quantity inputSliceBits,
    Quantity weightBits,
    Quantity cellBits,
    Quantity outputBits,
    Quantity senseAmplifierBits,
    SenseAmplifierPolicy senseAmplifierPolicy) {

  /** Slices an input is fed in, most significant first. */
  public int inputSlices() {
    return ceilDiv(inputBits.count(), inputSliceBits.count());
  }

  /** Cells, and so adjacent bitlines, that hold one weight. */
  public int bitlinesPerWeight() {
    return ceilDiv(weightBits.count(), cellBits.count());
  }

  private static int ceilDiv(int a, int b) {
    return (a + b - 1) / b;
  }
}
