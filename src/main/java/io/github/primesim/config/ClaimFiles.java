package io.github.primesim.config;

import io.github.primesim.claim.Claim;
import io.github.primesim.claim.Deviation;
import io.github.primesim.claim.Grade;
import io.github.primesim.claim.PublishedFigure;
import io.github.primesim.claim.PublishedRange;
import io.github.primesim.claim.Strength;
import io.github.primesim.claim.Tolerance;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/** Published claims, one folder each with a {@code claim.yaml} ({@code primesim.claim/1}). */
public final class ClaimFiles {
  private static final String FOLDER = "validation";
  private static final String NAME = "claim.yaml";
  private static final String SCHEMA = "primesim.claim/1";
  private static final JsonPointer ROOT = JsonPointer.empty();
  private static final JsonPointer VALUES = ROOT.appendProperty("values");

  private ClaimFiles() {}

  /**
   * All claims of an installation, sorted by name.
   *
   * @param installation folder that holds {@code validation/}
   * @throws InputProblem naming file, line, key, value and what is allowed
   */
  public static List<Claim> all(Path installation) {
    Path folder = installation.resolve(FOLDER);
    try (Stream<Path> folders = Files.list(folder)) {
      return folders.filter(Files::isDirectory).sorted().map(ClaimFiles::read).toList();
    } catch (IOException e) {
      throw new InputProblem(folder + ": cannot be listed, the claims belong there", e);
    }
  }

  private static Claim read(Path folder) {
    YamlDocument yaml = StrictYaml.read(folder.resolve(NAME));
    Document claim = yaml.as(Document.class);
    same(yaml, "schema", claim.schema(), SCHEMA);
    same(yaml, "id", claim.id(), folder.getFileName().toString());
    Map<String, String> shared = texts(yaml, ROOT.appendProperty("inputs"), claim.inputs());
    List<PublishedFigure> figures = new ArrayList<>();
    for (int i = 0; i < claim.values().size(); i++) {
      figures.add(figure(yaml, claim, shared, i));
    }
    try {
      return new Claim(
          claim.id(),
          claim.title(),
          claim.publication(),
          claim.reference(),
          grade(yaml, claim.grade()),
          claim.strength(),
          figures,
          claim.rises().orElse(List.of()),
          claim.reasoning(),
          claim.deviates().map(known -> new Deviation(known.reason().strip(), known.frozen())));
    } catch (IllegalArgumentException e) {
      throw new InputProblem(yaml.file() + ": " + e.getMessage(), e);
    }
  }

  private static void same(YamlDocument yaml, String key, String found, String allowed) {
    if (!found.equals(allowed)) {
      throw yaml.problem(ROOT.appendProperty(key), "allowed: " + allowed);
    }
  }

  private static Grade grade(YamlDocument yaml, String letter) {
    return Arrays.stream(Grade.values())
        .filter(grade -> grade.name().equals(letter))
        .findFirst()
        .orElseThrow(() -> yaml.problem(ROOT.appendProperty("grade"), "allowed: A, B, C, D"));
  }

  private static PublishedFigure figure(
      YamlDocument yaml, Document claim, Map<String, String> shared, int index) {
    JsonPointer at = VALUES.appendIndex(index);
    Value value = claim.values().get(index);
    Strength strength = value.strength().orElse(claim.strength());
    Map<String, String> inputs = new LinkedHashMap<>(shared);
    value.of().ifPresent(own -> inputs.putAll(texts(yaml, at.appendProperty("of"), own)));
    try {
      return new PublishedFigure(
          value.name(),
          published(value),
          value.unit().orElse(""),
          value.figure(),
          inputs,
          strength,
          tolerance(value.tolerance().or(claim::tolerance), strength));
    } catch (IllegalArgumentException e) {
      throw yaml.problem(at, e.getMessage());
    }
  }

  private static Optional<PublishedRange> published(Value value) {
    if (value.expected().isEmpty()) {
      if (value.to().isPresent()) {
        throw new IllegalArgumentException("has 'to' but no 'expected', where the range begins");
      }
      return Optional.empty();
    }
    double from = value.expected().getAsDouble();
    return Optional.of(new PublishedRange(from, value.to().orElse(from)));
  }

  private static Tolerance tolerance(Optional<Limits> limits, Strength strength) {
    if (limits.isEmpty()) {
      return strength == Strength.EXACT
          ? new Tolerance.Equal()
          : new Tolerance.Factor(Tolerance.DEFAULT_FACTOR);
    }
    Limits given = limits.get();
    List<Tolerance> stated = new ArrayList<>();
    given.factor().ifPresent(factor -> stated.add(new Tolerance.Factor(factor)));
    given.absolute().ifPresent(difference -> stated.add(new Tolerance.Absolute(difference)));
    given.decimals().ifPresent(decimals -> stated.add(new Tolerance.Decimals(decimals)));
    given.atMost().filter(each -> each).ifPresent(each -> stated.add(new Tolerance.AtMost()));
    if (stated.size() != 1) {
      throw new IllegalArgumentException(
          "has a tolerance of "
              + stated.size()
              + " kinds, allowed: one of factor, absolute,"
              + " decimals, atMost: true");
    }
    return stated.get(0);
  }

  /** Numbers and truth values are as good as words here: who reads an input knows what it is. */
  private static Map<String, String> texts(
      YamlDocument yaml, JsonPointer at, Map<String, JsonNode> inputs) {
    Map<String, String> texts = new LinkedHashMap<>();
    inputs.forEach(
        (key, node) -> {
          if (node.isContainer()) {
            throw yaml.problem(at.appendProperty(key), "allowed: a word or a number");
          }
          texts.put(key, node.asString());
        });
    return texts;
  }

  /** The keys of the file. */
  private record Document(
      String schema,
      String id,
      String title,
      String publication,
      String reference,
      String grade,
      Strength strength,
      Optional<Limits> tolerance,
      Map<String, JsonNode> inputs,
      List<Value> values,
      Optional<List<List<String>>> rises,
      String reasoning,
      Optional<Known> deviates) {}

  private record Value(
      String name,
      OptionalDouble expected,
      OptionalDouble to,
      Optional<String> unit,
      Optional<String> figure,
      Optional<Map<String, JsonNode>> of,
      Optional<Strength> strength,
      Optional<Limits> tolerance) {}

  private record Limits(
      OptionalDouble factor,
      OptionalDouble absolute,
      OptionalInt decimals,
      Optional<Boolean> atMost) {}

  private record Known(String reason, Map<String, Double> frozen) {}
}
