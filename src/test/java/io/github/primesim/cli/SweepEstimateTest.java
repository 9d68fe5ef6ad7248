package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Which points an estimate takes, and how it words what it found. */
class SweepEstimateTest {
  @Test
  void pilotsAreSpreadOverThePointsThatAreMissing() {
    BitSet missing = new BitSet();
    missing.set(1000, 2000);
    int[] pilots = new SweepEstimate(1000).pilots(missing).toArray();
    assertThat(pilots).hasSize(64).startsWith(1000, 1015, 1031).endsWith(1984);

    missing.clear();
    missing.set(3);
    missing.set(7);
    assertThat(new SweepEstimate(2).pilots(missing).toArray()).containsExactly(3, 7);
  }

  @Test
  void aTimeHasTheUnitThatFits() {
    assertThat(SweepEstimate.duration(0.2)).isEqualTo("1 s");
    assertThat(SweepEstimate.duration(119.4)).isEqualTo("119 s");
    assertThat(SweepEstimate.duration(120)).isEqualTo("2 min");
    assertThat(SweepEstimate.duration(12_000)).isEqualTo("3 h 20 min");
  }

  @Test
  void whatIsLeftIsSaid() {
    SweepEstimate estimate = new SweepEstimate(12_000);
    estimate.done();
    estimate.done();
    assertThat(estimate.text()).startsWith("12,000 points, of which 11,998 are left: about ");
  }
}
