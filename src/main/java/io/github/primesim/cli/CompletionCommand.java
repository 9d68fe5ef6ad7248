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
  /**
   * For bash the parts of {@code --mapping=dense} are words, for the generated functions the option
   * and its value are.
   */
  private static final String VALUES =
      """
        if [ -n "${BASH_VERSION}" ]; then
          local -a words=()
          local i
          for i in "${!COMP_WORDS[@]}"; do
            if [ "${COMP_WORDS[i]}" != "=" ]; then
              words+=("${COMP_WORDS[i]}")
            elif [ "$i" -eq "${COMP_CWORD}" ]; then
              words+=("")
            fi
            if [ "$i" -eq "${COMP_CWORD}" ]; then
              local cword=$((${#words[@]} - 1))
            fi
          done
          local -a COMP_WORDS=("${words[@]}")
          local COMP_CWORD=$cword
        fi

      """;

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    CommandSpec program = spec.root();
    terminal.print(adapted(AutoComplete.bash(program.name(), program.commandLine())));
    return Primesim.DONE;
  }

  /**
   * The generated functions switch file names off and offer them again where an option takes a
   * path; they do not see one that need not be given, nor that a name may be a file instead. So
   * file names stay on, for all that nothing else completes.
   */
  private static String adapted(String script) {
    return script
        .replace("  type compopt &>/dev/null && compopt +o default\n", "")
        .replace("function _complete_primesim() {\n", "function _complete_primesim() {\n" + VALUES);
  }
}
