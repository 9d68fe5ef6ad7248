package io.github.primesim.claim;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that was published, with the figures it consists of.
 *
 * @param id name of its folder in {@code validation/}
 * @param title what is claimed
 * @param publication short name of the publication
 * @param reference where it stands there
 * @param grade how good the evidence is
 * @param strength what is asserted, where a figure says nothing else
 * @param figures at least one
 * @param rises names of figures whose values rise in this order
 * @param reasoning why it is compared so, and what was known before
 * @param deviation what is known not to reproduce
 */
public record Claim(
    String id,
    String title,
    String publication,
    String reference,
    Grade grade,
    Strength strength,
    List<PublishedFigure> figures,
    List<List<String>> rises,
    String reasoning,
    Optional<Deviation> deviation) {
  public Claim {
    figures = List.copyOf(figures);
    rises = rises.stream().map(List::copyOf).toList();
    Set<String> names = new HashSet<>();
    for (PublishedFigure figure : figures) {
      if (!names.add(figure.name())) {
        throw new IllegalArgumentException("the value '" + figure.name() + "' is given twice");
      }
    }
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("a claim needs values");
    }
    for (List<String> order : rises) {
      if (order.size() < 2) {
        throw new IllegalArgumentException("'rises' needs two names or more, has " + order);
      }
      order.forEach(name -> known(names, "rises", name));
    }
    if (strength == Strength.SHAPE && rises.isEmpty()) {
      throw new IllegalArgumentException("the strength shape needs 'rises'");
    }
    deviation.ifPresent(
        known -> known.frozen().keySet().forEach(name -> known(names, "deviates.frozen", name)));
  }

  private static void known(Set<String> names, String key, String name) {
    if (!names.contains(name)) {
      throw new IllegalArgumentException("'" + key + "' names '" + name + "', which is no value");
    }
  }

  /** The same with nothing known to deviate, for figures that are computed on something else. */
  public Claim withoutDeviation() {
    return new Claim(
        id,
        title,
        publication,
        reference,
        grade,
        strength,
        figures,
        rises,
        reasoning,
        Optional.empty());
  }

  /** The figure of that name, which must be one of the claim. */
  public PublishedFigure figure(String name) {
    return figures.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }
}
