package io.github.primesim.hardware;

import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.List;

/**
 * How many bits the sense amplifiers convert of each part of a composed product: of every weight
 * slice under every input slice. Bits are those of the magnitude; the sign is the sense amplifier's
 * first decision and comes with any conversion.
 *
 * <p>Slices count from the most significant one, 0. Where the bits of a value are no multiple of
 * those of a slice, the most significant slice is the one that is not full. Source: PRIME, III-D
 * (6, 3, 2 and 0 bits of HH, HL, LH and LL).
 *
 * @param parts bits by input slice and weight slice; 0 where a part is not converted
 */
public record ConversionBits(List<List<Integer>> parts) {
  public ConversionBits {
    parts = parts.stream().map(List::copyOf).toList();
  }

  /**
   * The conversions of crossbars with {@code rows} wordlines under the memory's {@link
   * SenseAmplifierPolicy}.
   *
   * @throws InputProblem if lossless conversions need more bits than the sense amplifiers have
   */
  public static ConversionBits of(HardwareSpec spec, int rows) {
    return of(spec.quantization(), rows, spec.organization().arrayRows().count());
  }

  /**
   * The conversions of crossbars with {@code rows} wordlines.
   *
   * @param arrayRows wordlines of an undivided array, the reference of {@link
   *     SenseAmplifierPolicy#ISO_LSB}
   * @throws InputProblem if lossless conversions need more bits than the sense amplifiers have
   */
  public static ConversionBits of(Quantization formats, int rows, int arrayRows) {
    if (rows < 1 || arrayRows < 1) {
      throw new IllegalArgumentException("no rows: " + rows + " of " + arrayRows);
    }
    List<List<Integer>> parts = new ArrayList<>();
    for (int input = 0; input < formats.inputSlices(); input++) {
      List<Integer> bits = new ArrayList<>();
      for (int weight = 0; weight < formats.bitlinesPerWeight(); weight++) {
        bits.add(
            switch (formats.senseAmplifierPolicy()) {
              case COMPOSED -> composed(formats, input, weight, 0);
              case ISO_LSB -> composed(formats, input, weight, halvings(rows, arrayRows));
              case LOSSLESS -> lossless(formats, input, weight, rows);
            });
      }
      parts.add(bits);
    }
    return new ConversionBits(parts);
  }

  /** Bits of the part of weight slice {@code weight} under input slice {@code input}. */
  public int bits(int input, int weight) {
    return parts.get(input).get(weight);
  }

  /**
   * The conversions that take place, by input slice: {@link #parts} without the parts that are not
   * converted. A slice under which nothing is converted is empty and need not be driven.
   */
  public List<List<Integer>> conversions() {
    return parts.stream().map(slice -> slice.stream().filter(bits -> bits > 0).toList()).toList();
  }

  /** Bits converted for one result of a weight column, 11 at PRIME's formats. */
  public int bitsPerResult() {
    return parts.stream().flatMap(List::stream).mapToInt(Integer::intValue).sum();
  }

  /** Conversions for one result of a weight column, 3 at PRIME's formats. */
  public int conversionsPerResult() {
    return conversions().stream().mapToInt(List::size).sum();
  }

  private static int composed(Quantization formats, int input, int weight, int fewer) {
    int below =
        input * formats.inputSliceBits().count() + weight * formats.cellBits().count() + fewer;
    int bits = formats.outputBits().count() - below;
    return Math.max(0, Math.min(bits, formats.senseAmplifierBits().count()));
  }

  /** How often {@code arrayRows} can be halved without falling below {@code rows}. */
  private static int halvings(int rows, int arrayRows) {
    int halvings = 0;
    for (long span = rows; span * 2 <= arrayRows; span *= 2) {
      halvings++;
    }
    for (long span = arrayRows; span < rows; span *= 2) {
      halvings--;
    }
    return halvings;
  }

  private static int lossless(Quantization formats, int input, int weight, int rows) {
    long inputLevel =
        highestLevel(formats.inputBits().count(), formats.inputSliceBits().count(), input);
    long cellLevel = highestLevel(formats.weightBits().count(), formats.cellBits().count(), weight);
    int bits = Long.SIZE - Long.numberOfLeadingZeros(rows * inputLevel * cellLevel);
    int available = formats.senseAmplifierBits().count();
    if (bits > available) {
      throw new InputProblem(
          "quantization.senseAmplifierPolicy is lossless, but "
              + rows
              + " rows of levels up to "
              + inputLevel
              + " x "
              + cellLevel
              + " need "
              + bits
              + " bits and quantization.senseAmplifierBits is "
              + available
              + "; allowed: more bits, fewer rows, or composed");
    }
    return bits;
  }

  private static long highestLevel(int bits, int sliceBits, int slice) {
    int slices = (bits + sliceBits - 1) / sliceBits;
    int width = slice == 0 ? bits - (slices - 1) * sliceBits : sliceBits;
    return (1L << width) - 1;
  }
}
