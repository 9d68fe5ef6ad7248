package io.github.primesim.network;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers of one type behind one another in a stream, read in pieces. */
public final class ElementStream {
  /** A whole number of elements, being a multiple of every size. */
  private static final int CHUNK_BYTES = 1 << 16;

  private final String name;
  private final InputStream in;
  private final ElementType type;
  private final ByteBuffer chunk;

  /**
   * @param name what the numbers are called where they end too early
   * @param in stands at the first number
   */
  public ElementStream(String name, InputStream in, ElementType type, ByteOrder order) {
    this.name = name;
    this.in = in;
    this.type = type;
    this.chunk = ByteBuffer.allocate(CHUNK_BYTES).order(order).limit(0);
  }

  /**
   * The next number.
   *
   * @throws EOFException if the stream ends before it
   */
  public double next() throws IOException {
    if (chunk.remaining() == 0) {
      refill();
    }
    int at = chunk.position();
    chunk.position(at + type.bytes());
    return type.at(chunk, at);
  }

  /** Reads the next {@code count} numbers to the start of {@code target}. */
  public void next(float[] target, int count) throws IOException {
    for (int done = 0; done < count; ) {
      if (chunk.remaining() == 0) {
        refill();
      }
      int piece = Math.min(count - done, chunk.remaining() / type.bytes());
      type.copy(chunk, target, done, piece);
      done += piece;
    }
  }

  private void refill() throws IOException {
    chunk.clear();
    int read = in.readNBytes(chunk.array(), 0, CHUNK_BYTES);
    chunk.limit(read / type.bytes() * type.bytes());
    if (chunk.limit() == 0) {
      throw new EOFException("array '" + name + "' ends too early");
    }
  }
}
