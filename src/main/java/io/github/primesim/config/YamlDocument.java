package io.github.primesim.config;

import io.github.primesim.units.InputProblem;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One YAML file as a tree that remembers on which line each key stands.
 *
 * <p>Made by {@link StrictYaml#read}; it holds no null, no non-finite number and no duplicate key.
 */
public final class YamlDocument implements YamlLocator {
  private final String file;
  private final ObjectNode root;
  private final KeyLines lines;

  YamlDocument(String file, ObjectNode root, KeyLines lines) {
    this.file = file;
    this.root = root;
    this.lines = lines;
  }

  /** The file as the user named it. */
  public String file() {
    return file;
  }

  /** The tree itself, not a copy, and never to be changed: lines are found by its order. */
  public ObjectNode root() {
    return root;
  }

  /** File and 1-based line of {@code key}, or of its nearest ancestor that is in the file. */
  @Override
  public String locate(JsonPointer key) {
    for (JsonPointer at = key; at != null; at = at.head()) {
      int line = lines.of(root, at);
      if (line > 0) {
        return file + ":" + line;
      }
    }
    return file;
  }

  /**
   * Converts the whole document to a record.
   *
   * @throws InputProblem as {@link StrictYaml#convert}
   */
  public <T> T as(Class<T> type) {
    return StrictYaml.convert(root, type, this);
  }

  /**
   * Converts the part of the document under {@code key}; problems are reported at their place in
   * the whole document.
   *
   * @throws InputProblem as {@link StrictYaml#convert}
   */
  public <T> T as(JsonPointer key, Class<T> type) {
    return StrictYaml.convert(root, key, type, this);
  }

  /** The node at {@code key}, if the document has one. */
  public Optional<JsonNode> find(JsonPointer key) {
    JsonNode node = root.at(key);
    return node.isMissingNode() ? Optional.empty() : Optional.of(node);
  }

  /**
   * The refusal of the value at {@code key}, for the caller to throw.
   *
   * @param complaint what is wrong and what is allowed, for example {@code must be at least 1}
   */
  public InputProblem problem(JsonPointer key, String complaint) {
    return StrictYaml.problem(root, key, complaint, this);
  }
}
