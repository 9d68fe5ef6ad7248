package io.github.primesim.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code primesim completion}: commands and options for a shell to complete. */
@Command(
    name = "completion",
    description = "Prints what bash and zsh need to complete commands, options and file names.",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(bin/primesim completion)",
      "  bin/primesim completion > ~/.local/share/bash-completion/completions/primesim",
    })
final class CompletionCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Spec private CommandSpec spec;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec program = spec.root();
    terminal.print(AutoComplete.bash(program.name(), program.commandLine()));
    return Primesim.DONE;
  }
}
