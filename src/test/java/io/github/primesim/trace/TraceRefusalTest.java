package io.github.primesim.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.primesim.units.InputProblem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of unusable trace is refused by line, value, and what is allowed. */
class TraceRefusalTest {
  private static final String FACTS =
      "kind convolution rows 9 columns 4 positions 16 non-zeros 36 dense-crossbars 2"
          + " mapped-crossbars 2 lower-bound 2 replicas 1 metadata-bits 0 macs 576";
  private static final String VALID =
      """
      primesim-trace 1
      network tiny 0
      weights synthetic
      hardware prime-45nm *
      mapping dense
      crossbar 256 256
      signs pairs
      replication none
      seed 1
      instances 1
      banks 2
      copies 1
      batch 0
      utilization cells 0.5 ff-before 0.1 ff-after 0.1
      index-memory bits 0
      stage 0 conv {
        facts FACTS
        program bank 0 {
          fetch bits 96
          repeat 16 {
            load ff 0 bits 54
            comp ff 0 mats 0-1 depth 4 passes 1 slices 6+3/2
          }
          tally convert-6 64
        }
      }
      stage 1 fc {
        after 0
        facts FACTS
        program banks 0-1 {
          together {
            store ff 0 bits 24
            store ff 1 bits 24
          }
        }
      }
      end
      """
          .replace("FACTS", FACTS);

