package io.github.primesim.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines whose columns line up, for a terminal or a log.
 *
 * <p>The first column stands to the left; a column whose head begins with {@code <} too, and every
 * other one to the right. Nothing is cut: a table is as wide as its cells.
 */
final class TextTable {
  private final List<String> heads;
  private final boolean[] left;
  private final List<List<String>> rows = new ArrayList<>();

  /** A table with these column heads; {@code <} in front aligns a column to the left. */
  TextTable(String... heads) {
    left = new boolean[heads.length];
    this.heads = new ArrayList<>();
    for (int column = 0; column < heads.length; column++) {
      left[column] = column == 0 || heads[column].startsWith("<");
      this.heads.add(heads[column].startsWith("<") ? heads[column].substring(1) : heads[column]);
    }
  }

  TextTable row(String... cells) {
    if (cells.length != heads.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + heads.size() + " columns");
    }
    rows.add(Arrays.asList(cells));
    return this;
  }

  /** All lines, heads first, each ended by a line feed and without trailing blanks. */
  String text() {
    int[] widths = heads.stream().mapToInt(TextTable::width).toArray();
    for (List<String> row : rows) {
      for (int column = 0; column < widths.length; column++) {
        widths[column] = Math.max(widths[column], width(row.get(column)));
      }
    }
    StringBuilder text = new StringBuilder();
    line(text, heads, widths);
    for (List<String> row : rows) {
      line(text, row, widths);
    }
    return text.toString();
  }

  private void line(StringBuilder text, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String cell = cells.get(column);
      String blanks = " ".repeat(widths[column] - width(cell));
      line.append(column == 0 ? "" : "  ").append(left[column] ? cell + blanks : blanks + cell);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
