package io.github.primesim.lowering;

import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Puts the units of all layers on the mats of the banks of one instance.
 *
 * <p>A unit that fits into a bank is never spread over several; one that fits into a subarray goes
 * into one where there is room. Layers with a single position, and layers that do not fit into a
 * bank, take banks of their own from the last one downwards; the units of the others are striped
 * over the remaining banks, so that neighbouring positions of successive layers meet in the same
 * bank and only their borders cross. Source: PRIME, IV-B (large networks over several banks); the
 * striping is ours.
 */
final class Floorplan {
  /** Banks behind the newest one in which gaps are still filled. */
  private static final int OPEN_BANKS = 3;

  private final int subarrays;
  private final int matsPerSubarray;

  /** Mats in use by bank and subarray. */
  private final int[][] used;

  private final List<List<Unit>> unitsByLayer = new ArrayList<>();

  private Floorplan(HardwareSpec hardware, CrossbarGeometry geometry, int banks) {
    subarrays = hardware.organization().ffSubarraysPerBank().count();
    matsPerSubarray = geometry.matsPerFfSubarray();
    used = new int[banks][subarrays];
  }

  /**
   * Places {@code plans} on {@code banks} banks, each {@code copies} times.
   *
   * @return nothing if they do not fit
   */
  static Optional<Floorplan> place(
      HardwareSpec hardware,
      CrossbarGeometry geometry,
      int banks,
      int copies,
      List<LayerPlan> plans) {
    Floorplan floorplan = new Floorplan(hardware, geometry, banks);
    for (int i = 0; i < plans.size(); i++) {
      floorplan.unitsByLayer.add(new ArrayList<>());
    }
    for (int copy = 0; copy < copies; copy++) {
      if (!floorplan.placeCopy(plans)) {
        return Optional.empty();
      }
    }
    return Optional.of(floorplan);
  }

  /** Units of the layer with index {@code layer}, one copy of the network after the other. */
  List<Unit> units(int layer) {
    return unitsByLayer.get(layer);
  }

  private boolean placeCopy(List<LayerPlan> plans) {
    int banks = used.length;
    int stationaryBanks = banks == 1 ? 0 : placeStationary(plans);
    if (stationaryBanks < 0) {
      return false;
    }
    return sweep(plans, banks - stationaryBanks);
  }

  /** A unit that is still to be placed. */
  private record Pending(int layer, int unit, int mats, double middle) {}

  /**
   * Fills banks in the order in which the units' shares of the positions follow one another, so
   * that the same stretch of the positions of every layer lies in about the same bank.
   */
  private boolean sweep(List<LayerPlan> plans, int striped) {
    List<Pending> pending = new ArrayList<>();
    for (int layer = 0; layer < plans.size(); layer++) {
      LayerPlan plan = plans.get(layer);
      for (int unit = 0; unit < plan.units() && (used.length == 1 || !stationary(plan)); unit++) {
        pending.add(new Pending(layer, unit, plan.image().mats(), (unit + 0.5) / plan.units()));
      }
    }
    pending.sort(Comparator.comparingDouble(Pending::middle));
    Unit[][] placed = plans.stream().map(plan -> new Unit[plan.units()]).toArray(Unit[][]::new);
    int newest = 0;
    for (Pending unit : pending) {
      int bank = firstFit(Math.max(0, newest - OPEN_BANKS + 1), striped, unit.mats());
      if (bank < 0) {
        bank = firstFit(0, striped, unit.mats());
      }
      if (bank < 0) {
        return false;
      }
      newest = Math.max(newest, bank);
      placed[unit.layer()][unit.unit()] = new Unit(take(bank, 0, unit.mats()));
    }
    for (int layer = 0; layer < placed.length; layer++) {
      for (Unit unit : placed[layer]) {
        if (unit != null) {
          unitsByLayer.get(layer).add(unit);
        }
      }
    }
    return true;
  }

  private int firstFit(int from, int to, int mats) {
    for (int bank = from; bank < to; bank++) {
      if (free(bank) >= mats) {
        return bank;
      }
    }
    return -1;
  }

