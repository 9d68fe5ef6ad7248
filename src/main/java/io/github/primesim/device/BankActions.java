package io.github.primesim.device;

import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * What one bank did per image, all copies together.
 *
 * @param bank number within the instance; none for what the banks share
 * @param actions what its components did
 */
public record BankActions(OptionalInt bank, Counts<Action> actions) {
  /** In the order of the banks, what they share last. */
  static List<BankActions> of(SortedMap<Integer, Counts<Action>> byBank) {
    List<BankActions> banks = new ArrayList<>();
    byBank.forEach(
        (bank, actions) -> {
          if (bank != CommandRules.NO_BANK) {
            banks.add(new BankActions(OptionalInt.of(bank), actions));
          }
        });
    Counts<Action> shared = byBank.get(CommandRules.NO_BANK);
    if (shared != null && shared.total() > 0) {
      banks.add(new BankActions(OptionalInt.empty(), shared));
    }
    return List.copyOf(banks);
  }
}
