package io.github.primesim.metrics;

import java.util.EnumSet;
import java.util.List;

/**
 * What a component can do, as far as it costs energy. A count of actions times the price of one is
 * the energy.
 */
public enum Action {
  /**
   * Squared input level, summed over the cells that conduct; priced with the conductance of level
   * 0.
   */
  CELL_INPUT_SQUARES(Component.CROSSBAR, "cell-input-squares"),
  /**
   * Squared input level times cell level, summed likewise; priced with the conductance of a level.
   */
  CELL_INPUT_SQUARE_LEVELS(Component.CROSSBAR, "cell-input-square-levels"),
  WORDLINE_DRIVES(Component.WORDLINE_DRIVER, "wordline-drives"),
  LATCH_BITS(Component.WORDLINE_DRIVER, "latch-bits"),
  MULTIPLEXER_SWITCHES(Component.COLUMN_MULTIPLEXER, "multiplexer-switches"),
  SUBTRACTIONS(Component.COLUMN_MULTIPLEXER, "subtractions"),
  CONVERT_1(Component.SENSE_AMPLIFIER, "convert-1"),
  CONVERT_2(Component.SENSE_AMPLIFIER, "convert-2"),
  CONVERT_3(Component.SENSE_AMPLIFIER, "convert-3"),
  CONVERT_4(Component.SENSE_AMPLIFIER, "convert-4"),
  CONVERT_5(Component.SENSE_AMPLIFIER, "convert-5"),
  CONVERT_6(Component.SENSE_AMPLIFIER, "convert-6"),
  CONVERT_7(Component.SENSE_AMPLIFIER, "convert-7"),
  CONVERT_8(Component.SENSE_AMPLIFIER, "convert-8"),
  CONVERT_9(Component.SENSE_AMPLIFIER, "convert-9"),
  CONVERT_10(Component.SENSE_AMPLIFIER, "convert-10"),
  CONVERT_11(Component.SENSE_AMPLIFIER, "convert-11"),
  CONVERT_12(Component.SENSE_AMPLIFIER, "convert-12"),
  CONVERT_13(Component.SENSE_AMPLIFIER, "convert-13"),
  CONVERT_14(Component.SENSE_AMPLIFIER, "convert-14"),
  CONVERT_15(Component.SENSE_AMPLIFIER, "convert-15"),
  CONVERT_16(Component.SENSE_AMPLIFIER, "convert-16"),
  PRECISION_ADDITIONS(Component.PRECISION_CONTROL, "precision-additions"),
  MAT_ACCUMULATIONS(Component.ACCUMULATOR, Level.MAT, "mat-accumulations"),
  SUBARRAY_ACCUMULATIONS(Component.ACCUMULATOR, Level.SUBARRAY, "subarray-accumulations"),
  INDEX_READ_BITS(Component.REORDER_BUFFER, "index-read-bits"),
  SCATTERS(Component.REORDER_BUFFER, "scatters"),
  GATHERS(Component.INPUT_GATHER, "gathers"),
  GATHER_INDEX_BITS(Component.INPUT_GATHER, "gather-index-bits"),
  ACTIVATIONS(Component.ACTIVATION_UNIT, "activations"),
  POOLINGS(Component.POOLING_UNIT, "poolings"),
  ELEMENTWISE_OPERATIONS(Component.ELEMENTWISE_UNIT, "elementwise-operations"),
  BUFFER_READ_BITS(Component.BUFFER_SUBARRAY, "buffer-read-bits"),
  BUFFER_WRITE_BITS(Component.BUFFER_SUBARRAY, "buffer-write-bits"),
  PORT_BITS(Component.FF_PORT, "port-bits"),
  GLOBAL_DATA_LINE_BITS(Component.GLOBAL_DATA_LINES, "global-data-line-bits"),
  INTER_BANK_BITS(Component.INTER_BANK_PATH, "inter-bank-bits"),
  MEMORY_READ_BITS(Component.MEMORY_SUBARRAY, "memory-read-bits"),
  MEMORY_WRITE_BITS(Component.MEMORY_SUBARRAY, "memory-write-bits"),
  COMMANDS(Component.CONTROLLER, "commands");

  /** Most bits a conversion can have. */
  public static final int MOST_CONVERSION_BITS = 16;

  private static final List<Action> CONVERSIONS = List.copyOf(EnumSet.range(CONVERT_1, CONVERT_16));

  private final Component component;
  private final Level level;
  private final String key;

  Action(Component component, String key) {
    this(component, component.level(), key);
  }

  Action(Component component, Level level, String key) {
    this.component = component;
    this.level = level;
    this.key = key;
  }

  public Component component() {
    return component;
  }

  /** Where in the hierarchy it happens. */
  public Level level() {
    return level;
  }

  /** Name of the action in traces and result documents. */
  public String key() {
    return key;
  }

  /** The conversion of {@code bits} bits, 1 to {@link #MOST_CONVERSION_BITS}. */
  public static Action conversion(int bits) {
    if (bits < 1 || bits > MOST_CONVERSION_BITS) {
      throw new IllegalArgumentException("no conversion of " + bits + " bits");
    }
    return CONVERSIONS.get(bits - 1);
  }
}
