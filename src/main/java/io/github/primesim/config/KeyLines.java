package io.github.primesim.config;

import java.util.Arrays;
import java.util.Map;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * On which line each key of a document stands, in the order of the document, which itself comes
 * first. Nearly all are never asked for, so lines are kept without the names of their keys.
 */
final class KeyLines {
  private int[] lines = new int[256];
  private int count;

  /** The next key, or the next element of a list, stands on this 1-based line. */
  void add(int line) {
    if (count == lines.length) {
      lines = Arrays.copyOf(lines, 2 * count);
    }
    lines[count++] = line;
  }

  /** The line of {@code key} in the tree that was read, 0 if it has no such key. */
  int of(ObjectNode root, JsonPointer key) {
    int place = 0;
    JsonNode node = root;
    for (JsonPointer rest = key; !rest.matches(); rest = rest.tail()) {
      // By name and index: equal numbers and truth values can be the same node.
      int before =
          node.isArray()
              ? keysBefore(node, rest.getMatchingIndex())
              : keysBefore(node, rest.getMatchingProperty());
      if (before < 0) {
        return 0;
      }
      place += 1 + before;
      node =
          node.isArray() ? node.get(rest.getMatchingIndex()) : node.get(rest.getMatchingProperty());
    }
    return lines[place];
  }

  /** Keys within {@code list} down to an element, negative if it has no such. */
  private static int keysBefore(JsonNode list, int index) {
    int keys = 0;
    for (int i = 0; i < index && i < list.size(); i++) {
      keys += 1 + keysWithin(list.get(i));
    }
    return index >= 0 && index < list.size() ? keys : -1;
  }

  /** Keys within {@code object} down to a name, negative if it has no such. */
  private static int keysBefore(JsonNode object, String name) {
    int keys = 0;
    for (Map.Entry<String, JsonNode> each : object.properties()) {
      if (each.getKey().equals(name)) {
        return keys;
      }
      keys += 1 + keysWithin(each.getValue());
    }
    return -1;
  }

  private static int keysWithin(JsonNode node) {
    int keys = 0;
    for (JsonNode each : node) {
      keys += 1 + keysWithin(each);
    }
    return keys;
  }
}