  static Stream<Arguments> damage() {
    return Stream.of(
        // the file as a whole
        replaced(
            "primesim-trace 1", "PK\u0003\u0004", 1, "not a trace, expected 'primesim-trace 1'"),
        replaced("primesim-trace 1", "primesim-tracer 1", 1, "not a trace"),
        replaced("primesim-trace 1", "primesim-trace 2", 1, "format version is '2', allowed is 1"),
        replaced("primesim-trace 1", "primesim-trace", 1, "the line ends, expected the format"),
        replaced("primesim-trace 1", "primesim-trace 1 x", 1, "goes on with 'x', expected its end"),
        replaced("end\n", "", 36, "the file ends, expected another stage or 'end'; is it trunc"),
        replaced("end\n", "end\nend\n", 38, "found 'end', expected nothing after 'end'"),
        replaced("end\n", "end of it\n", 37, "goes on with 'of it'"),
        replaced("end\n", "program bank 0 {\n", 37, "found 'program', expected a stage or 'end'"),
        replaced("network tiny", "network ti\u0000ny", 2, "found a control character"),
        replaced("network tiny", "network \"tiny", 2, "has no closing quote"),
        replaced("network tiny", "network \"ti\\xny\"", 2, "'\\x' in a text, allowed are"),
        // the header
        replaced("seed 1", "sede 1", 9, "unknown header key 'sede', allowed are network, weights,"),
        replaced("seed 1", "seed 1\nseed 2", 10, "header key 'seed' stands twice"),
        replaced("seed 1\n", "", 15, "the header lacks seed"),
        replaced("seed 1", "seed", 9, "the line ends, expected a whole number"),
        replaced("seed 1", "seed 1 2", 9, "the line goes on with '2'"),
        replaced("seed 1", "seed +1", 9, "seed is '+1', allowed is a whole number from -9223"),
        replaced("seed 1", "seed 01", 9, "seed is '01', allowed is"),
        replaced("seed 1", "seed -0", 9, "seed is '-0', allowed is"),
        replaced("cells 0.5", "cells .5", 14, "cells is '.5', allowed is a number from 0 to 1"),
        replaced("cells 0.5", "cells 0.", 14, "cells is '0.', allowed is"),
        replaced("cells 0.5", "cells 00.5", 14, "cells is '00.5', allowed is"),
        replaced("cells 0.5", "cells +0.5", 14, "cells is '+0.5', allowed is"),
        replaced("cells 0.5", "cells -0.0", 14, "cells is '-0.0', allowed is"),
        replaced("seed 1", "seed 9223372036854775808", 9, "seed is '9223372036854775808'"),
        replaced("weights synthetic", "weights x", 3, "weights is 'x', allowed is one of trained,"),
        replaced("signs pairs", "signs both", 7, "signs is 'both', allowed is one of pairs, indep"),
        replaced("replication none", "replication 2", 8, "one of none, network, layer"),
        replaced("crossbar 256 256", "crossbar 256x256", 6, "rows of the crossbar is '256x256'"),
        replaced(
            "instances 1", "instances 0", 10, "instances is '0', allowed is a whole number fr"),
        replaced("banks 2", "banks -2", 11, "banks is '-2', allowed is a whole number from 1 to"),
        replaced("copies 1", "copies 01", 12, "copies is '01'"),
        replaced("cells 0.5", "cells NaN", 14, "cells is 'NaN', allowed is a number from 0 to 1"),
        replaced("cells 0.5", "cells 1.5", 14, "cells is '1.5'"),
        replaced("cells 0.5", "cells 0x1p-1", 14, "cells is '0x1p-1'"),
        replaced("cells 0.5", "cells 5e", 14, "cells is '5e'"),
        replaced("cells 0.5", "dells 0.5", 14, "found 'dells', expected 'cells'"),
        // stages
        replaced("stage 1 fc", "stage 2 fc", 27, "number of the stage is '2'"),
        replaced("stage 0 conv {", "stage 0 conv", 16, "the line ends, expected '{'"),
        replaced("stage 0 conv {", "stage 0 {", 16, "the line ends, expected '{'"),
        replaced(
            "  after 0", "after 1", 28, "stage 1 comes after stage 1, allowed is one before it,"),
        replaced("  after 0", "after 0 0", 28, "'producer 0' stands twice"),
        replaced("  after 0", "after 0\nafter 0", 29, "'after' stands twice"),
        replaced("  after 0", "after", 28, "the line ends, expected a number for producer"),
        replaced("  after 0", "before 0", 28, "found 'before', expected after, facts, program or"),
        replaced("stage 0 conv {", "stage 0 conv {\nafter 0", 17, "after stage 0, allowed is none"),
        replaced("  facts " + FACTS + "\n  program bank 0", "  program bank 0", 25, "lacks its"),
        replaced("rows 9 ", "", 17, "facts lacks 'rows'"),
        replaced("rows 9 ", "rows 9 rows 9 ", 17, "'rows' stands twice"),
        replaced("rows 9 ", "rows 9 rags 9 ", 17, "found 'rags', expected kind, rows, columns"),
        replaced("kind convolution ", "", 17, "facts lacks 'kind'"),
        replaced("rows 9 ", "rows 2147483648 ", 17, "rows is '2147483648'"),
        // programs
        replaced("program bank 0", "program bank 2", 18, "bank is 2, allowed is 0 to 1"),
        replaced("program bank 0", "program bank 0,1", 18, "expected one bank"),
        replaced("program bank 0", "program 0", 18, "found '0', expected bank or banks"),
        replaced("banks 0-1", "banks 1-0", 30, "banks is '0', allowed is a whole number from 1"),
        replaced("banks 0-1", "banks 0,", 30, "banks is '', allowed"),
        replaced(
            "tally convert-6 64", "tally convert-66 64", 24, "found 'convert-66', expected an"),
        replaced("tally convert-6 64", "tally convert-6 -1", 24, "convert-6 is '-1', allowed"),
        replaced(
            "tally convert-6 64", "tally convert-6 64\ntally convert-6 64", 25, "stands twice"),
        replaced("load ff 0", "tally convert-6 1\nload ff 0", 21, "a tally within a loop, allowed"),
        // steps
        replaced(
            "load ff", "lode ff", 21, "found 'lode', expected repeat, together, tally, fetch,"),
        replaced("repeat 16", "repeat 0", 20, "number of repetitions is '0', allowed is a whole"),
        replaced("repeat 16", "repeat 16.5", 20, "number of repetitions is '16.5'"),
        replaced("repeat 16", "repeat 9007199254740993", 20, "is '9007199254740993', allowed is"),
        replaced("repeat 16 {", "repeat 16 { load", 20, "the line goes on with 'load'"),
        replaced("repeat 16 {", "repeat 16 {\n}\nrepeat 16 {", 21, "expected a command in it"),
        replaced("    }\n    tally", "    } load\n    tally", 23, "the line goes on with 'load'"),
        replaced("      store ff 0 bits 24\n", "", 33, "at least 2"),
        replaced("store ff 0", "repeat 2 {", 32, "found 'repeat', expected fetch, commit, load,"),
        // operands
        replaced("load ff 0 bits 54", "load ff 0", 21, "load lacks 'bits'"),
        replaced("load ff 0 bits 54", "load bits 54", 21, "load lacks 'ff'"),
        replaced(
            "load ff 0 bits 54", "load ff 0 bits", 21, "the line ends, expected a number for b"),
        replaced("load ff 0 bits 54", "load ff 0 bits 5 ff 0", 21, "'ff' stands twice"),
        replaced(
            "load ff 0 bits 54", "load ff 0 bits 5 mats 1", 21, "found 'mats', expected ff, bi"),
        replaced(
            "load ff 0 bits 54", "load ff 0 bits -54", 21, "bits is '-54', allowed is a whole"),
        replaced("load ff 0 bits 54", "load ff 0 bits 5.4", 21, "bits is '5.4'"),
        replaced(
            "load ff 0 bits 54", "load ff 0 bits \"54\"", 21, "found the text \"54\", expected a"),
        replaced(
            "load ff 0 bits 54", "load ff 65536 bits 54", 21, "ff is '65536', allowed is a who"),
        replaced(
            "load ff 0 bits 54",
            "load ff 0 bits 99999999999999999999999",
            21,
            "bits is '99999999999999999999999', allowed is a whole number from 0 to 900719925474099"),
        replaced(
            "mats 0-1", "mats 1-0", 22, "mats is '0', allowed is a whole number from 1 to 655"),
        replaced("mats 0-1", "mats -1", 22, "mats is ''"),
        replaced("mats 0-1", "mats 0-70000", 22, "mats is '70000'"),
        replaced("depth 4", "depth 0", 22, "depth is 0, allowed is 1 to 1048576"),
        replaced("passes 1", "passes 0", 22, "passes is '0', allowed is a whole number from 1 to"),
        replaced("slices 6+3/2", "slices 6+3/", 22, "slices is '', allowed is a whole number from"),
        replaced(
            "slices 6+3/2", "slices 6+17/2", 22, "slices is '17', allowed is a whole number f"),
        replaced(
            "slices 6+3/2", "slices 6+0/2", 22, "slices is '0', allowed is a whole number from"),
        replaced("slices 6+3/2", "slices " + "-/".repeat(64) + "-", 22, "number of slices is 65"),
        replaced("store ff 0 bits 24", "send to 2 bits 24", 35, "bank is 2, allowed is 0 to 1"),
        replaced("store ff 0 bits 24", "send to 1 bits 24", 35, "bank 1 sends to itself"),
        // sums
        replaced(
            "repeat 16 {",
            "repeat 4000000000 {\nrepeat 3000001 {\nfetch bits 0\n}\n",
            21,
            "the repetitions of this loop and those around it multiply to more than the"),
        replaced(
            "repeat 16", "repeat 900719925474099", 25, "repetitions times operands sum up to more"),
        replaced(
            "tally convert-6 64",
            """
            tally convert-6 6000000000000000
            }
            program bank 1 {
            tally convert-6 6000000000000000""",
            28,
            "sum of the tallies of convert-6 is 12000000000000000, allowed"));
  }

