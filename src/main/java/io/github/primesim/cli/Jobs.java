package io.github.primesim.cli;

import io.github.primesim.units.WholeNumber;
import java.util.Optional;

/** The value of {@code --jobs}: how much a command does at the same time. */
final class Jobs {
  private static final int MOST = 1024;

  private Jobs() {}

  /** As many as are asked for, or as the machine has cores. */
  static int of(Optional<String> asked) {
    return asked.isPresent()
        ? WholeNumber.of("--jobs", asked.get(), 1, MOST)
        : Math.min(MOST, Runtime.getRuntime().availableProcessors());
  }
}
