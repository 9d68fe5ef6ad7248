package io.github.primesim.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.metrics.Action;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written, and that what is read back is what was written. */
class TraceFormatTest {
  private static final TraceHeader HEADER =
      new TraceHeader(
          "lenet5",
          "trained",
          "ab12",
          "prime-45nm",
          TraceHeader.ANY_DIGEST,
          List.of("timing.saBitNs=5"),
          "block-compact",
          256,
          128,
          "pairs",
          "layer",
          -7,
          64,
          8,
          2,
          0,
          0.1,
          1e-5,
          1.0,
          12,
          7);
  private static final LayerFacts FACTS =
      new LayerFacts("convolution", 26, 20, 576, 500, 4, 3, 2, 9, 8, 288_000);

  @Test
  void aTraceReadsAsPrimesCommands() {
    Program convolution =
        new Program(
            0,
            List.of(
                new Command.Fetch(4704),
                new Loop(
                    64,
                    List.of(
                        new Together(List.of(new Command.Load(0, 1350), new Command.Load(1, 1350))),
                        new Command.Compute(
                            0, 0, 16, 20, 1, List.of(List.of(6, 3), List.of(2), List.of())))),
                new Command.Sum(1, 3, 1, 2, 5)),
            Map.of(Action.CONVERT_6, 11_520L, Action.WORDLINE_DRIVES, 3L));
    Program send =
        new Program(
            1,
            List.of(
                new Command.Gather(0, 1),
                new Command.Reorder(0, 2, 3),
                new Command.Merge(0, 4, 5),
                new Command.Activate(0, 6),
                new Command.Pool(7),
                new Command.Elementwise(8),
                new Command.Store(0, 9),
                new Command.Send(0, 10),
                new Command.Commit(11)),
            Map.of());
    Trace trace =
        new Trace(
            HEADER,
            List.of(
                new Stage("conv 1", List.of(), FACTS, List.of(convolution)),
                new Stage("fc", List.of(0), FACTS, List.of(send))));

    assertThat(TraceWriter.text(trace))
        .isEqualTo(
            """
            primesim-trace 1
            network lenet5 ab12
            weights trained
            hardware prime-45nm *
            override timing.saBitNs=5
            mapping block-compact
            crossbar 256 128
            signs pairs
            replication layer
            seed -7
            instances 64
            banks 8
            copies 2
            batch 0
            utilization cells 0.1 ff-before 1.0E-5 ff-after 1.0
            index-memory bits 12
            activity images 7

            stage 0 "conv 1" {
              facts kind convolution rows 26 columns 20 positions 576 non-zeros 500 dense-crossbars 4 mapped-crossbars 3 lower-bound 2 replicas 9 metadata-bits 8 macs 288000
              program bank 0 {
                fetch bits 4704
                repeat 64 {
                  together {
                    load ff 0 bits 1350
                    load ff 1 bits 1350
                  }
                  comp ff 0 mats 0-15 depth 20 passes 1 slices 6+3/2/-
                }
                sum ff 1 mats 3 depth 2 additions 5
                tally wordline-drives 3
                tally convert-6 11520
              }
            }

            stage 1 fc {
              after 0
              facts kind convolution rows 26 columns 20 positions 576 non-zeros 500 dense-crossbars 4 mapped-crossbars 3 lower-bound 2 replicas 9 metadata-bits 8 macs 288000
              program bank 1 {
                gather ff 0 inputs 1
                reorder ff 0 results 2 index-bits 3
                merge ff 0 depth 4 additions 5
                activate ff 0 values 6
                pool values 7
                elementwise values 8
                store ff 0 bits 9
                send to 0 bits 10
                commit bits 11
              }
            }
            end
            """);
    assertThat(read(TraceWriter.text(trace))).isEqualTo(trace);
  }

  @Test
  void consecutiveProgramsThatDifferInTheBankAloneShareABlock() {
    List<Program> programs = new ArrayList<>();
    for (int bank : new int[] {0, 1, 4, 5, 6, 2, 2}) {
      programs.add(new Program(bank, List.of(new Command.Fetch(8)), Map.of(Action.POOLINGS, 1L)));
    }
    programs.add(new Program(3, List.of(new Command.Fetch(8)), Map.of()));
    programs.add(new Program(3, List.of(new Command.Fetch(9)), Map.of()));
    Trace trace = new Trace(HEADER, List.of(new Stage("conv", List.of(), FACTS, programs)));

    String text = TraceWriter.text(trace);

    assertThat(text.lines().filter(line -> line.contains("program")))
        .containsExactly(
            "  program banks 0-1,4-6,2,2 {", "  program bank 3 {", "  program bank 3 {");
    Trace read = read(text);
    assertThat(read).isEqualTo(trace);
    List<Program> shared = read.stages().get(0).programs();
    assertThat(shared.get(6).steps()).isSameAs(shared.get(0).steps());
  }

  @Test
  void whatIsReadEqualsWhatWasWritten() throws IOException {
    for (long seed = 0; seed < 500; seed++) {
      Trace trace = new RandomTraces(seed).trace();
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      TraceWriter.write(trace, bytes);

      Trace read = TraceReader.read(new ByteArrayInputStream(bytes.toByteArray()), "random");

      assertThat(read).as("seed %d", seed).isEqualTo(trace);
      assertThat(TraceWriter.text(read))
          .as("seed %d", seed)
          .isEqualTo(bytes.toString(StandardCharsets.UTF_8));
    }
  }

  @Test
  void commentsBlanksOrderAndWindowsLineEndsDoNotMatter() {
    String text =
        """
        # a trace written by hand

        primesim-trace 1   # the version
        hardware "prime-45nm" *
        network lenet5 ab12
        weights trained
        override "timing.saBitNs=5"
        mapping block-compact
        crossbar 256 128
        signs pairs
        replication layer
        seed -7
        batch 0
        copies 2
        instances 64
        utilization cells 0.1 ff-before 0.00001 ff-after 1
        index-memory bits 12
        activity images 7
        banks 8
        stage 0 conv{
        \tprogram banks 3 {
        tally poolings 1
        load bits 8 ff 1# both orders
        }
          facts rows 26 kind convolution columns 20 positions 576 non-zeros 500 \
        mapped-crossbars 3 dense-crossbars 4 lower-bound 2 replicas 9 macs 288000 metadata-bits 8
        }
        end\
        """;
    Program program = new Program(3, List.of(new Command.Load(1, 8)), Map.of(Action.POOLINGS, 1L));
    Trace trace = new Trace(HEADER, List.of(new Stage("conv", List.of(), FACTS, List.of(program))));

    assertThat(read(text)).isEqualTo(trace);
    assertThat(read(text.replace("\n", "\r\n"))).isEqualTo(trace);
  }

  @Test
  void linesMayCrossTheReadersBuffer() throws IOException {
    String comment = "#" + "x".repeat(700_000) + "\n";
    Trace trace = new RandomTraces(1).trace();
    String text = TraceWriter.text(trace).replaceAll("(?m)^ *stage", comment + "$0");

    assertThat(read(text)).isEqualTo(trace);
  }

  static Trace read(String text) {
    try {
      return TraceReader.read(
          new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "x.trace");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