  private static Arguments replaced(String old, String with, int line, String message) {
    assertThat(VALID).contains(old);
    int at = VALID.indexOf(old);
    return arguments(
        VALID.substring(0, at) + with + VALID.substring(at + old.length()), line, message);
  }

  @Test
  void theUndamagedTraceIsRead() {
    assertThat(TraceFormatTest.read(VALID).stages()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("damage")
  void damageIsNamedByLineAndValue(String text, int line, String message) {
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceFormatTest.read(text))
        .withMessageStartingWith("x.trace:" + line + ": ")
        .withMessageContaining(message);
  }

  @Test
  void aTraceCutAnywhereIsRefused() {
    // Without its last line feed it still ends with 'end'.
    for (int length = 0; length < VALID.length() - 1; length++) {
      String cut = VALID.substring(0, length);
      assertThatExceptionOfType(InputProblem.class)
          .as("cut after %d characters", length)
          .isThrownBy(() -> TraceFormatTest.read(cut));
    }
  }

  @Test
  void blocksAreNestedAtMost32Deep() {
    // The program is the first block, the loop in the valid trace would be one more.
    String deep = "repeat 1 {\n".repeat(30);
    String close = "}\n".repeat(30);
    String allowed =
        VALID
            .replace("repeat 16 {", deep + "repeat 16 {")
            .replace("    tally", close + "    tally");
    String refused =
        VALID
            .replace("repeat 16 {", deep + "repeat 1 {\nrepeat 16 {")
            .replace("    tally", "}\n" + close + "    tally");

    assertThat(TraceFormatTest.read(allowed).stages()).hasSize(2);
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceFormatTest.read(refused))
        .withMessage("x.trace:51: blocks are 33 deep here, allowed is 32");
  }

