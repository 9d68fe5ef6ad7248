package io.github.primesim.lowering;

import io.github.primesim.functional.InputActivity;
import io.github.primesim.mapping.Segment;
import io.github.primesim.metrics.Action;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Each wordline is as active as it was on a number of images: exact sums over all of them, divided
 * by their number at the end. Sums that do not fit a {@code long} are an {@link
 * ArithmeticException}, never a wrong number.
 *
 * @param inputs what drove the wordlines, bias left out
 * @param biasLevels level of each input slice on the constantly driven wordline of the bias
 * @param images images that were measured
 */
record MeasuredActivity(InputActivity inputs, List<Integer> biasLevels, int images)
    implements CellActivity {

  @Override
  public Map<Action, Long> of(LayerImage.Part part, Span span, Conduction conduction) {
    long squares = 0;
    long squareLevels = 0;
    long drives = 0;
    for (int input = 0; input < conduction.windows().size(); input++) {
      long conducting = conduction.total(input);
      if (conducting == 0) {
        continue;
      }
      Sums sums = new Sums(part, span, input);
      long perCell = Math.multiplyExact(conducting, (long) conduction.arrays());
      drives = Math.addExact(drives, sums.drives);
      squares =
          Math.addExact(
              squares,
              conduction.allBitlines()
                  ? Math.multiplyExact(
                      perCell * conduction.depth(),
                      Math.multiplyExact(sums.wordlines, (long) part.bitlines()))
                  : Math.multiplyExact(perCell * conduction.sharing(), sums.positions));
      for (int weight = 0; weight < sums.levels.length; weight++) {
        long window =
            conduction.allBitlines()
                ? conducting * conduction.depth()
                : conduction.windows().get(input).get(weight);
        squareLevels = Math.addExact(squareLevels, Math.multiplyExact(window, sums.levels[weight]));
      }
    }
    return Map.of(
        Action.CELL_INPUT_SQUARES, perImage(squares),
        Action.CELL_INPUT_SQUARE_LEVELS, perImage(squareLevels),
        Action.WORDLINE_DRIVES, perImage(drives));
  }

  /** The nearest whole number, halves up. */
  private long perImage(long ofAll) {
    return ofAll / images + (2 * (ofAll % images) >= images ? 1 : 0);
  }

  /** Sums over all images and the cells of some crossbars, under one input slice. */
  private final class Sums {
    private final int slice;
    private final Span span;
    private final int biasRow;
    private final Map<Integer, InputActivity.Rows> matrices = new HashMap<>();

    /** Wordlines driven. */
    private long drives;

    /** Squared levels of the wordlines of each crossbar. */
    private long wordlines;

    /** Squared levels times weight positions on the wordline. */
    private long positions;

    /** By weight slice: squared levels times the levels of the cells on the wordline. */
    private final long[] levels;

    Sums(LayerImage.Part part, Span span, int slice) {
      this.slice = slice;
      this.span = span;
      biasRow = part.biasRow();
      levels = new long[part.inputLevels.length];
      for (List<Tile> group : part.groups()) {
        drives = Math.addExact(drives, drives(group.get(0)));
        group.forEach(this::add);
      }
    }

    private InputActivity.Rows rows(int matrix) {
      return matrices.computeIfAbsent(
          matrix, each -> inputs.rows(slice, each, span.first(), span.count()));
    }

    private long vectors() {
      return span.count() * images;
    }

    private long drives(Tile tile) {
      InputActivity.Rows rows = rows(tile.matrix);
      long sum = 0;
      for (Segment segment : tile.crossbar.segments()) {
        for (int row : segment.rows()) {
          sum += row == biasRow ? vectors() : rows.driven()[row];
        }
      }
      return sum;
    }

    private void add(Tile tile) {
      InputActivity.Rows rows = rows(tile.matrix);
      long biasSquare = (long) biasLevels.get(slice) * biasLevels.get(slice) * vectors();
      int at = 0;
      for (Segment segment : tile.crossbar.segments()) {
        long ofSegment = 0;
        for (int row : segment.rows()) {
          long square = row == biasRow ? biasSquare : rows.squares()[row];
          ofSegment += square;
          for (int weight = 0; weight < levels.length; weight++) {
            levels[weight] =
                Math.addExact(
                    levels[weight], Math.multiplyExact(square, (long) tile.wordlineLevels[at++]));
          }
        }
        wordlines = Math.addExact(wordlines, ofSegment);
        positions =
            Math.addExact(
                positions, Math.multiplyExact(ofSegment, (long) segment.columns().length));
      }
    }
  }
}
