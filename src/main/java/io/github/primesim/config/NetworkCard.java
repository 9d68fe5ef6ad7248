package io.github.primesim.config;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the card of a trained network, {@code CARD.md} in its folder, says of its accuracy.
 *
 * <p>Read is the first table under the heading {@code Accuracy}, as {@code training/} writes it: in
 * each line the last cell with a percentage. The line {@code dense} tells of the network before
 * pruning; the one with {@code these weights}, or else the last, of the weights in the folder.
 *
 * @param dense accuracy before pruning, a share from 0 to 1; empty where the card does not say
 * @param pruned accuracy of the weights in the folder
 */
public record NetworkCard(OptionalDouble dense, OptionalDouble pruned) {
  private static final String FILE = "CARD.md";
  private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?) %\\s*$");
  private static final NetworkCard SILENT =
      new NetworkCard(OptionalDouble.empty(), OptionalDouble.empty());

  /**
   * The card of the network {@code name}, silent where it has none.
   *
   * @param installation folder that holds {@code networks/}
   * @throws InputProblem if the card cannot be read
   */
  public static NetworkCard of(Path installation, String name) {
    Path file = installation.resolve("networks").resolve(name).resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return SILENT;
    }
    try {
      return of(Files.readString(file));
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** What a card says. */
  static NetworkCard of(String text) {
    OptionalDouble dense = OptionalDouble.empty();
    OptionalDouble these = OptionalDouble.empty();
    OptionalDouble last = OptionalDouble.empty();
    boolean section = false;
    boolean table = false;
    for (String line : text.lines().toList()) {
      if (line.startsWith("#")) {
        section = line.matches("#+ Accuracy\\s*");
      } else if (section && line.startsWith("|")) {
        table = true;
        String[] cells = line.substring(1).split("\\|", -1);
        OptionalDouble share = lastPercentage(cells);
        if (cells[0].strip().equals("dense")) {
          dense = share;
        } else if (share.isPresent()) {
          last = share;
          these = cells[0].contains("these weights") ? share : these;
        }
      } else if (section && table) {
        break;
      }
    }
    return new NetworkCard(dense, these.isPresent() ? these : last);
  }

  private static OptionalDouble lastPercentage(String[] cells) {
    for (int i = cells.length - 1; i > 0; i--) {
      Matcher matcher = PERCENT.matcher(cells[i]);
      if (matcher.find()) {
        return OptionalDouble.of(new BigDecimal(matcher.group(1)).movePointLeft(2).doubleValue());
      }
    }
    return OptionalDouble.empty();
  }

  /**
   * The accuracy of a network after another way of pruning, from {@code docs/accuracy/NAME.csv}
   * that {@code training/study} writes.
   *
   * @param way how the lines begin, such as {@code crossbars}; the last of them counts
   * @throws InputProblem if the file is damaged
   */
  public static OptionalDouble studied(Path installation, String name, String way) {
    Path file = installation.resolve("docs").resolve("accuracy").resolve(name + ".csv");
    if (!Files.isRegularFile(file)) {
      return OptionalDouble.empty();
    }
    OptionalDouble found = OptionalDouble.empty();
    try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : records) {
        if (line.getField("pruning").startsWith(way)) {
          found = OptionalDouble.of(Double.parseDouble(line.getField("accuracy")));
        }
      }
      return found;
    } catch (IOException | RuntimeException e) {
      throw new InputProblem(
          file + ": is damaged, expected are columns 'pruning' and 'accuracy': " + e.getMessage(),
          e);
    }
  }
}
