package io.github.primesim.config;

import java.util.List;
import java.util.Locale;

/** The key that somebody who wrote an unknown one most likely meant. */
final class NearestKey {
  private NearestKey() {}

  /**
   * The allowed key that ends in {@code given}, or else the one with the least edit distance; the
   * first of several.
   *
   * @param allowed at least one
   */
  static String of(String given, List<String> allowed) {
    String wanted = given.toLowerCase(Locale.ROOT);
    String nearest = allowed.get(0);
    int least = Integer.MAX_VALUE;
    for (String key : allowed) {
      String candidate = key.toLowerCase(Locale.ROOT);
      int distance = candidate.endsWith("." + wanted) ? 0 : distance(wanted, candidate);
      if (distance < least) {
        least = distance;
        nearest = key;
      }
    }
    return nearest;
  }

  /** Levenshtein's distance: insertions, deletions and substitutions. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
