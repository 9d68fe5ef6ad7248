package io.github.primesim.experiment;

import io.github.primesim.lowering.InputPath;
import io.github.primesim.mapping.Metadata;

/**
 * Index memory by what it names, in bits.
 *
 * @param outputIndexBits output of each weight column in a crossbar
 * @param inputIndexBits input of each wordline; none where the layer before stores in that order
 * @param tileBitmapBits which tiles are there
 */
public record IndexMemory(long outputIndexBits, long inputIndexBits, long tileBitmapBits) {
  static final IndexMemory NONE = new IndexMemory(0, 0, 0);

  static IndexMemory of(Metadata metadata, InputPath inputs) {
    return new IndexMemory(
        metadata.outputIndexBits(),
        inputs == InputPath.PRODUCER_SIDE ? 0 : metadata.inputIndexBits(),
        metadata.tileBitmapBits());
  }

  /** Both together. */
  public IndexMemory plus(IndexMemory other) {
    return new IndexMemory(
        outputIndexBits + other.outputIndexBits,
        inputIndexBits + other.inputIndexBits,
        tileBitmapBits + other.tileBitmapBits);
  }
}
