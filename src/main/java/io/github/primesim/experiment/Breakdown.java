package io.github.primesim.experiment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One view of the energy of a result: per inference, per operation and per area. Whatever the view,
 * its rows add up to the energy of the inference.
 *
 * @param view what the rows are
 * @param rows in the order of the view
 */
public record Breakdown(View view, List<Row> rows) {
  public Breakdown {
    rows = List.copyOf(rows);
  }

  /** What the rows of a breakdown are. */
  public enum View {
    COMPONENT,
    /** Layers in the order of the network, static power last. */
    LAYER,
    /** Levels of the hierarchy from the arrays outwards. */
    LEVEL,
    ACTION,
    /** Banks of one instance of the network; its other instances do the same. */
    BANK;

    private Map<String, Double> of(EnergyBreakdown energy) {
      return switch (this) {
        case COMPONENT -> energy.byComponent();
        case LAYER -> energy.byLayer();
        case LEVEL -> energy.byLevel();
        case ACTION -> energy.byAction();
        case BANK -> energy.byBank();
      };
    }

    /** Name on the command line and in documents. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The view of that name, if there is one. */
    public static Optional<View> named(String key) {
      return Arrays.stream(values()).filter(view -> view.key().equals(key)).findFirst();
    }
  }

  /**
   * One row.
   *
   * @param name of the component, layer, level, action or bank
   * @param pj energy per inference
   * @param share of the total
   * @param pjPerMac energy per multiply-accumulate operation of the dense network; 0 where it has
   *     none
   * @param pjPerMm2 energy per inference and square millimetre of everything but the memory
   *     subarrays
   */
  public record Row(String name, double pj, double share, double pjPerMac, double pjPerMm2) {}

  /** The view of {@code result}. */
  public static Breakdown of(RunResult result, View view) {
    double total = result.energyPj().total();
    long macs = result.compiled().macs();
    List<Row> rows = new ArrayList<>();
    view.of(result.energyPj())
        .forEach(
            (name, pj) ->
                rows.add(
                    new Row(
                        name,
                        pj,
                        total == 0 ? 0 : pj / total,
                        macs == 0 ? 0 : pj / macs,
                        pj / result.computeMm2())));
    return new Breakdown(view, rows);
  }
}
