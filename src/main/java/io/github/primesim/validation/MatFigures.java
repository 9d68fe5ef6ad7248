package io.github.primesim.validation;

import io.github.primesim.energy.EnergyTable;
import io.github.primesim.energy.MatOperation;
import io.github.primesim.hardware.Capacity;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.SignScheme;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.units.InputProblem;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One operation of a full mat on uniform data, and a cell of it. */
final class MatFigures {
  private static final double FJ_PER_PJ = 1000;
  private static final Set<Component> COMPUTE =
      EnumSet.of(
          Component.CROSSBAR,
          Component.WORDLINE_DRIVER,
          Component.COLUMN_MULTIPLEXER,
          Component.SENSE_AMPLIFIER,
          Component.PRECISION_CONTROL);

  private MatFigures() {}

  static Map<String, Figure> all() {
    return Map.of(
        "input-slices", question -> slices(question).size(),
        "weight-slices", question -> slices(question).get(0).size(),
        "actions-per-operation", MatFigures::actionsPerOperation,
        "cell-energy", MatFigures::cellEnergy,
        "compute-energy-per-mac", MatFigures::computeEnergyPerMac,
        "crossbar-energy-ratio", MatFigures::crossbarEnergyRatio);
  }

  private static CrossbarGeometry geometry(HardwareSpec spec) {
    return CrossbarGeometry.of(spec, SignScheme.PAIRS);
  }

  private static List<List<Integer>> slices(Question question) {
    HardwareSpec spec = question.hardware();
    return ConversionBits.of(spec, geometry(spec).rows()).parts();
  }

  private static double actionsPerOperation(Question question) {
    HardwareSpec spec = question.hardware();
    MatOperation operation = MatOperation.of(spec, geometry(spec));
    return (double) operation.actions().get(action(question.text("action")))
        / operation.actions().get(action(question.text("per")));
  }

  private static Action action(String camelCase) {
    String name = camelCase.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    return Arrays.stream(Action.values())
        .filter(action -> action.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InputProblem("'" + camelCase + "' is no action"));
  }

  /**
   * Femtojoules that a cell takes in one read, all levels of a cell equally likely: under an input
   * slice whose levels are equally likely too, or with a share of the rows at full voltage.
   */
  private static double cellEnergy(Question question) {
    HardwareSpec spec = question.hardware();
    EnergyTable prices = EnergyTable.of(spec);
    double highest = (1 << spec.quantization().inputSliceBits().count()) - 1;
    double uniform = highest * (2 * highest + 1) / 6;
    double meanSquare =
        question.find("rowsOn").isPresent()
            ? question.number("rowsOn") * highest * highest
            : uniform;
    double meanLevel = ((1 << spec.quantization().cellBits().count()) - 1) / 2.0;
    return FJ_PER_PJ
        * meanSquare
        * (prices.pricePj(Action.CELL_INPUT_SQUARES)
            + meanLevel * prices.pricePj(Action.CELL_INPUT_SQUARE_LEVELS));
  }

  /**
   * Picojoules of drivers, arrays, multiplexers, sense amplifiers and composing, leakage left out.
   */
  private static double computeEnergyPerMac(Question question) {
    HardwareSpec spec = question.hardware();
    CrossbarGeometry geometry = geometry(spec);
    Capacity capacity = Capacity.of(spec, geometry);
    return pj(spec, MatOperation.of(spec, geometry), COMPUTE)
        / ((double) capacity.matRows() * capacity.matColumns());
  }

  /** Energy of the cells of a crossbar of one size over that of another. */
  private static double crossbarEnergyRatio(Question question) {
    return crossbarPj(question, question.count("size"))
        / crossbarPj(question, question.count("over"));
  }

  private static double crossbarPj(Question question, int size) {
    HardwareSpec spec = question.with(Map.of("crossbar", size + "x" + size)).hardware();
    CrossbarGeometry geometry = geometry(spec);
    return pj(spec, MatOperation.of(spec, geometry), EnumSet.of(Component.CROSSBAR))
        / geometry.slotsPerMat();
  }

  private static double pj(HardwareSpec spec, MatOperation operation, Set<Component> of) {
    EnergyTable prices = EnergyTable.of(spec);
    return operation.actions().asMap().entrySet().stream()
        .filter(counted -> of.contains(counted.getKey().component()))
        .collect(
            Collectors.summingDouble(
                counted -> counted.getValue() * prices.pricePj(counted.getKey())));
  }
}
