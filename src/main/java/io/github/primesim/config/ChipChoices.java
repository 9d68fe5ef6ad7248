package io.github.primesim.config;

import io.github.primesim.experiment.AccuracyKey;
import io.github.primesim.experiment.ChipSample;
import io.github.primesim.units.InputProblem;
import io.github.primesim.units.WholeNumber;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Chips as they were asked for, by options or by keys of a sweep. */
public final class ChipChoices {
  /** Chips where nothing is said of how many. */
  public static final String DEFAULT_CHIPS = "5";

  private static final int MOST_CHIPS = 10_000;
  private static final int MOST_OHM = 1_000_000;

  private final Map<AccuracyKey, String> chosen;
  private final Function<AccuracyKey, String> names;

  private ChipChoices(Map<AccuracyKey, String> chosen, Function<AccuracyKey, String> names) {
    this.chosen = new EnumMap<>(AccuracyKey.class);
    this.chosen.putAll(chosen);
    this.names = names;
  }

  /** What options say: {@code cellSpread} is {@code --cell-spread}. */
  public static ChipChoices ofOptions(Map<AccuracyKey, String> chosen) {
    return new ChipChoices(
        chosen, key -> "--" + key.key().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
  }

  /** What a point of a sweep says. */
  static ChipChoices ofPoint(Map<String, String> values) {
    Map<AccuracyKey, String> chosen = new EnumMap<>(AccuracyKey.class);
    for (AccuracyKey key : AccuracyKey.values()) {
      if (key.ofChips() && values.containsKey(key.key())) {
        chosen.put(key, values.get(key.key()));
      }
    }
    return new ChipChoices(chosen, AccuracyKey::key);
  }

  /**
   * The chips that are asked for.
   *
   * @throws InputProblem if a value is none, or there is nothing by which chips would differ
   */
  public Optional<ChipSample> sample() {
    if (chosen.isEmpty()) {
      return Optional.empty();
    }
    boolean differ = chosen.keySet().stream().anyMatch(AccuracyKey::differs);
    if (!differ && chosen.containsKey(AccuracyKey.CHIPS)) {
      throw new InputProblem(
          names.apply(AccuracyKey.CHIPS)
              + " "
              + chosen.get(AccuracyKey.CHIPS)
              + ": chips do not differ, allowed: with one of "
              + Arrays.stream(AccuracyKey.values())
                  .filter(AccuracyKey::differs)
                  .map(names)
                  .collect(Collectors.joining(", ")));
    }
    double off = value(AccuracyKey.STUCK_OFF);
    double on = value(AccuracyKey.STUCK_ON);
    if (off + on > 1) {
      throw new InputProblem(
          names.apply(AccuracyKey.STUCK_ON)
              + " '"
              + chosen.get(AccuracyKey.STUCK_ON)
              + "': allowed: at most 1 with "
              + names.apply(AccuracyKey.STUCK_OFF)
              + " "
              + off);
    }
    return Optional.of(
        new ChipSample(
            value(AccuracyKey.SPREAD),
            off,
            on,
            value(AccuracyKey.READ_NOISE),
            value(AccuracyKey.WIRE_RESISTANCE),
            differ ? (int) value(AccuracyKey.CHIPS) : 1));
  }

  private double value(AccuracyKey key) {
    String text = chosen.get(key);
    if (key == AccuracyKey.CHIPS) {
      return WholeNumber.of(names.apply(key), text == null ? DEFAULT_CHIPS : text, 1, MOST_CHIPS);
    }
    return text == null ? 0 : number(key, text, key == AccuracyKey.WIRE_RESISTANCE ? MOST_OHM : 1);
  }

  private double number(AccuracyKey key, String text, int most) {
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a number out of range is.
    }
    throw new InputProblem(
        names.apply(key) + " '" + text + "': allowed: a number from 0 to " + most);
  }

  /** Refuses a value that no chip can have. */
  void check() {
    for (AccuracyKey key : chosen.keySet()) {
      value(key);
    }
  }
}
