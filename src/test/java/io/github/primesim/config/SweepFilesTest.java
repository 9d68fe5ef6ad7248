package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.primesim.experiment.sweep.SweepPlan;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a sweep file describes, and what is refused before anything is simulated. */
class SweepFilesTest {
  private static final String HEAD = "schema: primesim.sweep/1\nname: s\n";

  @TempDir private Path folder;

  private SweepPlan plan(String text) {
    Path file = folder.resolve("s.yaml");
    try {
      Files.writeString(file, HEAD + text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return SweepFiles.read(Path.of(""), file).plan();
  }

  private static List<String> names(SweepPlan plan) {
    return IntStream.range(0, plan.size()).mapToObj(i -> plan.point(i).name()).toList();
  }

  @Test
  void theKeyWrittenLastChangesFastest() {
    SweepPlan plan = plan("grid:\n  batch: [1, 2]\n  crossbar: [32x32, 64x64]\n");
    assertThat(names(plan))
        .containsExactly(
            "batch=1 crossbar=32x32",
            "batch=1 crossbar=64x64",
            "batch=2 crossbar=32x32",
            "batch=2 crossbar=64x64");
    assertThat(plan.varying()).containsExactly("batch", "crossbar");
  }

  @Test
  void sectionsMultiplyTheFirstOneChangingSlowest() {
    SweepPlan plan =
        plan(
            """
            points:
              - {name: prime at 45 nm, crossbar: 256x256}
              - {crossbar: 32x32, timing.saBitNs: 2.50}
            fixed: {mapping: dense}
            zip:
              batch: [1, 2]
              energy.conversionPj[5]: [3, 4.0]
            """);
    assertThat(names(plan))
        .containsExactly(
            "prime at 45 nm batch=1 conversionPj[5]=3",
            "prime at 45 nm batch=2 conversionPj[5]=4",
            "crossbar=32x32 saBitNs=2.5 batch=1 conversionPj[5]=3",
            "crossbar=32x32 saBitNs=2.5 batch=2 conversionPj[5]=4");
    assertThat(plan.point(3).values().toString())
        .isEqualTo(
            "{crossbar=32x32, timing.saBitNs=2.5, mapping=dense, batch=2,"
                + " energy.conversionPj[5]=4}");
    assertThat(plan.varying())
        .containsExactly("crossbar", "timing.saBitNs", "batch", "energy.conversionPj[5]");
  }

  @Test
  void rangesHoldBothEndsInExactDecimals() {
    assertThat(names(plan("grid: {timing.saBitNs: {from: 0.1, to: 0.7, step: 0.1}}")))
        .containsExactly(
            "saBitNs=0.1",
            "saBitNs=0.2",
            "saBitNs=0.3",
            "saBitNs=0.4",
            "saBitNs=0.5",
            "saBitNs=0.6",
            "saBitNs=0.7");
    assertThat(names(plan("grid: {timing.saBitNs: {from: 1, to: 5.9, step: 2}}")))
        .containsExactly("saBitNs=1", "saBitNs=3", "saBitNs=5");
    assertThat(names(plan("grid: {batch: {from: 1, to: 1000, factor: 10}}")))
        .containsExactly("batch=1", "batch=10", "batch=100", "batch=1000");
    assertThat(names(plan("grid: {timing.saBitNs: {from: 1, to: 2, count: 4}}")))
        .containsExactly("saBitNs=1", "saBitNs=1.33333", "saBitNs=1.66667", "saBitNs=2");
    assertThat(names(plan("grid: {timing.saBitNs: {from: 1, to: 100, count: 3, scale: log}}")))
        .containsExactly("saBitNs=1", "saBitNs=10", "saBitNs=100");
  }

  @Test
  void drawsDependOnSeedAndNumberAndTheKeysBefore() {
    String random =
        "random: {count: %d, seed: %d, keys: {timing.saBitNs: {from: 1, to: 3}, batch: [1, 2]%s}}";
    SweepPlan few = plan(random.formatted(40, 7, ""));
    List<String> names = names(few);
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("draw="));
    assertThat(names(plan(random.formatted(60, 7, ""))).subList(0, 40)).isEqualTo(names);
    SweepPlan wider = plan(random.formatted(40, 7, ", crossbar: [32x32, 64x64]"));
    SweepPlan other = plan(random.formatted(40, 8, ""));
    for (int i = 0; i < 40; i++) {
      assertThat(wider.point(i).values()).containsAllEntriesOf(few.point(i).values());
      assertThat(other.point(i).values()).isNotEqualTo(few.point(i).values());
      assertThat(Double.parseDouble(few.point(i).values().get("timing.saBitNs")))
          .isBetween(1.0, 3.0);
    }
    double mean =
        IntStream.range(0, 40)
            .mapToDouble(i -> Double.parseDouble(few.point(i).values().get("timing.saBitNs")))
            .average()
            .orElseThrow();
    // Three deviations of the mean of 40 even draws.
    assertThat(mean).isBetween(2 - 3 * 0.0913, 2 + 3 * 0.0913);
    assertThat(few.point(3).values().get("timing.saBitNs").length()).isLessThanOrEqualTo(7);
  }

  @Test
  void namesAreShortWhereNoOtherKeyEndsTheSame() {
    assertThat(names(plan("fixed: {timing.saBitNs: 1}\ngrid: {leakage.controllerMw: [1, 2]}")))
        .containsExactly("controllerMw=1", "controllerMw=2");
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments("gird: {batch: [1]}", "s.yaml:3: unknown key 'gird', nearest allowed: 'grid'"),
        arguments("grid: {timing.saBitN: [1]}", "'timing.saBitNs'"),
        arguments("grid: {saBitNs: [1]}", "'timing.saBitNs'"),
        arguments("grid: {baths: [1]}", "unknown key 'grid.baths', nearest allowed: 'batch'"),
        arguments("grid: {batch: []}", "s.yaml:3: key 'grid.batch' is an empty list"),
        arguments("grid: {batch: 1}", "belongs into 'fixed'"),
        arguments("grid: {}", "at least one key"),
        arguments("grid: [batch]", "a mapping"),
        arguments("grid: {batch: [1, [2]]}", "grid.batch[1]' allowed: a single value"),
        arguments("grid: {batch: [1, 2, 1]}", "has 1 twice"),
        arguments("grid: {timing.saBitNs: [1, 1.0]}", "has 1 twice"),
        arguments("grid: {batch: [-1]}", "s.yaml:3: --batch '-1'"),
        arguments("grid: {mapping: [dense, fold]}", "s.yaml:3: --mapping 'fold'"),
        arguments("grid:\n  signs:\n    - pairs\n    - both\n", "s.yaml:6: --signs 'both'"),
        arguments("grid: {crossbar: [32]}", "--crossbar '32'"),
        arguments("fixed: {replication: all}", "--replication 'all'"),
        arguments("fixed: {network: lenet6}", "s.yaml:3: network 'lenet6' is unknown"),
        arguments("fixed: {hardware: prime-1nm}", "s.yaml:3: hardware 'prime-1nm'"),
        arguments("fixed: {seed: 1.5}", "--seed '1.5'"),
        arguments("fixed: {energy.conversionPj: 5}", "s.yaml:3: 'energy.conversionPj' is a list"),
        arguments("fixed:\n  energy.conversionPj[99]: 5", "does not exist, allowed: [0] to"),
        arguments("fixed:\n  timing.saBitNs[0]: 5", "is not a list"),
        arguments("fixed: {batch: 1}\ngrid: {batch: [1, 2]}", "in one section only"),
        arguments(
            "fixed: {organization.crossbarRows: 32}\ngrid: {crossbar: [32x32]}", "one of the two"),
        arguments("zip: {batch: [1, 2], seed: [1, 2, 3]}", "has 3 values, 'batch' has 2"),
        arguments("zip: {batch: [1, 1], seed: [1, 1]}", "twice"),
        arguments("points: []", "at least one"),
        arguments("points: [{}]", "says nothing"),
        arguments(
            "points: [{name: a}, {name: b}, {name: a}]",
            "key 'points[2].name' is \"a\", which is that of another point"),
        arguments("points: [{batch: 1}, {batch: 1}]", "that of another point"),
        arguments("points: [{name: a=b}]", "without '='"),
        arguments("points: [{name: a, batch: [1]}]", "a single value"),
        arguments("random: {count: 3, keys: {batch: [1]}}", "has no 'seed'"),
        arguments("random: {count: 0, seed: 1, keys: {batch: [1]}}", "from 1 to 1000000"),
        arguments("random: {count: 1, seed: a, keys: {batch: [1]}}", "64 bits"),
        arguments("random: {count: 1, seed: 1, keys: {}}", "at least one key"),
        arguments("grid: {batch: {from: 1, to: 5}}", "none of step, factor and count"),
        arguments("grid: {batch: {from: 1, step: 5}}", "has no 'to'"),
        arguments("grid: {batch: {from: 5, to: 1, step: 1}}", "allowed: from 5 up"),
        arguments("grid: {batch: {from: 1, to: 5, step: 0}}", "more than 0"),
        arguments("grid: {batch: {from: 1, to: 5, step: 1, count: 2}}", "one of them"),
        arguments("grid: {batch: {from: 1, to: 5, factor: 1}}", "more than 1"),
        arguments("grid: {batch: {from: 0, to: 5, factor: 2}}", "more than 0"),
        arguments("grid: {batch: {from: 1, to: 5, count: 1}}", "2 or more"),
        arguments("grid: {batch: {from: 1, to: 5, steps: 1}}", "nearest allowed: 'step'"),
        arguments("grid: {batch: {from: 1, to: 5, step: 1, scale: log}}", "beside count"),
        arguments("grid: {batch: {from: 1, to: 5, count: 2, scale: root}}", "linear, log"),
        arguments("grid: {batch: {from: 0, to: 5, count: 3, scale: log}}", "more than 0"),
        arguments("grid: {batch: {from: a, to: 5, step: 1}}", "a number"),
        arguments(
            "grid: {timing.saBitNs: {from: 0, to: 1000000000, step: 1}}", "1000000001 values"),
        arguments("grid: {timing.saBitNs: {from: 1, to: 2, factor: 1.00000001}}", "values"),
        arguments(
            """
            grid:
              batch: {from: 1, to: 1000, step: 1}
              seed: {from: 1, to: 1000, step: 1}
              timing.saBitNs: {from: 1, to: 1000, step: 1}
            """,
            "s.yaml: describes 1000000000 points, allowed: at most 1000000"),
        arguments("grid: {wireResistance: [0, 1]}", "with 'accuracyImages' in every point"),
        arguments(
            "points: [{accuracyImages: 10}, {batch: 1}]", "with 'accuracyImages' in every point"),
        arguments("fixed: {accuracyImages: 0}", "s.yaml:3: accuracyImages '0': allowed: a whole"),
        arguments("fixed: {accuracyImages: 9, cellSpread: 2}", "cellSpread '2': allowed: a number"),
        arguments("fixed: {accuracyImages: 9, wireResistance: much}", "wireResistance 'much'"),
        arguments("fixed: {accuracyImages: 9, chips: 3, wireResistance: 1}", "chips do not differ"),
        arguments("iso: {equal: [cells]}", "describes no point"),
        arguments("fixed: {batch: 1}\niso: {equal: [cell]}", "nearest allowed: 'cells'"),
        arguments("fixed: {batch: 1}\niso: {equal: []}", "at least one key"),
        arguments("fixed: {batch: 1}\niso: {per: [cells]}", "unknown key 'cells'"),
        arguments("fixed: {batch: 1}\niso: {within: {latencyNs: 1}}", "unknown key 'latencyNs'"),
        arguments("fixed: {batch: 1}\niso: {within: {areaUm2: -1}}", "a share"),
        arguments("fixed: {batch: 1}\nschema: primesim.sweep/1", "given twice"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void isRefused(String text, String why) {
    assertThatThrownBy(() -> plan(text))
        .isInstanceOf(InputProblem.class)
        .hasMessageContaining("s.yaml:")
        .hasMessageContaining(why)
        .message()
        .hasLineCount(1);
  }
}
