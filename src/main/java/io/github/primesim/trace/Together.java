package io.github.primesim.trace;

import java.util.List;

/**
 * Commands that start together; the step is over when the last one is. At least two, for different
 * units or queued at the same one in the order given.
 */
public record Together(List<Command> commands) implements Step {
  public Together {
    if (commands.size() < 2) {
      throw new IllegalArgumentException(
          "together needs at least 2 commands, has " + commands.size());
    }
    commands = List.copyOf(commands);
  }
}
