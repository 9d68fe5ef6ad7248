package io.github.primesim.experiment.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a sweep consists of. Points are made when they are asked for.
 *
 * @param name of the sweep
 * @param description a line on what it is for; may be empty
 * @param sections its parts, the one that changes slowest first
 * @param iso what must not differ between points
 */
public record SweepPlan(String name, String description, List<Section> sections, Iso iso) {
  /** Most points of a sweep: each has a file of its own in one folder. */
  public static final int MOST_POINTS = 1_000_000;

  public SweepPlan {
    sections = List.copyOf(sections);
    long points = points(sections);
    if (points > MOST_POINTS) {
      throw new IllegalArgumentException(
          "describes "
              + (points == Long.MAX_VALUE ? "more than 9 * 10^18" : points)
              + " points, allowed: at most "
              + MOST_POINTS);
    }
  }

  private static long points(List<Section> sections) {
    return sections.stream().mapToLong(Section::points).reduce(1, SweepPlan::saturatedProduct);
  }

  static long saturatedProduct(long a, long b) {
    return b != 0 && a > Long.MAX_VALUE / b ? Long.MAX_VALUE : a * b;
  }

  /** How many points there are. */
  public int size() {
    return (int) points(sections);
  }

  /** All keys the sweep speaks of, in the order of the file; those of {@link #iso} alone last. */
  public List<String> keys() {
    return Stream.of(
            sections.stream().flatMap(section -> section.keys().stream()),
            iso.equal().stream().filter(key -> !key.equals(Iso.CELLS)),
            iso.per().stream())
        .flatMap(keys -> keys)
        .distinct()
        .toList();
  }

  /**
   * The keys that are told of each point, in the order of the file: those that describe points, and
   * those that say which points are compared.
   */
  public List<String> told() {
    return Stream.concat(
            sections.stream().flatMap(section -> section.keys().stream()), iso.per().stream())
        .distinct()
        .toList();
  }

  /** Whether every point says something of the key. */
  public boolean always(String key) {
    return sections.stream().anyMatch(section -> section.always(key));
  }

  /** The keys that have more than one value, in the order of the file. */
  public List<String> varying() {
    return sections.stream().flatMap(section -> section.varying().stream()).toList();
  }

  /** The point of that number. */
  public SweepPoint point(int index) {
    long rest = index;
    long[] at = new long[sections.size()];
    for (int section = at.length - 1; section >= 0; section--) {
      at[section] = rest % sections.get(section).points();
      rest /= sections.get(section).points();
    }
    Map<String, String> values = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      Section section = sections.get(i);
      Map<String, String> own = section.values(at[i]);
      values.putAll(own);
      Optional<String> title = section.title(at[i]);
      title.ifPresent(words::add);
      if (title.isEmpty() || section instanceof Draws) {
        List<String> varying = section.varying();
        own.forEach(
            (key, value) -> {
              if (varying.contains(key)) {
                words.add(shortName(key) + "=" + quoted(value));
              }
            });
      }
    }
    return new SweepPoint(index, words.isEmpty() ? name : String.join(" ", words), values);
  }

  /** The key without its section where no other key that varies ends the same. */
  private String shortName(String key) {
    String last = key.substring(key.lastIndexOf('.') + 1);
    boolean alone =
        varying().stream()
            .filter(each -> !each.equals(key))
            .noneMatch(each -> each.equals(last) || each.endsWith("." + last));
    return alone ? last : key;
  }

  /** Values with blanks are quoted, so that names of different points are never the same. */
  private static String quoted(String value) {
    return value.matches("[^\\s\"=]+") ? value : "\"" + value.replace("\"", "\"\"") + "\"";
  }
}
