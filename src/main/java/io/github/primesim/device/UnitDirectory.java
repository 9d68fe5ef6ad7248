package io.github.primesim.device;

import io.github.primesim.hardware.HardwareSpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the units that programs name, so that their state fits into flat arrays.
 *
 * <p>The number of a unit is that of its first server; its other servers follow. The mats of a
 * subarray have consecutive numbers, and so have their accumulators.
 */
final class UnitDirectory {
  private record Place(UnitKind kind, int epoch, int bank, int subarray) {
    // Written out: see ProgramTable.LoneKind.
    @Override
    public int hashCode() {
      return ((epoch * 31 + bank) * 31 + subarray) * 31 + kind.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Place place
          && place.kind == kind
          && place.epoch == epoch
          && place.bank == bank
          && place.subarray == subarray;
    }
  }

  private final HardwareSpec spec;
  private final Map<Place, Integer> firsts = new HashMap<>();

  /** By number of the unit; 0 at numbers of further servers. */
  private int[] servers = new int[64];

  private int used;

  UnitDirectory(HardwareSpec spec) {
    this.spec = spec;
  }

  /**
   * The number of a unit.
   *
   * @param epoch of two epochs the first is over when the second begins; a unit is idle in between
   *     and has one number for each
   */
  int number(UnitKind kind, int epoch, int bank, int subarray, int position) {
    Place place = new Place(kind, epoch, bank, subarray);
    Integer first = firsts.get(place);
    if (first == null) {
      first = used;
      firsts.put(place, first);
      int units =
          kind == UnitKind.MAT || kind == UnitKind.MAT_ACCUMULATOR
              ? spec.organization().matsPerFfSubarray().count()
              : 1;
      int each = kind.servers(spec.organization());
      if (used + units * each > servers.length) {
        servers = Arrays.copyOf(servers, 2 * (used + units * each));
      }
      for (int unit = 0; unit < units; unit++) {
        servers[used] = each;
        used += each;
      }
    }
    return first + position;
  }

  /** Servers of a unit. */
  int servers(int unit) {
    return servers[unit];
  }

  /** Servers of all units. */
  int size() {
    return used;
  }
}
