package io.github.primesim.device;

import static io.github.primesim.device.TestMemory.program;
import static io.github.primesim.device.TestMemory.stage;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a simulation while it runs. */
class ImageProgressTest {
  private final TestMemory memory = new TestMemory();
  private final List<String> told = new ArrayList<>();

  private void run(boolean folded, int instances, int copies, int batch) {
    List<Stage> stages =
        List.of(
            stage(List.of(), program(0, new Load(0, 5))),
            stage(List.of(0), program(0, new Load(0, 9))));
    Trace trace = TestMemory.trace(instances, 1, copies, batch, stages);
    Simulation.run(
        trace,
        memory.spec(),
        folded,
        (layer, image, images) -> told.add(layer + " " + image + "/" + images));
  }

  @Test
  void eachImageOfABatchIsToldAfterTheOneThatGivesTheLatency() {
    run(false, 1, 1, 3);

    assertThat(told.subList(0, 2)).containsExactly("layer 1/1", "layer 1/1");
    assertThat(told.subList(2, told.size()))
        .containsExactlyInAnyOrder(
            "layer 1/3", "layer 1/3", "layer 2/3", "layer 2/3", "layer 3/3", "layer 3/3");
    assertThat(told.get(told.size() - 1)).isEqualTo("layer 3/3");
  }

  @Test
  void instancesAndCopiesAreToldTogether() {
    run(false, 2, 3, 10);

    assertThat(told.subList(2, told.size()))
        .containsExactlyInAnyOrder("layer 6/10", "layer 6/10", "layer 10/10", "layer 10/10");
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1_000_000})
  void imagesThatAreLeftOutAreCounted(int batch) {
    run(true, 1, 1, batch);

    assertThat(told.size()).isLessThan(100);
    assertThat(told.get(told.size() - 1)).isEqualTo("layer " + batch + "/" + batch);
  }

  @Test
  void nobodyKnowsWhenAStreamIsSteady() {
    run(true, 1, 1, 0);

    assertThat(told.subList(2, 4)).containsExactly("layer 1/0", "layer 1/0");
  }
}
