package io.github.primesim.config;

import io.github.primesim.mapping.Mappings;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;

/**
 * The file of a publication's evaluation, {@code primesim.evaluation/1}: what it compared, and
 * which networks of ours stand for its own.
 *
 * @param schema the format
 * @param reference the publication
 * @param hardware bundled name or YAML file
 * @param undivided wordlines and bitlines of the crossbars that gains are also held against
 * @param crossbar wordlines and bitlines of the crossbars that networks are compared on
 * @param sizes wordlines and bitlines of the crossbars that are swept
 * @param sparsities shares of zero weights that are swept
 * @param swept titles of the networks that sizes and sparsities are swept on
 * @param cleared share of the crossbars that crossbar pruning clears
 * @param schemes mapping schemes, that of the publication first
 * @param networks its networks
 * @param headlines figures whose sensitivity is asked for
 */
public record EvaluationFile(
    String schema,
    String reference,
    String hardware,
    int undivided,
    int crossbar,
    List<Integer> sizes,
    List<Double> sparsities,
    List<String> swept,
    double cleared,
    List<String> schemes,
    List<PublishedNetwork> networks,
    HeadlineKeys headlines) {
  private static final String SCHEMA = "primesim.evaluation/1";
  private static final String FILE = "lin-aspdac2019.yaml";
  private static final int LARGEST = 4096;

  /**
   * A network of the publication.
   *
   * @param title its name there
   * @param data its data set there
   * @param sparsity share of zero weights there
   * @param dense accuracy before pruning there, from 0 to 1
   * @param pruned accuracy after ordinary pruning there
   * @param crossbars accuracy after crossbar pruning there
   * @param ours names of networks that may stand for it; those that are not bundled are passed over
   */
  public record PublishedNetwork(
      String title,
      String data,
      double sparsity,
      Optional<Double> dense,
      Optional<Double> pruned,
      Optional<Double> crossbars,
      List<String> ours) {}

  /**
   * Figures whose sensitivity is asked for.
   *
   * @param dense network whose energy and throughput on undivided crossbars are asked for
   * @param sparse networks whose gains of a scheme over dense are asked for
   * @param scheme that scheme
   */
  public record HeadlineKeys(String dense, List<String> sparse, String scheme) {}

  /**
   * Reads the bundled file.
   *
   * @param installation folder that holds {@code validation/}
   * @throws InputProblem if it is missing or unusable
   */
  public static EvaluationFile load(Path installation) {
    return read(installation.resolve("validation").resolve(FILE));
  }

  static EvaluationFile read(Path file) {
    YamlDocument yaml = StrictYaml.read(file);
    EvaluationFile read = yaml.as(EvaluationFile.class);
    if (!read.schema().equals(SCHEMA)) {
      throw yaml.problem(JsonPointer.compile("/schema"), "allowed: " + SCHEMA);
    }
    checkSize(yaml, "/undivided", read.undivided());
    checkSize(yaml, "/crossbar", read.crossbar());
    for (int i = 0; i < read.sizes().size(); i++) {
      checkSize(yaml, "/sizes/" + i, read.sizes().get(i));
    }
    for (int i = 0; i < read.sparsities().size(); i++) {
      checkShare(yaml, "/sparsities/" + i, read.sparsities().get(i));
    }
    checkShare(yaml, "/cleared", read.cleared());
    for (int i = 0; i < read.schemes().size(); i++) {
      checkScheme(yaml, "/schemes/" + i, read.schemes().get(i));
    }
    checkScheme(yaml, "/headlines/scheme", read.headlines().scheme());
    for (int i = 0; i < read.networks().size(); i++) {
      checkShare(yaml, "/networks/" + i + "/sparsity", read.networks().get(i).sparsity());
    }
    List<String> titles = read.networks().stream().map(PublishedNetwork::title).toList();
    for (int i = 0; i < read.swept().size(); i++) {
      if (!titles.contains(read.swept().get(i))) {
        throw yaml.problem(
            JsonPointer.compile("/swept/" + i), "allowed: " + String.join(", ", titles));
      }
    }
    if (read.schemes().isEmpty() || read.networks().isEmpty() || read.sizes().isEmpty()) {
      throw new InputProblem(file + ": schemes, networks and sizes need one entry at least");
    }
    return read;
  }

  private static void checkSize(YamlDocument yaml, String key, int size) {
    if (size < 1 || size > LARGEST) {
      throw yaml.problem(JsonPointer.compile(key), "allowed: a whole number from 1 to " + LARGEST);
    }
  }

  private static void checkShare(YamlDocument yaml, String key, double share) {
    if (!(share > 0 && share < 1)) {
      throw yaml.problem(JsonPointer.compile(key), "allowed: above 0 and below 1");
    }
  }

  private static void checkScheme(YamlDocument yaml, String key, String scheme) {
    if (!Mappings.names().contains(scheme)) {
      throw yaml.problem(
          JsonPointer.compile(key), "allowed: " + String.join(", ", Mappings.names()));
    }
  }
}
