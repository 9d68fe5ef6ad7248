package io.github.primesim.report;

/** Bars of a terminal chart. */
enum Bars {
  /** Eighths of a character, for terminals that show Unicode. */
  BLOCKS {
    @Override
    String bar(double share, int width) {
      int eighths = (int) Math.round(share * width * EIGHTHS.length());
      String full = "\u2588".repeat(eighths / EIGHTHS.length());
      int rest = eighths % EIGHTHS.length();
      return rest == 0 ? full : full + EIGHTHS.charAt(rest - 1);
    }
  },
  /** Number signs, for everything else. */
  ASCII {
    @Override
    String bar(double share, int width) {
      return "#".repeat((int) Math.round(share * width));
    }
  };

  private static final String EIGHTHS = "\u258f\u258e\u258d\u258c\u258b\u258a\u2589\u2588";

  /**
   * A bar of {@code share} of {@code width} characters.
   *
   * @param share from 0 to 1
   */
  abstract String bar(double share, int width);
}
