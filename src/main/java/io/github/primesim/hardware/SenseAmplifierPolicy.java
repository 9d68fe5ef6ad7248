package io.github.primesim.hardware;

/** How many bits the sense amplifiers convert of each composed part of a product. */
public enum SenseAmplifierPolicy {
  /**
   * The top {@code outputBits} of the composed result: a part that lies k bits below the highest
   * one is converted k bits shorter; 6, 3, 2 and 0 bits at PRIME's formats. Source: PRIME, III-D.
   */
  COMPOSED,
  /** As composed, less one bit for each halving of the rows against an undivided array. */
  ISO_LSB,
  /** As many bits as the largest possible sum of a part needs. */
  LOSSLESS
}
