package io.github.primesim.network;

/** Real numbers of 16 bits, as networks are stored. */
public final class HalfPrecision {
  private HalfPrecision() {}

  /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
  public static float binary16(short bits) {
    int exponent = (bits >> 10) & 0x1F;
    int fraction = bits & 0x3FF;
    float magnitude;
    if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else if (exponent == 0x1F) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else {
      magnitude = Math.scalb(0x400 + fraction, exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  /** bfloat16: the upper half of a float32. */
  public static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
