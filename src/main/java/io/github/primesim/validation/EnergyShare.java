package io.github.primesim.validation;

import io.github.primesim.energy.EnergyLedger;
import io.github.primesim.experiment.EnergyRow;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The energy of an inference in three parts, as TIMELY sums PRIME's up: inputs are what moves
 * towards the wordlines, compute is what a mat does up to its composed results, outputs are partial
 * sums and what moves back. Leakage is left out.
 *
 * <p>What is counted in bits of both directions is divided by what goes through: a fetch writes as
 * many bits into the Buffer subarray as memory is read, a commit reads as many as memory is
 * written; the rest of its reads and writes are those of the ports. Bits between banks are borders
 * of convolutions and inputs of fully connected layers on their way to the mats, and count as
 * inputs.
 */
final class EnergyShare {
  private static final double PERCENT = 100;

  private final Map<Action, Double> counts = new LinkedHashMap<>();
  private double inputs;
  private double outputs;
  private double compute;

  EnergyShare(List<EnergyRow> rows) {
    List<EnergyRow> spent =
        rows.stream().filter(row -> !row.layer().equals(EnergyLedger.LEAKAGE)).toList();
    spent.forEach(row -> counts.merge(action(row), row.count(), Double::sum));
    spent.forEach(this::add);
  }

  /** Percent of {@code inputs}, {@code outputs} or {@code compute} on the network asked for. */
  static double of(Question question) {
    String part = question.oneOf("part", "inputs", "outputs", "compute");
    return new EnergyShare(question.run().energyPj().rows()).percent(part);
  }

  double percent(String part) {
    double sum =
        switch (part) {
          case "inputs" -> inputs;
          case "outputs" -> outputs;
          case "compute" -> compute;
          default -> throw new IllegalArgumentException("no part '" + part + "'");
        };
    return PERCENT * sum / (inputs + outputs + compute);
  }

  private static Action action(EnergyRow row) {
    return Arrays.stream(Action.values())
        .filter(action -> action.key().equals(row.action()))
        .findFirst()
        .orElseThrow();
  }

  private void add(EnergyRow row) {
    Action action = action(row);
    double inward = inward(action);
    if (action.component() == Component.CROSSBAR || computes(action)) {
      compute += row.pj();
    } else {
      inputs += inward * row.pj();
      outputs += (1 - inward) * row.pj();
    }
  }

  private static boolean computes(Action action) {
    return switch (action.component()) {
      case WORDLINE_DRIVER -> action != Action.LATCH_BITS;
      case COLUMN_MULTIPLEXER, SENSE_AMPLIFIER, PRECISION_CONTROL -> true;
      default -> false;
    };
  }

  /** Share of an action that serves inputs. */
  private double inward(Action action) {
    double fetched = count(Action.MEMORY_READ_BITS);
    double committed = count(Action.MEMORY_WRITE_BITS);
    double read = count(Action.BUFFER_READ_BITS);
    double written = count(Action.BUFFER_WRITE_BITS);
    return switch (action) {
      case LATCH_BITS, MEMORY_READ_BITS, GATHERS, GATHER_INDEX_BITS, INTER_BANK_BITS, COMMANDS -> 1;
      case BUFFER_READ_BITS -> share(read - committed, committed);
      case BUFFER_WRITE_BITS -> share(fetched, written - fetched);
      case PORT_BITS -> share(read - committed, written - fetched);
      case GLOBAL_DATA_LINE_BITS -> share(fetched, committed);
      default -> 0;
    };
  }

  private static double share(double inward, double outward) {
    return inward + outward > 0 ? inward / (inward + outward) : 0;
  }

  private double count(Action action) {
    return counts.getOrDefault(action, 0.0);
  }
}
