package io.github.primesim.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * How many cycles were spent waiting, by {@linkplain Stall cause}, added up over all that waited.
 *
 * <p>Immutable; a {@link Builder} adds up. Sums that do not fit a {@code long} are an {@link
 * ArithmeticException}, never a wrong number.
 */
public final class StallCounts {
  /** Nothing of any kind. */
  public static final StallCounts NONE = new Builder().build();

  /** Without zeros. */
  private final Map<Stall, Long> amounts;

  private StallCounts(Map<Stall, Long> amounts) {
    this.amounts = amounts;
  }

  /** The cycles given, 0 of every other kind. */
  public static StallCounts of(Map<Stall, Long> amounts) {
    return new Builder().add(amounts).build();
  }

  /** Cycles of one kind. */
  public long get(Stall kind) {
    return amounts.getOrDefault(kind, 0L);
  }

  /** Sum over all kinds. */
  public long total() {
    return amounts.values().stream().reduce(0L, Math::addExact);
  }

  /** The sum of both, kind by kind. */
  public StallCounts plus(StallCounts other) {
    return new Builder().add(this).add(other).build();
  }

  /** The kinds that occur, in the order of their declaration. */
  public Map<Stall, Long> asMap() {
    return amounts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StallCounts counts && amounts.equals(counts.amounts);
  }

  @Override
  public int hashCode() {
    return amounts.hashCode();
  }

  @Override
  public String toString() {
    return amounts.toString();
  }

  /** Adds up cycles. */
  public static final class Builder {
    private final EnumMap<Stall, Long> amounts = new EnumMap<>(Stall.class);

    /** Adds {@code amount} of one kind, not negative. */
    public Builder add(Stall kind, long amount) {
      if (amount < 0) {
        throw new IllegalArgumentException(kind + " cannot be counted " + amount + " times");
      }
      if (amount != 0) {
        amounts.merge(kind, amount, Math::addExact);
      }
      return this;
    }

    /** Adds {@code more}, kind by kind. */
    public Builder add(Map<Stall, Long> more) {
      more.forEach(this::add);
      return this;
    }

    /** Adds {@code counts}, kind by kind. */
    public Builder add(StallCounts counts) {
      return add(counts.amounts);
    }

    /** What has been added so far. */
    public StallCounts build() {
      return new StallCounts(Collections.unmodifiableMap(new EnumMap<>(amounts)));
    }
  }
}
