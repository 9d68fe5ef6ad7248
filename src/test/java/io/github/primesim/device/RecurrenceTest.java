package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Trace;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two states of a pipeline are told apart by each word that decides what follows. */
class RecurrenceTest {
  private static final long THEN = 1_000;
  private static final long PERIOD = 50;
  private static final long ITERATIONS = 100;
  private static final long STEPS = 3;

  private ProgramLayout layout;
  private long[] kept;
  private long[] state;
  private Recurrence recurrence;

  /** A pipeline amid its iterations, at rest at two moments that are a period apart. */
  @BeforeEach
  void twoMoments() {
    TestMemory memory = new TestMemory();
    Loop loop =
        new Loop(
            1L << 20,
            List.of(
                new Load(0, 7),
                new Compute(0, 0, 1, 4, 1, List.of(List.of(3, 1))),
                new Merge(0, 6, 6),
                new Store(0, 5)));
    Trace trace = TestMemory.trace(1, 8, 1, 1, List.of(stage(List.of(), program(0, loop))));
    ProgramTable table =
        ProgramTable.everything(trace, memory.spec(), new Timings(memory.spec()), 1);
    layout = new ProgramLayout(table, table.entries(), 1, 0, true);
    state = layout.idleState();
    recurrence = new Recurrence(layout, state);
    kept = new long[recurrence.words()];
    pipelineAt(THEN, ITERATIONS);
    recurrence.keep(kept, THEN);
    pipelineAt(THEN + PERIOD, ITERATIONS + STEPS);
  }

  private void pipelineAt(long time, long iterations) {
    state[layout.program(0) + ProgramLayout.NEXT_OPERATION] = 1;
    state[layout.program(0) + ProgramLayout.PIPELINES] = 1;
    for (int station = 0; station < layout.stations; station++) {
      int words = layout.stationState[station];
      state[words + ProgramLayout.TAKEN] = iterations;
      state[words + ProgramLayout.FINISHED] = iterations;
      state[words + ProgramLayout.TOOK_AT] = time - 20;
      state[words + ProgramLayout.FINISHED_AT] = time - 10;
      for (int back = 1; back <= layout.stationMask[station] + 1; back++) {
        state[ends(station, iterations - back)] = time - 10 - 7L * (back - 1);
      }
    }
  }

  private int ends(int station, long iteration) {
    return layout.stationState[station]
        + ProgramLayout.ENDS
        + ((int) iteration & layout.stationMask[station]);
  }

  private boolean found() {
    return recurrence.found(kept, THEN + PERIOD, 0);
  }

  @Test
  void whatHasMovedWithTheClockRecurs() {
    assertThat(found()).isTrue();
    assertThat(recurrence.leap(kept)).isEqualTo(PERIOD * (((1L << 20) - 1 - 103) / STEPS));
  }

  @Test
  void anEndThatIsKeptTellsStatesApart() {
    for (int station = 0; station < layout.stations; station++) {
      for (long back = 1; back <= layout.stationMask[station] + 1; back++) {
        int word = ends(station, ITERATIONS + STEPS - back);
        state[word]--;
        assertThat(found()).as("station %d, end %d before the last", station, back).isFalse();
        state[word]++;
      }
    }
    assertThat(layout.stationMask).as("several ends are kept").contains(3);
    assertThat(found()).isTrue();
  }

  @Test
  void soDoesEachOtherWordOfAStation() {
    int[] words = {
      ProgramLayout.TAKEN,
      ProgramLayout.FINISHED,
      ProgramLayout.TOOK_AT,
      ProgramLayout.FINISHED_AT,
      ProgramLayout.UNDER_WAY
    };
    for (int station = 0; station < layout.stations; station++) {
      for (int word : words) {
        state[layout.stationState[station] + word]++;
        assertThat(found()).as("station %d, word %d", station, word).isFalse();
        state[layout.stationState[station] + word]--;
      }
    }
    assertThat(found()).isTrue();
  }

  @Test
  void soDoesAUnitThatIsTaken() {
    int unit = layout.unitState;
    state[unit] = THEN + PERIOD + 5;
    assertThat(found()).isFalse();
    kept[unit] = THEN + 5;
    assertThat(found()).isTrue();
    kept[unit] = THEN + 4;
    assertThat(found()).isFalse();
  }
}