  @Test
  void aVeryLongLineIsRefused() {
    String longest = "#" + "x".repeat((1 << 20) - 1) + "\n";
    assertThat(TraceFormatTest.read(VALID + longest).stages()).hasSize(2);
    for (String end : new String[] {"x", "x\n", "x".repeat(3_000_000)}) {
      assertThatExceptionOfType(InputProblem.class)
          .isThrownBy(() -> TraceFormatTest.read(VALID + longest.strip() + end))
          .withMessage("x.trace:38: the line is longer than the 1048576 bytes allowed");
    }
  }

  @Test
  void blocksForManyBanksAreBounded() {
    String all = "0-65534";
    String many = all + ("," + all).repeat(4);
    String text = VALID.replace("banks 2", "banks 65535");
    assertThat(TraceFormatTest.read(text.replace("banks 0-1", "banks " + all)).stages().get(1))
        .extracting(stage -> stage.programs().size())
        .isEqualTo(65535);
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceFormatTest.read(text.replace("banks 0-1", "banks " + many)))
        .withMessage("x.trace:30: more banks than the 262144 programs allowed");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] bytes = VALID.replace("conv", "c?nv").getBytes(StandardCharsets.UTF_8);
    bytes[VALID.indexOf("conv") + 1] = (byte) 0xF6;
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceReader.read(new ByteArrayInputStream(bytes), "x.trace"))
        .withMessage("x.trace:16: the line is not UTF-8");
  }

  @Test
  void aForeignBinaryFileIsRefusedAsSuch(@TempDir Path folder) throws IOException {
    byte[] image = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n', 0, (byte) 0xFF};
    Path file = Files.write(folder.resolve("x.png"), image);
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceReader.read(file))
        .withMessage(file + ":1: not a trace, expected 'primesim-trace 1' in the first line");
  }

  @Test
  void anEmptyFileIsNoTrace() {
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceFormatTest.read(""))
        .withMessage("x.trace:1: not a trace, expected 'primesim-trace 1' in the first line");
  }

  @Test
  void aMissingFileAndAFolderAreRefused(@TempDir Path folder) {
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceReader.read(folder))
        .withMessage(folder + ": is a directory, a trace file is expected");
    Path missing = folder.resolve("no.trace");
    assertThatExceptionOfType(InputProblem.class)
        .isThrownBy(() -> TraceReader.read(missing))
        .withMessage(missing + ": no such file, a trace file is expected");
  }

  @Test
  void recordsRefuseWhatCouldNotBeWritten() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Command.Fetch(-1))
        .withMessage("bits is -1, allowed is 0 to 9007199254740992");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> new Command.Sum(0, 65535, 2, 1, 1))
        .withMessage("number of mats is 2, allowed is 1 to 1");
  }
}
