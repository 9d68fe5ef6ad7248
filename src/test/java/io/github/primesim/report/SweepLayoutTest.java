package io.github.primesim.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Which keys of a sweep are curves, and which are panels. */
class SweepLayoutTest {
  private final List<List<String>> rows = new ArrayList<>();

  private SweepFolder sweep() {
    return new SweepFolder(
        JsonMapper.shared().readTree("{\"keys\":[\"a\",\"b\",\"c\"]}"),
        List.of("index", "status", "a", "b", "c"),
        rows,
        false);
  }

  private void point(String a, String b, String c) {
    rows.add(List.of(Integer.toString(rows.size()), "done", a, b, c));
  }

  private void grid(int as, int bs, int cs) {
    for (int a = 0; a < as; a++) {
      for (int b = 0; b < bs; b++) {
        for (int c = 0; c < cs; c++) {
          point("a" + a, Integer.toString(b), Integer.toString(c));
        }
      }
    }
  }

  @Test
  void fewCombinationsAreCurves() {
    grid(2, 4, 30);
    SweepLayout layout = SweepLayout.over("c", sweep());
    assertThat(layout.scattered()).isFalse();
    assertThat(layout.curves()).containsExactly("a", "b");
    assertThat(layout.panels()).isEmpty();
    assertThat(layout.shows(sweep(), 239)).isTrue();
  }

  @Test
  void theKeyWithTheFewestValuesIsCurvesAndTheOtherPanels() {
    grid(3, 4, 30);
    SweepLayout layout = SweepLayout.over("c", sweep());
    assertThat(layout.curves()).containsExactly("a");
    assertThat(layout.panels()).containsExactly("b");
    assertThat(layout.shown().get("b")).containsExactly("0", "1", "2", "3");
  }

  @Test
  void ofManyValuesSomeAreShownFromTheFirstToTheLast() {
    grid(3, 4, 30);
    SweepLayout layout = SweepLayout.over("a", sweep());
    assertThat(layout.curves()).containsExactly("b");
    assertThat(layout.panels()).containsExactly("c");
    assertThat(layout.shown().get("c"))
        .hasSize(6)
        .doesNotHaveDuplicates()
        .startsWith("0")
        .endsWith("29");
    assertThat(layout.shows(sweep(), 0)).isTrue();
    assertThat(layout.shows(sweep(), 1)).isFalse();
  }

  @Test
  void manyCurvesOfOneKeyAreThinned() {
    grid(1, 5, 30);
    SweepLayout layout = SweepLayout.over("b", sweep());
    assertThat(layout.curves()).containsExactly("c");
    assertThat(layout.shown().get("c")).hasSize(8).startsWith("0").endsWith("29");
  }

  @Test
  void drawsHaveNoCurves() {
    for (int i = 0; i < 20; i++) {
      point("a" + i % 2, "0." + (i + 1), "1." + (i + 1));
    }
    assertThat(SweepLayout.over("b", sweep()).scattered()).isTrue();
    assertThat(SweepLayout.over("a", sweep()).scattered()).isTrue();
  }
}
