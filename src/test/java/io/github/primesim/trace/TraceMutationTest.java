package io.github.primesim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.primesim.units.InputProblem;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Damaged files are refused in one line or read as a valid trace; nothing else happens. */
class TraceMutationTest {
  private static final int MUTATIONS = 10_000;
  private static final String[] INSERTIONS = {
    "{",
    "}",
    "\n",
    "\"",
    "#",
    "-",
    "0",
    "99999999999999999999",
    "repeat 9 {\n",
    "tally ",
    "ff ",
    "9007199254740992",
    "banks 0-7 {\n",
    "\0",
    "end\n",
    "stage ",
    "\\",
    ",",
    "/",
    "+",
    "\uFFFD"
  };

  @Test
  void aDamagedTraceIsValidOrAnInputProblem() {
    List<byte[]> valid = new ArrayList<>();
    for (long seed = 0; seed < 100; seed++) {
      String text = TraceWriter.text(new RandomTraces(seed).trace());
      valid.add(text.getBytes(StandardCharsets.UTF_8));
    }
    int refused = 0;
    for (long seed = 0; seed < MUTATIONS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = valid.get(random.nextInt(valid.size()));
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        bytes = mutated(bytes, random);
      }
      try {
        Trace trace = TraceReader.read(new ByteArrayInputStream(bytes), "x.trace");
        assertThat(TraceFormatTest.read(TraceWriter.text(trace)))
            .as("seed %d", seed)
            .isEqualTo(trace);
      } catch (InputProblem e) {
        refused++;
        assertThat(e.getMessage())
            .as("seed %d", seed)
            .matches("x\\.trace:[1-9][0-9]*: .+")
            .hasSizeLessThan(1000);
      } catch (Exception e) {
        fail("seed " + seed, e);
      }
    }
    assertThat(refused).isBetween(MUTATIONS / 2, MUTATIONS - MUTATIONS / 100);
  }

  private static byte[] mutated(byte[] bytes, SplittableRandom random) {
    if (bytes.length < 2) {
      return bytes;
    }
    int at = random.nextInt(bytes.length);
    int length = 1 + random.nextInt(Math.min(40, bytes.length));
    int end = Math.min(bytes.length, at + length);
    byte[] cut = Arrays.copyOfRange(bytes, at, end);
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(bytes, at);
      case 1 -> replaced(bytes, at, end, new byte[0]);
      case 2 -> replaced(bytes, random.nextInt(bytes.length), -1, cut);
      case 3 -> {
        byte[] changed = bytes.clone();
        changed[at] = (byte) random.nextInt(256);
        yield changed;
      }
      case 4 -> replaced(bytes, at, -1, insertion(random));
      default -> {
        byte[] changed = bytes.clone();
        if (changed[at] >= '0' && changed[at] <= '9') {
          changed[at] = (byte) ('0' + random.nextInt(10));
        }
        yield changed;
      }
    };
  }

  private static byte[] insertion(SplittableRandom random) {
    return INSERTIONS[random.nextInt(INSERTIONS.length)].getBytes(StandardCharsets.UTF_8);
  }

  /** Puts {@code with} in the place of the bytes {@code from} to {@code to}, -1 to insert. */
  private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
    int after = to < 0 ? from : to;
    byte[] result = new byte[from + with.length + bytes.length - after];
    System.arraycopy(bytes, 0, result, 0, from);
    System.arraycopy(with, 0, result, from, with.length);
    System.arraycopy(bytes, after, result, from + with.length, bytes.length - after);
    return result;
  }
}
