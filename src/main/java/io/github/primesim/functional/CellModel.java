package io.github.primesim.functional;

import java.util.Optional;

/** What the cells of crossbars conduct. */
interface CellModel {
  /** Every cell conducts exactly its level. */
  CellModel IDEAL =
      new CellModel() {
        @Override
        public int places() {
          return 0;
        }

        @Override
        public Optional<ReadNoise> noise() {
          return Optional.empty();
        }

        @Override
        public void program(SegmentCells segment) {
          // They conduct what they are programmed to.
        }
      };

  /** Binary places of a conductance: its unit is 2^-places levels. */
  int places();

  /** What differs from one reading to the next, if anything does. */
  Optional<ReadNoise> noise();

  /**
   * Puts what cells conduct in the place of their levels: what a sense amplifier finds above the
   * nominal conductance of level 0, which a pair of bitlines or a reference column takes away. If
   * readings differ, notes what they differ by too. Called for each segment once, in the order of
   * the mapping.
   */
  void program(SegmentCells segment);
}
