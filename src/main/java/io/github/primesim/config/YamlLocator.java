package io.github.primesim.config;

import tools.jackson.core.JsonPointer;

/** Where a key of a configuration tree was written, which may be in one of several merged files. */
@FunctionalInterface
public interface YamlLocator {
  /** File and line such as {@code prime-45nm.yaml:12}; the file alone where no line is known. */
  String locate(JsonPointer key);
}
