package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionsCommandTest {
  private static final Path DOCUMENTED = Path.of("docs", "reductions", "reductions.csv");

  @TempDir private Path folder;

  private static Map<String, String> cells(Path csv) throws IOException {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(csv)) {
      return reader.stream()
          .collect(
              Collectors.toMap(
                  record ->
                      String.join(
                          " ",
                          record.getField("source"),
                          record.getField("density"),
                          record.getField("size"),
                          record.getField("scheme")),
                  record -> record.getField("dense") + " " + record.getField("kept")));
    }
  }

  /** A sample of what the documentation shows, made again. */
  @ParameterizedTest
  @CsvSource({
    "--model U --densities 0.02 --sizes 64, 4",
    "--model M --densities 0.1 --sizes 32, 4",
    "--network lenet5-mnist --sizes 64, 4",
  })
  void theDocumentedTableIsWhatTheCommandSays(String options, int rows) throws IOException {
    Path out = folder.resolve("tables");
    CommandRun run =
        CommandRun.of(
            ("reductions "
                    + options
                    + " --schemes zero-tile,block-compact,row-order,column-group --out "
                    + out)
                .split(" "));
    assertThat(run.exit()).as(run.err()).isZero();
    Map<String, String> made = cells(out.resolve("reductions.csv"));
    assertThat(made).hasSize(rows);
    assertThat(cells(DOCUMENTED)).containsAllEntriesOf(made);
    assertThat(Files.readString(DOCUMENTED.resolveSibling("reductions.md")))
        .startsWith("| source | density | size | bound, cells |");
  }

  @Test
  void whatIsAddedLooksAsIfItHadBeenThereFromTheStart() throws IOException {
    Path atOnce = folder.resolve("at-once");
    Path added = folder.resolve("added");
    reductions(atOnce, "--model=U", "--model=M");
    reductions(added, "--model=M");
    reductions(added, "--model=U", "--add");
    assertThat(added.resolve("reductions.csv"))
        .hasSameTextualContentAs(atOnce.resolve("reductions.csv"));
    assertThat(added.resolve("reductions.md"))
        .hasSameTextualContentAs(atOnce.resolve("reductions.md"));

    reductions(added, "--model=U", "--add", "--seed=7");
    assertThat(cells(added.resolve("reductions.csv")))
        .hasSameSizeAs(cells(atOnce.resolve("reductions.csv")))
        .isNotEqualTo(cells(atOnce.resolve("reductions.csv")));

    reductions(added, "--model=U");
    assertThat(cells(added.resolve("reductions.csv"))).hasSize(2);
  }

  private static void reductions(Path out, String... options) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "reductions",
                "--layer=64x64",
                "--densities=0.1",
                "--sizes=8",
                "--schemes=block-compact,zero-tile",
                "--out=" + out));
    all.addAll(List.of(options));
    CommandRun run = CommandRun.of(all.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,b;1,2 | columns [a, b], allowed: [source, density",
        "source,density,size,scheme,dense,kept,boundRowsInOrder,boundCells,reduction;U,0.1,x,s,1,1,1,1,1"
            + " | line 2: [U, 0.1, x, s,",
      })
  void addsToNothingThatItDidNotWrite(String text, String message) throws IOException {
    Path table = folder.resolve("reductions.csv");
    Files.writeString(table, text.replace(';', '\n') + "\n");
    CommandRun run = CommandRun.of("reductions", "--model=U", "--add", "--out=" + folder);
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).contains("reductions.csv").contains(message);
    assertThat(table).hasContent(text.replace(';', '\n'));
  }

  @Test
  void addingNeedsAFolder() {
    CommandRun run = CommandRun.of("reductions", "--model=U", "--add");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--add needs --out");
  }

  @Test
  void curvesAreDrawnWhereThereIsMoreThanOnePoint() throws IOException {
    CommandRun run =
        CommandRun.of(
            "reductions",
            "--model=U",
            "--layer=256x256",
            "--densities=0.05,0.1",
            "--sizes=16,32",
            "--schemes=block-compact,row-order",
            "--out=" + folder);
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("source  density  size  bound, cells").contains("row-order");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "reductions.csv", "reductions.md", "U-density.svg", "U-size.svg");
    }
    for (String file : new String[] {"U-density.svg", "U-size.svg"}) {
      // The colour of the second curve, the first is black; no third one.
      assertThat(Files.readString(folder.resolve(file)))
          .contains("rgb(86,180,233)")
          .doesNotContain("rgb(0,158,115)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sizes 0 | --sizes '0': allowed: whole numbers from 1 to 4096",
        "--sizes 32,,64 | --sizes '': allowed: whole numbers",
        "--densities 0.1,1.5 | --densities '1.5': allowed: numbers above 0 and at most 1",
        "--densities NaN | --densities 'NaN': allowed",
        "--model X | --model 'X': allowed: U, M, T",
        "--schemes block-compact,best | --schemes 'best': allowed: dense, zero-tile",
        "--layer 100000x100000 | --layer '100000x100000': allowed: rows x columns",
        "--threads 0 | --threads '0': allowed: a whole number from 1",
        "--network nowhere | network 'nowhere' is unknown",
      })
  void refusesInOneLine(String options, String message) {
    Path out = folder.resolve("out");
    CommandRun run = CommandRun.of(("reductions " + options + " --out " + out).split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).contains(message);
    assertThat(run.out()).isEmpty();
    assertThat(out).doesNotExist();
  }
}
