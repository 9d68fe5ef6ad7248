package io.github.primesim.cli;

import io.github.primesim.report.Drawing;
import io.github.primesim.report.EvaluationTables.Table;
import io.github.primesim.report.OutputFolder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tables for the terminal, and a folder of the same with figures and pictures where asked for. */
final class EvaluationOutput implements AutoCloseable {
  private final Optional<OutputFolder> folder;
  private final StringBuilder text = new StringBuilder();

  /** Tables in Markdown by part, so that parts can be run again by themselves. */
  private final Map<String, StringBuilder> documents = new LinkedHashMap<>();

  private StringBuilder markdown = new StringBuilder();

  EvaluationOutput(Optional<OutputFolder> folder) {
    this.folder = folder;
  }

  EvaluationOutput section(String part, String title) {
    text.append(text.isEmpty() ? "" : "\n").append("== ").append(title).append(" ==\n");
    markdown = documents.computeIfAbsent(part, name -> new StringBuilder());
    markdown
        .append("# ")
        .append(title.substring(0, 1).toUpperCase(Locale.ROOT))
        .append(title.substring(1))
        .append('\n');
    return this;
  }

  EvaluationOutput table(Table table) {
    text.append('\n').append(table.title()).append("\n\n").append(table.text());
    markdown.append("\n## ").append(table.title()).append("\n\n").append(table.markdown());
    return this;
  }

  EvaluationOutput line(String line) {
    text.append('\n').append(line).append('\n');
    markdown.append('\n').append(line).append('\n');
    return this;
  }

  EvaluationOutput file(String name, String content) {
    folder.ifPresent(open -> open.put(name, content));
    return this;
  }

  EvaluationOutput picture(String name, Drawing drawing) {
    folder.ifPresent(open -> open.put(name + ".svg", drawing::svg));
    return this;
  }

  /** Gives the files their names. */
  String publish() {
    documents.forEach((part, content) -> file(part + ".md", content.toString()));
    folder.ifPresent(OutputFolder::publish);
    return text.toString();
  }

  @Override
  public void close() {
    folder.ifPresent(OutputFolder::close);
  }
}