  private boolean stationary(LayerPlan plan) {
    return plan.positions() == 1 || plan.image().mats() > subarrays * matsPerSubarray;
  }

  /**
   * Places the layers that get banks of their own; gives the number of those banks, -1 if none is
   * left.
   */
  private int placeStationary(List<LayerPlan> plans) {
    int capacity = subarrays * matsPerSubarray;
    long mats = 0;
    for (LayerPlan plan : plans) {
      if (stationary(plan)) {
        mats += plan.mats();
      }
    }
    if (mats == 0) {
      return 0;
    }
    boolean onlyStationary = plans.stream().allMatch(this::stationary);
    int least = (int) Math.min(Integer.MAX_VALUE, (mats + capacity - 1) / capacity);
    for (int banks = onlyStationary ? used.length : least; banks <= used.length; banks++) {
      int[][] before = copyOf(used);
      List<Integer> sizes = unitsByLayer.stream().map(List::size).toList();
      if (placeSequentially(plans, used.length - banks)) {
        return banks;
      }
      for (int bank = 0; bank < used.length; bank++) {
        used[bank] = before[bank];
      }
      for (int layer = 0; layer < sizes.size(); layer++) {
        List<Unit> units = unitsByLayer.get(layer);
        units.subList(sizes.get(layer), units.size()).clear();
      }
    }
    return -1;
  }

  private static int[][] copyOf(int[][] array) {
    return Arrays.stream(array).map(int[]::clone).toArray(int[][]::new);
  }

  private boolean placeSequentially(List<LayerPlan> plans, int firstBank) {
    for (int layer = 0; layer < plans.size(); layer++) {
      LayerPlan plan = plans.get(layer);
      if (!stationary(plan)) {
        continue;
      }
      for (int unit = 0; unit < plan.units(); unit++) {
        if (plan.image().mats() > subarrays * matsPerSubarray) {
          if (!spread(layer, plan, firstBank)) {
            return false;
          }
        } else if (!placeFirst(firstBank, layer, plan)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean placeFirst(int firstBank, int layer, LayerPlan plan) {
    int bank = firstFit(firstBank, used.length, plan.image().mats());
    if (bank < 0) {
      return false;
    }
    unitsByLayer.get(layer).add(new Unit(take(bank, 0, plan.image().mats())));
    return true;
  }

  private boolean spread(int layer, LayerPlan plan, int firstBank) {
    List<Unit.Piece> pieces = new ArrayList<>();
    int done = 0;
    int mats = plan.image().mats();
    for (int bank = firstBank; bank < used.length && done < mats; bank++) {
      int share = Math.min(free(bank), mats - done);
      pieces.addAll(take(bank, done, share));
      done += share;
    }
    unitsByLayer.get(layer).add(new Unit(pieces));
    return done == mats;
  }

  private int free(int bank) {
    return subarrays * matsPerSubarray - Arrays.stream(used[bank]).sum();
  }

  /** Takes {@code mats} mats of a bank, within one subarray if there is room in one. */
  private List<Unit.Piece> take(int bank, int fromMat, int mats) {
    for (int subarray = 0; subarray < subarrays; subarray++) {
      if (matsPerSubarray - used[bank][subarray] >= mats && mats > 0) {
        return List.of(piece(bank, subarray, fromMat, mats));
      }
    }
    List<Unit.Piece> pieces = new ArrayList<>();
    int done = 0;
    for (int subarray = 0; subarray < subarrays && done < mats; subarray++) {
      int share = Math.min(matsPerSubarray - used[bank][subarray], mats - done);
      if (share > 0) {
        pieces.add(piece(bank, subarray, fromMat + done, share));
        done += share;
      }
    }
    return pieces;
  }

  private Unit.Piece piece(int bank, int subarray, int fromMat, int mats) {
    int firstMat = used[bank][subarray];
    used[bank][subarray] += mats;
    return new Unit.Piece(bank, subarray, firstMat, fromMat, fromMat + mats);
  }
}
