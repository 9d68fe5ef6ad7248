package io.github.primesim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.metrics.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page on the format names everything there is, and its example is what it says it is. */
class TraceFormatPageTest {
  private final String page;

  TraceFormatPageTest() throws IOException {
    page = Files.readString(Path.of("docs/trace-format.md"));
  }

  @Test
  void theExampleIsTheTraceItSaysItIsAndWrittenAsItWouldBe() {
    int from = page.indexOf("```\nprimesim-trace 1\n") + 4;
    String example = page.substring(from, page.indexOf("```", from));

    Trace trace = TraceFormatTest.read(example);

    assertThat(trace).isEqualTo(TraceReader.read(Path.of("traces/hidden-loads.trace")));
    assertThat(TraceWriter.text(trace)).isEqualTo(example);
  }

  @Test
  void everyCommandIsDescribedWithItsOperandsInOrder() {
    for (Verb verb : Verb.values()) {
      StringBuilder row = new StringBuilder("\\| `").append(verb.key());
      for (Operand operand : verb.operands()) {
        row.append(" ").append(operand.key()).append(" [A-Z](-[A-Z])?");
      }
      assertThat(page).containsPattern(row.append("` \\|").toString());
    }
  }

  @Test
  void everyActionIsNamed() {
    for (Action action : Action.values()) {
      if (action.key().matches("convert-([2-9]|1[0-5])")) {
        assertThat(page).contains("`convert-1` to `convert-16`");
      } else {
        assertThat(page).contains("`" + action.key() + "`");
      }
    }
  }

  @Test
  void theLimitsAreThoseOfTheReader() {
    assertThat(Bounds.MOST).isEqualTo(1L << 53);
    assertThat(page)
        .contains("0 to " + String.format(Locale.ROOT, "%,d", Bounds.MOST_INDEX))
        .contains("| " + Bounds.MOST_NESTING + " |")
        .contains(String.format(Locale.ROOT, "%,d, 2^25", Bounds.MOST_PROGRAMS));
    assertThat(Bounds.MOST_STEPS).isEqualTo(1 << 25);
    assertThat(Bounds.MOST_ROUNDS).isEqualTo(1 << 20);
  }
}
