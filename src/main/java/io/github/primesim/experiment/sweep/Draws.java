package io.github.primesim.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Values drawn at random. A draw depends on the seed, on its number and on the keys up to its own,
 * so more draws or further keys leave those there are as they are.
 *
 * @param count how many draws
 * @param seed of all of them
 * @param choices what each key is drawn from
 */
public record Draws(long count, long seed, Map<String, Choice> choices) implements Section {
  private static final long DRAW_STEP = 0xA24B_AED4_963E_E407L;

  /** What a value is drawn from. */
  public sealed interface Choice permits AnyOf, Between {}

  /** One of a list, all equally likely. */
  public record AnyOf(List<String> values) implements Choice {
    public AnyOf {
      values = List.copyOf(values);
    }
  }

  /**
   * A number between two, all equally likely, or all of its logarithms.
   *
   * @param from the least
   * @param to the largest
   * @param logarithmic whether the logarithm is drawn evenly
   */
  public record Between(double from, double to, boolean logarithmic) implements Choice {}

  public Draws {
    choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
  }

  @Override
  public List<String> keys() {
    return List.copyOf(choices.keySet());
  }

  @Override
  public List<String> varying() {
    return keys();
  }

  @Override
  public long points() {
    return count;
  }

  @Override
  public Optional<String> title(long index) {
    // Two draws may come to the same values.
    return Optional.of("draw=" + index);
  }

  @Override
  public Map<String, String> values(long index) {
    // Neighbouring seeds give related numbers, so the generator is seeded by another one.
    SplittableRandom random =
        new SplittableRandom(new SplittableRandom(seed + index * DRAW_STEP).nextLong());
    Map<String, String> values = new LinkedHashMap<>();
    choices.forEach((key, choice) -> values.put(key, draw(choice, random)));
    return values;
  }

  private static String draw(Choice choice, SplittableRandom random) {
    if (choice instanceof AnyOf list) {
      return list.values().get(random.nextInt(list.values().size()));
    }
    Between range = (Between) choice;
    return Spacing.between(range.from(), range.to(), random.nextDouble(), range.logarithmic());
  }
}
