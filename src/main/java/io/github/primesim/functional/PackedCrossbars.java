package io.github.primesim.functional;

import io.github.primesim.mapping.Crossbar;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.mapping.Segment;
import io.github.primesim.network.IntegerMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The crossbars of a mapped matrix, executed bit by bit on packed words: what {@link
 * CrossbarExecution} computes, to the last digit, fast enough for many inputs.
 *
 * <p>A sum of levels times levels is a sum over pairs of an input bit and a cell bit, each of which
 * is the number of wordlines where both are set: 32 wordlines are an AND and a count of ones.
 * Crossbars side by side on the same wordlines share the packed inputs.
 */
final class PackedCrossbars {
  /** Input vectors of a block, so that its packed inputs stay in a near cache. */
  private static final int BLOCK = 1024;

  private final Formats formats;
  private final int columns;
  private final List<Wordlines> wordlines = new ArrayList<>();

  /** Wordlines, and all bitlines that cross them. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, and nobody changes them
  private record Wordlines(int[] rows, List<PackedBitline> bitlines) {}

  /** Packs the cells of the crossbars of {@code mapping}. */
  PackedCrossbars(LayerMapping mapping, IntegerMatrix weights, Formats formats) {
    this.formats = formats;
    this.columns = weights.columns();
    for (Crossbar crossbar : mapping.crossbars()) {
      for (Segment segment : crossbar.segments()) {
        List<PackedBitline> bitlines = bitlines(segment.rows());
        for (int column : segment.columns()) {
          for (int slice = 0; slice < formats.weightSlices(); slice++) {
            PackedBitline bitline =
                PackedBitline.of(crossbar.sign(), segment.rows(), column, slice, weights, formats);
            // Without a level on it a bitline gives 0 and is converted to 0.
            if (!bitline.empty()) {
              bitlines.add(bitline);
            }
          }
        }
      }
    }
  }

  /** The bitlines on these wordlines, together with those of the crossbar before if it has them. */
  private List<PackedBitline> bitlines(int[] rows) {
    if (wordlines.isEmpty() || !Arrays.equals(wordlines.get(wordlines.size() - 1).rows(), rows)) {
      wordlines.add(new Wordlines(rows, new ArrayList<>()));
    }
    return wordlines.get(wordlines.size() - 1).bitlines();
  }

  /**
   * Drives all crossbars with the positive inputs, then with the negative ones if there are any.
   *
   * @return what the conversion makes of the sums: column by column, a value for each vector
   */
  long[] run(QuantizedInput levels, Conversion conversion) {
    long[] outputs = new long[columns * levels.positions()];
    pass(levels.positive(), levels.positions(), 1, conversion, outputs);
    if (levels.anyNegative()) {
      pass(levels.negative(), levels.positions(), -1, conversion, outputs);
    }
    return outputs;
  }

  private void pass(
      int[] levels, int vectors, int direction, Conversion conversion, long[] outputs) {
    PackedInputs inputs = new PackedInputs(formats.inputBits());
    for (int first = 0; first < vectors; first += BLOCK) {
      int count = Math.min(BLOCK, vectors - first);
      int[] sums = new int[count];
      for (Wordlines group : wordlines) {
        if (group.bitlines().isEmpty()) {
          continue;
        }
        inputs.fill(levels, vectors, group.rows(), first, count);
        for (PackedBitline bitline : group.bitlines()) {
          for (int slice = 0; slice < formats.inputSlices(); slice++) {
            if (conversion.converts(slice, bitline.slice)) {
              int lowest = formats.inputShift(slice);
              int highest = Math.min(lowest + formats.inputSliceBits(), formats.inputBits());
              bitline.sum(inputs, lowest, highest, sums);
              conversion.convert(
                  slice,
                  bitline.slice,
                  sums,
                  direction * bitline.direction,
                  outputs,
                  bitline.column * vectors + first);
            }
          }
        }
      }
    }
  }
}
