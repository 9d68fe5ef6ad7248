package io.github.primesim.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.units.InputProblem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepRunnerTest {
  private static final SweepPlan TWO_POINTS =
      new SweepPlan(
          "two",
          "",
          List.of(new Grid(new LinkedHashMap<>(Map.of("batch", List.of("1", "2"))))),
          Iso.NONE);

  @Test
  void aFailureIsToldWhenNobodyIsAtWorkAnyMore() {
    CountDownLatch secondIsAtWork = new CountDownLatch(1);
    AtomicBoolean secondIsDone = new AtomicBoolean();
    PointSimulation simulation =
        new PointSimulation(
            point -> {
              throw new InputProblem("no design");
            });

    assertThatThrownBy(
            () ->
                new SweepRunner(TWO_POINTS, simulation, 2)
                    .run(
                        IntStream.range(0, 2),
                        result -> {
                          if (result.point().index() == 0) {
                            await(secondIsAtWork);
                            throw new InputProblem("the disk is full");
                          }
                          secondIsAtWork.countDown();
                          // The first has its time to fail and to be heard of.
                          pause();
                          secondIsDone.set(true);
                          return result;
                        },
                        result -> {}))
        .isInstanceOf(InputProblem.class)
        .hasMessage("the disk is full");
    assertThat(secondIsDone).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(200);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
