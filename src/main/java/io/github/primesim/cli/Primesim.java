package io.github.primesim.cli;

import io.github.primesim.experiment.Version;
import io.github.primesim.units.InputProblem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The program: finds the command, runs it, and turns what happens into an exit code.
 *
 * <p>0: done. 2: the user gave something that cannot be used; standard error says in one line what,
 * where, and what is allowed. 1: the program itself is at fault.
 */
@Command(
    name = "primesim",
    description = "Simulates neural networks on PRIME, a ReRAM main memory that computes.",
    subcommandsRepeatable = false,
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  primesim run                                     LeNet-5, sparse against dense",
      "  primesim run --network vgg-d                     one network on the default hardware",
      "  primesim run --network lenet5-mnist --crossbar 32x32 --compare dense --json",
      "  primesim compile --network mlp-s --out mlp-s.trace",
      "  primesim replay mlp-s.trace",
      "  primesim prune --scheme segment --target 0.95 --crossbar 32x32 --out thin",
      "  primesim sweep sizes.yaml --out sizes            all points of a sweep file, on all cores",
      "  primesim report results                          what run --out wrote, as one HTML page",
      "  primesim validate                                published figures with ours beside them",
      "  primesim list hardware",
      "",
      "Exit codes: 0 done, 2 unusable input (one line on standard error), 1 internal fault.",
    })
public final class Primesim implements Runnable {
  static final int DONE = 0;
  static final int FAULT = 1;
  static final int BAD_INPUT = 2;

  /** Columns of help where nobody says how many there are. */
  private static final int HELP_COLUMNS = 100;

  /** The fewest that picocli can do with. */
  private static final int LEAST_HELP_COLUMNS = 55;

  @Spec private CommandSpec spec;

  /** Entry point of the jar. */
  public static void main(String[] args) {
    System.exit(execute(Terminal.ofProcess(), args));
  }

  /** Runs one command line and returns its exit code. */
  static int execute(Terminal terminal, String... args) {
    try {
      return commandLine(terminal, args.length == 0 ? "" : args[0]).execute(args);
    } catch (Throwable fault) {
      return report(terminal, fault);
    }
  }

  /** The program with all its commands. */
  static CommandLine commandLine(Terminal terminal) {
    return commandLine(terminal, "");
  }

  /**
   * The program for arguments that begin with {@code first}. Describing a command takes its time,
   * so where that is the name of one, the others are left out.
   */
  private static CommandLine commandLine(Terminal terminal, String first) {
    List<Object> commands =
        List.of(
            new RunCommand(terminal),
            new CompileCommand(terminal),
            new ReplayCommand(terminal),
            new AccuracyCommand(terminal),
            new PruneCommand(terminal),
            new ReductionsCommand(terminal),
            new EvaluateCommand(terminal),
            new ValidateCommand(terminal),
            new SweepCommand(terminal),
            new ReportCommand(terminal),
            new ListCommand(terminal),
            new CompletionCommand(terminal),
            new CalibrateCommand(terminal));
    List<Object> named = commands.stream().filter(each -> isNamed(each, first)).toList();
    CommandLine line = new CommandLine(new Primesim());
    for (Object command : named.isEmpty() ? commands : named) {
      line.addSubcommand(command);
    }
    line.setExpandAtFiles(false);
    List<CommandLine> all = new ArrayList<>(line.getSubcommands().values());
    all.add(line);
    for (CommandLine each : all) {
      each.getCommandSpec().mixinStandardHelpOptions(true).versionProvider(new VersionText());
      each.setUsageHelpWidth(Math.max(LEAST_HELP_COLUMNS, terminal.columns().orElse(HELP_COLUMNS)));
      // Would start a process to ask for what the launcher has asked for.
      each.setUsageHelpAutoWidth(false);
    }
    line.setParameterExceptionHandler(new BadArguments(terminal));
    line.setExecutionExceptionHandler(new Problems(terminal));
    line.setExecutionStrategy(new Execution(terminal));
    return line;
  }

  // Records and loops where lambdas would do: a lambda links picocli's class when the archive of
  // classes is made, and a class of a format as old as picocli's is left out of it once it is
  // linked.

  private record BadArguments(Terminal terminal) implements CommandLine.IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException problem, String[] args) {
      terminal.err().println("primesim: " + oneLine(complaint(problem)));
      return BAD_INPUT;
    }
  }

  private record Problems(Terminal terminal) implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
        Exception problem, CommandLine failed, CommandLine.ParseResult parsed) {
      return report(terminal, problem);
    }
  }

  /**
   * Help is a result like any other: same stream, same encoding, same behaviour on a closed pipe.
   */
  private record Execution(Terminal terminal) implements CommandLine.IExecutionStrategy {
    @Override
    public int execute(CommandLine.ParseResult parsed) {
      StringWriter text = new StringWriter();
      PrintWriter out = new PrintWriter(text);
      for (CommandLine each : parsed.asCommandLineList()) {
        each.setOut(out);
      }
      Integer help = CommandLine.executeHelpRequest(parsed);
      if (help == null) {
        return new CommandLine.RunLast().execute(parsed);
      }
      out.flush();
      terminal.print(text.toString());
      return help;
    }
  }

  /** Completion speaks of all commands. */
  private static boolean isNamed(Object command, String name) {
    return !(command instanceof CompletionCommand)
        && command.getClass().getSimpleName().toLowerCase(Locale.ROOT).equals(name + "command");
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing, allowed: " + commands(spec) + " (primesim --help tells more)");
  }

  private static int report(Terminal terminal, Throwable problem) {
    if (System.getenv("PRIMESIM_DEBUG") != null) {
      problem.printStackTrace(terminal.err());
    }
    if (problem instanceof InputProblem) {
      terminal.err().println("primesim: " + oneLine(problem.getMessage()));
      return BAD_INPUT;
    }
    String what =
        problem.getMessage() == null
            ? problem.getClass().getSimpleName()
            : problem.getClass().getSimpleName() + ": " + problem.getMessage();
    terminal.err().println("primesim: internal fault: " + oneLine(what));
    return FAULT;
  }

  /** What is wrong with the arguments, always with what is allowed instead. */
  private static String complaint(ParameterException problem) {
    CommandSpec command = problem.getCommandLine().getCommandSpec();
    if (problem instanceof UnmatchedArgumentException unmatched) {
      String found = unmatched.getUnmatched().get(0);
      if (found.startsWith("-")) {
        return "unknown option '"
            + found
            + "' of '"
            + command.qualifiedName()
            + "', allowed: "
            + String.join(", ", new TreeSet<>(command.optionsMap().keySet()));
      }
      return command.subcommands().isEmpty()
          ? "unexpected argument '"
              + found
              + "' of '"
              + command.qualifiedName()
              + "', allowed: "
              + (command.positionalParameters().isEmpty() ? "options only" : "one argument")
          : "unknown command '" + found + "', allowed: " + commands(command);
    }
    return problem.getMessage();
  }

  private static String commands(CommandSpec program) {
    return program.subcommands().entrySet().stream()
        .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  private static String oneLine(String text) {
    // A name in a file can hold what would steer the terminal.
    return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?").strip();
  }

  /** The text of {@code --version}. */
  static final class VersionText implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"primesim " + Version.current()};
    }
  }
}
