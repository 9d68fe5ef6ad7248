package io.github.primesim.config;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
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
      int child = child(node, rest);
      if (child < 0) {
        return 0;
      }
      Iterator<JsonNode> children = node.iterator();
      for (int before = 0; before < child; before++) {
        place += 1 + keysWithin(children.next());
      }
      place++;
      node = children.next();
    }
    return lines[place];
  }

  /** Which child a key is the one of, negative if it is of none. */
  private static int child(JsonNode node, JsonPointer key) {
    if (node.isArray()) {
      return key.getMatchingIndex() < node.size() ? key.getMatchingIndex() : -1;
    }
    return List.copyOf(node.propertyNames()).indexOf(key.getMatchingProperty());
  }

  private static int keysWithin(JsonNode node) {
    int keys = 0;
    for (JsonNode each : node) {
      keys += 1 + keysWithin(each);
    }
    return keys;
  }
}
