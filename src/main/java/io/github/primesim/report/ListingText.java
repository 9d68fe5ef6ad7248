package io.github.primesim.report;

import java.util.Map;

/** Names with a line on each, as text or as JSON. */
public final class ListingText {
  private static final String DOTS = " ...";

  private ListingText() {}

  /** A name a line with its description in a column of its own. */
  public static String text(Map<String, String> entries) {
    return text(entries, Integer.MAX_VALUE);
  }

  /**
   * The same, where only some of a description may fit.
   *
   * @param columns the longest that a line may be; what is cut ends in dots. Names are never cut
   */
  public static String text(Map<String, String> entries, int columns) {
    int width = entries.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (name, description) ->
            text.append(
                    (name
                            + " ".repeat(width - name.length())
                            + shortened(description, columns - width))
                        .stripTrailing())
                .append('\n'));
    return text.toString();
  }

  private static String shortened(String text, int columns) {
    if (text.length() <= columns) {
      return text;
    }
    int end = text.lastIndexOf(' ', columns - DOTS.length());
    return end < 0 ? "" : text.substring(0, end) + DOTS;
  }

  /** One object, descriptions by name. */
  public static String json(Map<String, String> entries) {
    return JsonDocument.object(json -> entries.forEach(json::put));
  }
}
