package io.github.primesim.network;

import java.nio.ByteBuffer;

/** Types of the numbers in files of networks, and what their bytes stand for. */
public enum ElementType {
  FLOAT64(8),
  FLOAT32(4),
  /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
  FLOAT16(2),
  /** The upper half of a float32. */
  BFLOAT16(2),
  INT64(8),
  INT32(4),
  UINT32(4),
  INT16(2),
  UINT16(2),
  INT8(1),
  UINT8(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /**
   * A number, in the byte order of the buffer; integers beyond 2^53 are rounded.
   *
   * @param at place of its first byte
   */
  public double at(ByteBuffer buffer, int at) {
    return switch (this) {
      case FLOAT64 -> buffer.getDouble(at);
      case FLOAT32 -> buffer.getFloat(at);
      case FLOAT16 -> binary16(buffer.getShort(at));
      case BFLOAT16 -> bfloat16(buffer.getShort(at));
      case INT64 -> buffer.getLong(at);
      case INT32 -> buffer.getInt(at);
      case UINT32 -> Integer.toUnsignedLong(buffer.getInt(at));
      case INT16 -> buffer.getShort(at);
      case UINT16 -> Short.toUnsignedInt(buffer.getShort(at));
      case INT8 -> buffer.get(at);
      case UINT8 -> Byte.toUnsignedInt(buffer.get(at));
    };
  }

  /**
   * Moves the next {@code count} numbers of a buffer, rounded to float.
   *
   * @param to where the first one goes
   */
  void copy(ByteBuffer buffer, float[] target, int to, int count) {
    int from = buffer.position();
    switch (this) {
      case FLOAT32 -> buffer.asFloatBuffer().get(target, to, count);
      case INT8 -> copyInt8(buffer.array(), buffer.arrayOffset() + from, target, to, count);
      default -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = (float) at(buffer, from + i * bytes);
        }
      }
    }
    buffer.position(from + count * bytes);
  }

  private static void copyInt8(byte[] bytes, int from, float[] target, int to, int count) {
    for (int i = 0; i < count; i++) {
      target[to + i] = bytes[from + i];
    }
  }

  /** A {@link #FLOAT16}. */
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

  /** A {@link #BFLOAT16}. */
  public static float bfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
