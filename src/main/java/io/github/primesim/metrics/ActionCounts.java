package io.github.primesim.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How often each {@link Action} happened: exact integers, priced later.
 *
 * <p>Immutable; a {@link Builder} adds up. Sums that do not fit a {@code long} are an {@link
 * ArithmeticException}, never a wrong number.
 */
public final class ActionCounts {
  /** Nothing of any kind. */
  public static final ActionCounts NONE = new Builder().build();

  /** Without zeros. */
  private final Map<Action, Long> amounts;

  private ActionCounts(Map<Action, Long> amounts) {
    this.amounts = amounts;
  }

  /** The actions given, 0 of every other kind. */
  public static ActionCounts of(Map<Action, Long> amounts) {
    return new Builder().add(amounts).build();
  }

  /** Actions of one kind. */
  public long get(Action kind) {
    return amounts.getOrDefault(kind, 0L);
  }

  /** Sum over all kinds. */
  public long total() {
    return amounts.values().stream().reduce(0L, Math::addExact);
  }

  /** The sum of both, kind by kind. */
  public ActionCounts plus(ActionCounts other) {
    return new Builder().add(this).add(other).build();
  }

  /** The kinds that occur, in the order of their declaration. */
  public Map<Action, Long> asMap() {
    return amounts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActionCounts counts && amounts.equals(counts.amounts);
  }

  @Override
  public int hashCode() {
    return amounts.hashCode();
  }

  @Override
  public String toString() {
    return amounts.toString();
  }

  /** Adds up actions. */
  public static final class Builder {
    private final EnumMap<Action, Long> amounts = new EnumMap<>(Action.class);

    /** Adds {@code amount} of one kind, not negative. */
    public Builder add(Action kind, long amount) {
      if (amount < 0) {
        throw new IllegalArgumentException(kind + " cannot be counted " + amount + " times");
      }
      if (amount != 0) {
        amounts.merge(kind, amount, Math::addExact);
      }
      return this;
    }

    /** Adds {@code more}, kind by kind. */
    public Builder add(Map<Action, Long> more) {
      more.forEach(this::add);
      return this;
    }

    /** Adds {@code counts}, kind by kind. */
    public Builder add(ActionCounts counts) {
      return add(counts.amounts);
    }

    /** What has been added so far. */
    public ActionCounts build() {
      return new ActionCounts(Collections.unmodifiableMap(new EnumMap<>(amounts)));
    }
  }
}
