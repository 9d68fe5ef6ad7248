package io.github.primesim.metrics;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Exact integers by kind: how often each {@link Action} happened, to be priced later, or how many
 * cycles were spent waiting for each {@linkplain Stall cause}, added up over all that waited.
 *
 * <p>Immutable; a {@link Builder} adds up. Sums that do not fit a {@code long} are an {@link
 * ArithmeticException}, never a wrong number.
 *
 * @param <K> what is told apart
 */
public final class Counts<K extends Enum<K>> {
  /** Without zeros. */
  private final Map<K, Long> amounts;

  private Counts(Map<K, Long> amounts) {
    this.amounts = amounts;
  }

  /** Nothing of any kind. */
  public static <K extends Enum<K>> Counts<K> none() {
    return new Counts<K>(Map.of());
  }

  /** The amounts given, none of them negative, and 0 of every other kind. */
  public static <K extends Enum<K>> Counts<K> of(Map<K, Long> amounts) {
    if (amounts.isEmpty()) {
      return none();
    }
    return new Builder<>(amounts.keySet().iterator().next().getDeclaringClass())
        .add(amounts)
        .build();
  }

  /** The amount of one kind. */
  public long get(K kind) {
    return amounts.getOrDefault(kind, 0L);
  }

  /** Sum over all kinds. */
  public long total() {
    return amounts.values().stream().reduce(0L, Math::addExact);
  }

  /** The sum of both, kind by kind. */
  public Counts<K> plus(Counts<K> other) {
    if (amounts.isEmpty()) {
      return other;
    }
    return new Builder<K>(new EnumMap<>(amounts)).add(other).build();
  }

  /**
   * Each amount {@code factor} times.
   *
   * @param factor at least 1 (not checked)
   */
  public Counts<K> times(long factor) {
    if (amounts.isEmpty()) {
      return this;
    }
    EnumMap<K, Long> products = new EnumMap<>(amounts);
    products.replaceAll((kind, amount) -> Math.multiplyExact(amount, factor));
    return new Builder<>(products).build();
  }

  /** The kinds that occur, in the order of their declaration. */
  public Map<K, Long> asMap() {
    return amounts;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts<?> counts && amounts.equals(counts.amounts);
  }

  @Override
  public int hashCode() {
    return amounts.hashCode();
  }

  @Override
  public String toString() {
    return amounts.toString();
  }

  /**
   * Adds up.
   *
   * @param <K> what is told apart
   */
  public static final class Builder<K extends Enum<K>> {
    private final EnumMap<K, Long> amounts;

    /** Nothing of any of these kinds yet. */
    public Builder(Class<K> kinds) {
      this(new EnumMap<>(kinds));
    }

    private Builder(EnumMap<K, Long> amounts) {
      this.amounts = amounts;
    }

    /** Adds {@code amount} of one kind, not negative. */
    public Builder<K> add(K kind, long amount) {
      if (amount < 0) {
        throw new IllegalArgumentException(kind + " cannot be counted " + amount + " times");
      }
      if (amount != 0) {
        amounts.merge(kind, amount, Math::addExact);
      }
      return this;
    }

    /** Adds {@code more}, kind by kind. */
    public Builder<K> add(Map<K, Long> more) {
      more.forEach(this::add);
      return this;
    }

    /** Adds {@code counts}, kind by kind. */
    public Builder<K> add(Counts<K> counts) {
      return add(counts.amounts);
    }

    /** What has been added so far. */
    public Counts<K> build() {
      return new Counts<>(Collections.unmodifiableMap(new EnumMap<>(amounts)));
    }
  }
}
