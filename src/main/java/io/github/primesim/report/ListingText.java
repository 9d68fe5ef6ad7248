package io.github.primesim.report;

import java.util.Map;

/** Names with a line on each, as text or as JSON. */
public final class ListingText {
  private static final int WIDTH = 120;

  private ListingText() {}

  /** A name a line, as much of its description as fits in a column of its own. */
  public static String text(Map<String, String> entries) {
    int width = entries.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    entries.forEach(
        (name, description) -> {
          String line = name + " ".repeat(width - name.length() + 2) + description;
          text.append(shortened(line.stripTrailing())).append('\n');
        });
    return text.toString();
  }

  private static String shortened(String line) {
    return line.length() <= WIDTH
        ? line
        : line.substring(0, line.lastIndexOf(' ', WIDTH - 4)) + " ...";
  }

  /** One object, descriptions by name. */
  public static String json(Map<String, String> entries) {
    return JsonDocument.object(json -> entries.forEach(json::put));
  }
}
