package io.github.primesim.report;

import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * Where a value of a document stands.
 *
 * @param file of the document
 * @param path such as {@code layers[0].cycles}; empty for the whole document
 */
record JsonPlace(Path file, String path) {
  private static final int MOST_LETTERS = 60;

  /** The value of a key of the object that is here. */
  JsonPlace key(String key) {
    return new JsonPlace(file, path.isEmpty() ? key : path + "." + key);
  }

  /** An item of the list that is here. */
  JsonPlace item(int index) {
    return new JsonPlace(file, path + "[" + index + "]");
  }

  /** That the value here cannot be used. */
  InputProblem problem(JsonNode value, String allowed) {
    String text = value.toString();
    String found =
        value.isMissingNode()
            ? "is missing"
            : text.length() > MOST_LETTERS ? text.substring(0, MOST_LETTERS) + "..." : text;
    return new InputProblem(
        file + ": " + (path.isEmpty() ? "" : path + " ") + found + ", allowed: " + allowed);
  }
}
