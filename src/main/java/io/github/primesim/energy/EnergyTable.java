package io.github.primesim.energy;

import io.github.primesim.hardware.Cell;
import io.github.primesim.hardware.Energy;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.metrics.Action;
import java.util.EnumMap;
import java.util.Map;

/**
 * The price of each action of one memory, in picojoules.
 *
 * <p>All prices but two are numbers of the hardware file. Those of the arrays follow from the cell:
 * a cell at level w of W (its conductance grows linearly from 1/Roff to 1/Ron) under a wordline at
 * level i of I (its voltage grows linearly from 0 to the read voltage V) takes
 *
 * <pre>(V i/I)^2 x (1/Roff + w/W (1/Ron - 1/Roff)) x t</pre>
 *
 * which is linear in the two counts {@link Action#CELL_INPUT_SQUARES} (sum of i^2) and {@link
 * Action#CELL_INPUT_SQUARE_LEVELS} (sum of i^2 w). I and W are the highest levels of an input slice
 * and of a cell. With {@link Cell.Conduction#PULSE} a cell conducts for t = {@code readPulseNs} per
 * conversion and is counted once; with {@link Cell.Conduction#CONVERSION} t is {@code saBitNs}, the
 * unit of conversion time, and the counts are weighted with the units each conversion takes.
 */
public final class EnergyTable {
  /** A volt squared per ohm for a nanosecond is a nanojoule. */
  private static final double PICOJOULES_PER_NANOJOULE = 1000;

  private final Map<Action, Double> prices;

  private EnergyTable(Map<Action, Double> prices) {
    this.prices = prices;
  }

  /** The price list of {@code spec}. */
  public static EnergyTable of(HardwareSpec spec) {
    Energy energy = spec.energy();
    Map<Action, Double> prices = new EnumMap<>(Action.class);
    priceArrays(spec, prices);
    for (int bits = 1; bits <= energy.conversionPj().size(); bits++) {
      put(prices, Action.conversion(bits), energy.conversionPj().get(bits - 1));
    }
    put(prices, Action.WORDLINE_DRIVES, energy.wordlineDrivePj());
    put(prices, Action.LATCH_BITS, energy.latchPjPerBit());
    put(prices, Action.MULTIPLEXER_SWITCHES, energy.multiplexerPj());
    put(prices, Action.SUBTRACTIONS, energy.subtractionPj());
    put(prices, Action.PRECISION_ADDITIONS, energy.precisionAddPj());
    put(prices, Action.MAT_ACCUMULATIONS, energy.matAccumulationPj());
    put(prices, Action.SUBARRAY_ACCUMULATIONS, energy.subarrayAccumulationPj());
    put(prices, Action.INDEX_READ_BITS, energy.indexReadPjPerBit());
    put(prices, Action.SCATTERS, energy.scatterPj());
    put(prices, Action.GATHERS, energy.gatherPj());
    put(prices, Action.GATHER_INDEX_BITS, energy.indexReadPjPerBit());
    put(prices, Action.ACTIVATIONS, energy.activationPj());
    put(prices, Action.POOLINGS, energy.poolingPj());
    put(prices, Action.ELEMENTWISE_OPERATIONS, energy.elementwisePj());
    put(prices, Action.BUFFER_READ_BITS, energy.bufferReadPjPerBit());
    put(prices, Action.BUFFER_WRITE_BITS, energy.bufferWritePjPerBit());
    put(prices, Action.PORT_BITS, energy.portPjPerBit());
    put(prices, Action.GLOBAL_DATA_LINE_BITS, energy.globalDataLinePjPerBit());
    put(prices, Action.INTER_BANK_BITS, energy.interBankPjPerBit());
    put(prices, Action.MEMORY_READ_BITS, energy.memoryReadPjPerBit());
    put(prices, Action.MEMORY_WRITE_BITS, energy.memoryWritePjPerBit());
    put(prices, Action.COMMANDS, energy.commandPj());
    return new EnergyTable(prices);
  }

  private static void priceArrays(HardwareSpec spec, Map<Action, Double> prices) {
    Cell cell = spec.cell();
    double volts = cell.readVoltageV().value();
    double off = 1 / cell.offResistanceOhm().value();
    double on = 1 / cell.onResistanceOhm().value();
    double ns =
        switch (cell.conduction()) {
          case PULSE -> cell.readPulseNs().value();
          case CONVERSION -> spec.timing().saBitNs().value();
        };
    double inputLevels = highestLevel(spec.quantization().inputSliceBits());
    double cellLevels = highestLevel(spec.quantization().cellBits());
    double perSiemens = volts * volts * ns * PICOJOULES_PER_NANOJOULE / (inputLevels * inputLevels);
    prices.put(Action.CELL_INPUT_SQUARES, perSiemens * off);
    prices.put(Action.CELL_INPUT_SQUARE_LEVELS, perSiemens * (on - off) / cellLevels);
  }

  private static double highestLevel(Quantity bits) {
    return (1L << bits.count()) - 1;
  }

  private static void put(Map<Action, Double> prices, Action action, Quantity quantity) {
    prices.put(action, quantity.value());
  }

  /**
   * Energy of one {@code action} in picojoules.
   *
   * @throws IllegalArgumentException for a conversion of more bits than the memory can convert
   */
  public double pricePj(Action action) {
    Double price = prices.get(action);
    if (price == null) {
      throw new IllegalArgumentException("this memory has no price for " + action.key());
    }
    return price;
  }
}
