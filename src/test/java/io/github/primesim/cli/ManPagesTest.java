package io.github.primesim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.experiment.Version;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.codegen.docgen.manpage.ManPageGenerator;

/**
 * Help and manual pages of every command. The pages are left as AsciiDoc in {@code
 * target/man/asciidoc}, from which {@code mvn -Pman package} makes {@code target/man}.
 */
class ManPagesTest {
  private static final Path PAGES = Path.of("target/man/asciidoc");

  private static CommandLine program() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return Primesim.commandLine(
        new Terminal(
            OutputStream.nullOutputStream(),
            nowhere,
            false,
            false,
            OptionalInt.empty(),
            false,
            Path.of("")));
  }

  static Stream<String> commands() {
    return program().getSubcommands().entrySet().stream()
        .filter(each -> !each.getValue().getCommandSpec().usageMessage().hidden())
        .map(Map.Entry::getKey);
  }

  @Test
  void everyCommandAndOptionStandsInAManualPage() throws IOException {
    CommandSpec program = program().getCommandSpec();
    List<CommandSpec> specs = new ArrayList<>(List.of(program));
    commands().forEach(name -> specs.add(program.subcommands().get(name).getCommandSpec()));

    int exit =
        ManPageGenerator.generateManPage(
            PAGES.toFile(), null, new boolean[0], true, specs.toArray(new CommandSpec[0]));

    assertThat(exit).isZero();
    for (CommandSpec spec : specs) {
      String page = Files.readString(PAGES.resolve(spec.qualifiedName("-") + ".adoc"));
      assertThat(page).contains("== Synopsis", "== Description", "primesim " + version());
      for (OptionSpec option : spec.options()) {
        assertThat(page).as(spec.name()).contains(option.longestName());
        // AsciiDoc takes brackets behind a name for a macro, and leaves the option out.
        assertThat(option.paramLabel()).as(option.longestName()).doesNotContain("[");
        assertThat(option.splitRegex().isEmpty() || option.hideParamSyntax())
            .as(option.longestName() + " has no brackets for further values")
            .isTrue();
      }
      for (CommandLine command : spec.subcommands().values()) {
        boolean hidden = command.getCommandSpec().usageMessage().hidden();
        assertThat(page.contains(command.getCommandName())).isEqualTo(!hidden);
      }
    }
  }

  private static String version() {
    return Version.current();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpHasExamplesThatTheCommandUnderstands(String name) {
    CommandRun help = CommandRun.of(name, "--help");
    assertThat(help.exit()).isZero();
    assertThat(help.out()).contains("Usage: primesim " + name, "Examples:", "--help", "--version");
    List<String> examples =
        Stream.of(program().getSubcommands().get(name).getCommandSpec().usageMessage().footer())
            .map(String::strip)
            .filter(line -> line.startsWith("primesim "))
            .toList();
    assertThat(examples.isEmpty()).isEqualTo(name.equals("completion"));
    for (String example : examples) {
      // What stands behind two blanks explains the line.
      String[] words = example.replaceAll("\\s{2,}.*", "").split(" ", -1);
      List<String> arguments = List.of(words).subList(1, words.length);
      program().parseArgs(arguments.toArray(new String[0]));
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTellsItsVersion(String name) {
    CommandRun run = CommandRun.of(name, "--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).isEqualTo("primesim " + version() + "\n");
  }
}
