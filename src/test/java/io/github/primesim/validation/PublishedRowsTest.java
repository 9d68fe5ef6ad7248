package io.github.primesim.validation;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.primesim.claim.Claim;
import io.github.primesim.claim.PublishedFigure;
import io.github.primesim.claim.Strength;
import io.github.primesim.config.ClaimFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Everything that was published, {@code validation/published.csv}, against the claims. */
class PublishedRowsTest {
  private static final Path ROOT = Path.of("");

  /** Rows of each source, counted in the sources by hand. */
  private static final Map<String, Integer> ROWS =
      Map.of(
          "PRIME organisation", 22,
          "PRIME networks", 4,
          "PRIME results", 12,
          "TIMELY", 4,
          "LIN", 15,
          "Han et al.", 1,
          "ISAAC", 3,
          "components", 3);

  private final Map<String, Claim> claims =
      ClaimFiles.all(ROOT).stream().collect(Collectors.toMap(Claim::id, Function.identity()));

  private record Row(String source, String name, Strength strength, List<String> claims) {}

  private static List<Row> rows() throws IOException {
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder().ofNamedCsvRecord(ROOT.resolve("validation/published.csv"))) {
      return lines.stream()
          .map(
              line ->
                  new Row(
                      line.getField("source"),
                      line.getField("row"),
                      Strength.valueOf(line.getField("strength").toUpperCase(Locale.ROOT)),
                      List.of(line.getField("claims").split(" "))))
          .toList();
    }
  }

  @Test
  void everyRowHasItsClaims() throws IOException {
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(claims.keySet()).as(row.name()).containsAll(row.claims());
              assertThat(row.claims())
                  .as("%s has a figure that is %s", row.name(), row.strength())
                  .anySatisfy(id -> assertThat(strengths(claims.get(id))).contains(row.strength()));
            });
  }

  private static Set<Strength> strengths(Claim claim) {
    Set<Strength> strengths = new HashSet<>();
    claim.figures().forEach(figure -> strengths.add(figure.strength()));
    return strengths;
  }

  @Test
  void noRowIsMissing() throws IOException {
    assertThat(rows().stream().collect(Collectors.groupingBy(Row::source, Collectors.counting())))
        .hasSize(ROWS.size())
        .allSatisfy(
            (source, count) ->
                assertThat(count).as(source).isEqualTo(ROWS.get(source).longValue()));
    assertThat(rows().stream().map(row -> row.source() + row.name())).doesNotHaveDuplicates();
  }

  @Test
  void everyClaimIsOfSomethingPublished() throws IOException {
    assertThat(claims.keySet())
        .containsExactlyInAnyOrderElementsOf(
            rows().stream().flatMap(row -> row.claims().stream()).toList());
  }

  @Test
  void everyFigureCanBeComputed() {
    assertThat(
            claims.values().stream()
                .flatMap(claim -> claim.figures().stream())
                .map(PublishedFigure::figure)
                .flatMap(Optional::stream))
        .isSubsetOf(Figures.names());
  }
}
