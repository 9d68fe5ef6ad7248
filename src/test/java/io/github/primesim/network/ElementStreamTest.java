package io.github.primesim.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers read in pieces, against the numbers of the same bytes one by one. */
class ElementStreamTest {
  private static final int COUNT = 70_000;

  @ParameterizedTest
  @EnumSource
  void piecesHoldTheNumbersOfTheBytes(ElementType type) throws IOException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      SplittableRandom random = new SplittableRandom(5);
      byte[] bytes = new byte[COUNT * type.bytes()];
      random.nextBytes(bytes);
      ByteBuffer expected = ByteBuffer.wrap(bytes).order(order);
      ElementStream stream =
          new ElementStream("array", new ByteArrayInputStream(bytes), type, order);
      float[] piece = new float[30_000];
      for (int done = 0; done < COUNT; ) {
        int count = Math.min(COUNT - done, random.nextInt(piece.length));
        stream.next(piece, count);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
          numbers[i] = (float) type.at(expected, (done + i) * type.bytes());
        }
        assertThat(Arrays.mismatch(piece, 0, count, numbers, 0, count))
            .as("seed 5, %s, %s, first of %d numbers from %d on", type, order, count, done)
            .isEqualTo(-1);
        done += count;
        if (done < COUNT) {
          assertThat(stream.next())
              .as("seed 5, %s, %s, number %d", type, order, done)
              .isEqualTo(Double.valueOf(type.at(expected, done * type.bytes())));
          done++;
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anArrayThatEndsTooEarlyIsNamed(ElementType type) {
    ElementStream stream =
        new ElementStream(
            "fc.weight",
            new ByteArrayInputStream(new byte[10 * type.bytes() - 1]),
            type,
            ByteOrder.LITTLE_ENDIAN);
    // Of numbers of one byte nine are left, of the others nine and a part of the tenth.
    assertThatThrownBy(() -> stream.next(new float[10], 10))
        .isInstanceOf(EOFException.class)
        .hasMessage("array 'fc.weight' ends too early");
  }
}
