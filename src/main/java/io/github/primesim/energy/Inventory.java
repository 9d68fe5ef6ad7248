package io.github.primesim.energy;

import io.github.primesim.hardware.Area;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Leakage;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Component;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * What a memory is made of: how many of each part the whole chip has, used or not.
 *
 * <p>Wordline drivers follow the input groups and sense amplifiers the slots of the crossbar
 * geometry, so that smaller crossbars show what they cost. The reorder buffer and the input gather,
 * which PRIME does not have, are there only for a run that uses them: their ports where something
 * passes them, index memory as much as the mapping fills.
 *
 * @param parts in the order of {@link Component}
 */
public record Inventory(List<Part> parts) {
  private static final double NANOMETRES_PER_MICRON = 1000;

  public Inventory {
    parts = List.copyOf(parts);
  }

  /**
   * The parts of {@code spec} with crossbars of {@code geometry}.
   *
   * @param indexMemoryBits index memory of the whole chip
   * @param used what the run did; it decides on the ports of reorder buffer and input gather
   */
  public static Inventory of(
      HardwareSpec spec, CrossbarGeometry geometry, long indexMemoryBits, Counts<Action> used) {
    Organization organization = spec.organization();
    Leakage leakage = spec.leakage();
    Area area = spec.area();
    long banks = organization.banks().count();
    long ffSubarrays = banks * organization.ffSubarraysPerBank().count();
    long mats = ffSubarrays * geometry.matsPerFfSubarray();
    long senseAmplifiers = mats * geometry.senseAmplifiersPerMat();
    long cells =
        ffSubarrays
            * organization.matsPerFfSubarray().count()
            * organization.arraysPerMat().count()
            * organization.arrayRows().count()
            * organization.arrayBitlines().count();
    // Index memory alone may tell which tiles are there, or which rows a crossbar wants.
    boolean scatters = used.get(Action.SCATTERS) > 0;
    boolean gathers = used.get(Action.GATHERS) > 0;
    long ports = ffSubarrays * organization.reorderPortsPerSubarray().count();
    long memorySubarrays =
        banks
            * (organization.subarraysPerBank().count()
                - organization.ffSubarraysPerBank().count()
                - organization.bufferSubarraysPerBank().count());

    Builder parts = new Builder();
    parts.add(Component.CROSSBAR, "cell", cells, 0, cellUm2(area));
    parts.add(
        Component.WORDLINE_DRIVER,
        "wordlineDriver",
        mats * geometry.wordlineDriversPerMat(),
        leakage.wordlineDriverMw(),
        area.wordlineDriverUm2());
    parts.add(
        Component.COLUMN_MULTIPLEXER,
        "columnMultiplexer",
        senseAmplifiers,
        leakage.columnMultiplexerMw(),
        area.columnMultiplexerUm2());
    parts.add(
        Component.SENSE_AMPLIFIER,
        "senseAmplifier",
        senseAmplifiers,
        leakage.senseAmplifierMw(),
        area.senseAmplifierUm2());
    parts.add(
        Component.PRECISION_CONTROL,
        "precisionControl",
        senseAmplifiers,
        leakage.precisionControlMw(),
        area.precisionControlUm2());
    parts.add(
        Component.ACCUMULATOR,
        Level.MAT,
        "matAccumulatorBank",
        mats * organization.matAccumulatorBanks().count(),
        leakage.accumulatorBankMw(),
        area.accumulatorBankUm2());
    parts.add(
        Component.ACCUMULATOR,
        "subarrayAccumulatorBank",
        ffSubarrays * organization.subarrayAccumulatorBanks().count(),
        leakage.accumulatorBankMw(),
        area.accumulatorBankUm2());
    parts.add(
        Component.REORDER_BUFFER,
        "reorderPort",
        scatters ? ports : 0,
        leakage.reorderPortMw(),
        area.reorderPortUm2());
    parts.add(
        Component.REORDER_BUFFER,
        "indexMemoryBit",
        indexMemoryBits,
        leakage.indexMemoryMwPerBit(),
        area.indexMemoryUm2PerBit());
    parts.add(
        Component.INPUT_GATHER,
        "gatherPort",
        gathers ? ports : 0,
        leakage.gatherPortMw(),
        area.gatherPortUm2());
    parts.add(
        Component.ACTIVATION_UNIT,
        "activationUnit",
        ffSubarrays * organization.activationUnitsPerFfSubarray().count(),
        leakage.activationUnitMw(),
        area.activationUnitUm2());
    parts.add(
        Component.POOLING_UNIT,
        "poolingUnit",
        banks * organization.poolingUnitsPerBank().count(),
        leakage.poolingUnitMw(),
        area.poolingUnitUm2());
    parts.add(
        Component.ELEMENTWISE_UNIT,
        "elementwiseUnit",
        banks * organization.elementwiseUnitsPerBank().count(),
        leakage.elementwiseUnitMw(),
        area.elementwiseUnitUm2());
    parts.add(
        Component.BUFFER_SUBARRAY,
        "bufferSubarray",
        banks * organization.bufferSubarraysPerBank().count(),
        leakage.bufferSubarrayMw(),
        area.bufferSubarrayUm2());
    parts.add(
        Component.FF_PORT,
        "ffPort",
        ffSubarrays * organization.portsPerFfSubarray().count(),
        leakage.ffPortMw(),
        area.ffPortUm2());
    parts.add(
        Component.GLOBAL_DATA_LINES,
        "globalDataLines",
        banks * organization.globalDataLinesPerBank().count(),
        leakage.globalDataLinesMw(),
        area.globalDataLinesUm2());
    parts.add(
        Component.INTER_BANK_PATH,
        "interBankPath",
        organization.interBankPaths().count(),
        leakage.interBankPathMw(),
        area.interBankPathUm2());
    parts.add(
        Component.MEMORY_SUBARRAY,
        "memorySubarray",
        memorySubarrays,
        leakage.memorySubarrayMw(),
        area.memorySubarrayUm2());
    parts.add(
        Component.CONTROLLER, "controller", banks, leakage.controllerMw(), area.controllerUm2());
    return new Inventory(parts.list);
  }

  /** Arrays above their periphery share its ground and add none. */
  private static double cellUm2(Area area) {
    double feature = area.featureNm().value() / NANOMETRES_PER_MICRON;
    return area.arraysAbovePeriphery() ? 0 : area.cellF2().value() * feature * feature;
  }

  /** Static power of everything that computes, in milliwatts. */
  public double computeLeakageMw() {
    return parts.stream()
        .filter(Part::computes)
        .mapToDouble(part -> part.count() * part.leakageMw())
        .sum();
  }

  private static final class Builder {
    private final List<Part> list = new ArrayList<>();

    void add(Component component, String name, long count, Quantity mw, Quantity um2) {
      add(component, component.level(), name, count, mw, um2);
    }

    void add(Component component, Level level, String name, long count, Quantity mw, Quantity um2) {
      list.add(new Part(component, level, name, count, mw.value(), um2.value()));
    }

    void add(Component component, String name, long count, double mw, double um2) {
      list.add(new Part(component, name, count, mw, um2));
    }
  }
}
