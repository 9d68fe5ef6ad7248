package io.github.primesim.report;

import io.github.primesim.validation.Validation;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results as one HTML page that needs nothing but itself: style, program, chart library and data
 * stand in it, so that it opens from a file without a network.
 *
 * <p>The page depends on the folder's content alone. Charts are drawn by Apache ECharts in the
 * browser (decision 6); every chart has its numbers below it as a table.
 */
public final class ReportPage {
  private static final String CHARTS = "/META-INF/resources/webjars/echarts/5.5.0/echarts.min.js";

  private ReportPage() {}

  /**
   * The page of a folder that {@code run --out} or {@code sweep --out} wrote.
   *
   * @throws io.github.primesim.units.InputProblem if the folder holds no results
   */
  public static String of(Path folder) {
    return of(folder, Map.of());
  }

  /**
   * The same with the memories of a sweep, whose folder names them only.
   *
   * @param memories resolved hardware files by name
   */
  public static String of(Path folder, Map<String, String> memories) {
    ObjectNode document = ResultFolder.read(folder).document();
    ArrayNode all = document.putArray("memories");
    memories.forEach(
        (name, yaml) -> {
          ArrayNode rows = all.addObject().put("name", name).putArray("parameters");
          ResultFolder.parameters(yaml).forEach(rows::add);
        });
    return page(document);
  }

  /** The page of a validation. */
  public static String of(Validation validation) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.putArray("runs");
    data.set("validation", new JsonMapper().readTree(ValidationDocument.of(validation)));
    return page(data);
  }

  private static String page(ObjectNode data) {
    // One pass over the template: what is put in is never searched for places again.
    StringBuilder page = new StringBuilder();
    for (String line : resource("page.html").split("\n", -1)) {
      switch (line.strip()) {
        case "@style@" -> page.append(resource("page.css"));
        case "@charts@" -> page.append(inScript(resource(CHARTS)));
        case "@program@" -> page.append(inScript(resource("page.js")));
        case "@data@" -> page.append(data.toString().replace("<", "\\u003c"));
        default -> page.append(line);
      }
      page.append('\n');
    }
    return page.toString().stripTrailing() + "\n";
  }

  /** A closing tag inside a string of a program would end its element. */
  private static String inScript(String program) {
    return program.replace("</script", "<\\/script");
  }

  private static String resource(String name) {
    try (InputStream file = ReportPage.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new FileNotFoundException(name);
      }
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the installation lacks a part of the report page", e);
    }
  }
}
