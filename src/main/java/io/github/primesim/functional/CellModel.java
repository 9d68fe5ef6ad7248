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
        public int conductance(int level) {
          return level;
        }
      };

  /** Binary places of a conductance: its unit is 2^-places levels. */
  int places();

  /**
   * What the next cell conducts above the nominal conductance of level 0, which a pair of bitlines
   * or a reference column takes away.
   *
   * @param level what the cell is programmed to
   */
  int conductance(int level);
}
