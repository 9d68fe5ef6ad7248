package io.github.primesim.functional;

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
        public void program(SegmentCells segment) {
          // They conduct what they are programmed to.
        }
      };

  /** Binary places of a conductance: its unit is 2^-places levels. */
  int places();

  /**
   * Puts what cells conduct in the place of their levels: what a sense amplifier finds above the
   * nominal conductance of level 0, which a pair of bitlines or a reference column takes away.
   * Called for each segment once, in the order of the mapping.
   */
  void program(SegmentCells segment);
}
