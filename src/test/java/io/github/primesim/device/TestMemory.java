package io.github.primesim.device;

import io.github.primesim.hardware.Area;
import io.github.primesim.hardware.Basis;
import io.github.primesim.hardware.Cell;
import io.github.primesim.hardware.Energy;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Leakage;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.hardware.Quantization;
import io.github.primesim.hardware.SenseAmplifierPolicy;
import io.github.primesim.hardware.Timing;
import io.github.primesim.hardware.Timing.TimeLaw;
import io.github.primesim.trace.LayerFacts;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A memory with round numbers: a cycle is 1 ns, every rate 1 bit per ns, every step 1 ns, so that
 * cycles can be counted by hand. Tests change what they are about.
 */
final class TestMemory {
  int banks = 8;
  int ffSubarrays = 2;
  int mats = 4;
  int latches = 2;
  int registers = 2;
  int reorderPorts = 1;
  int ports = 1;
  int readPorts = 1;
  int writePorts = 1;
  int dataLines = 1;
  int interBankPaths = 1;
  int activationUnits = 1;
  int poolingUnits = 1;
  int elementwiseUnits = 1;
  int bufferedImages = 2;
  int saBits = 6;
  TimeLaw law = TimeLaw.LINEAR;
  double clockNs = 1;
  double driveNs = 1;
  double pulseNs = 1;
  double saBitNs = 1;
  double accumulatorNs = 1;
  double reorderNs = 1;
  double gatherNs = 1;
  double activationNs = 1;
  double poolingNs = 1;
  double elementwiseNs = 1;
  double readBitsPerNs = 1;
  double writeBitsPerNs = 1;
  double portBitsPerNs = 1;
  double dataLineBitsPerNs = 1;
  double interBankBitsPerNs = 1;
  double tRcdNs;
  double tClNs;
  double tWrNs;

  private static Quantity q(double value) {
    return new Quantity(value, "1", "test", "any", Basis.ASSUMED);
  }

  HardwareSpec spec() {
    Quantity zero = q(0);
    Organization organization =
        new Organization(
            q(banks),
            q(1),
            q(banks),
            q(8),
            q(ffSubarrays),
            q(1),
            q(mats),
            q(4),
            q(256),
            q(256),
            q(256),
            q(256),
            q(32),
            false,
            true,
            true,
            q(latches),
            q(registers),
            q(1),
            q(1),
            q(reorderPorts),
            q(ports),
            q(readPorts),
            q(writePorts),
            q(dataLines),
            q(interBankPaths),
            q(activationUnits),
            q(poolingUnits),
            q(elementwiseUnits),
            q(bufferedImages));
    Quantization quantization =
        new Quantization(q(6), q(3), q(8), q(4), q(6), q(saBits), SenseAmplifierPolicy.COMPOSED);
    Cell cell =
        new Cell(q(1000), q(20000), q(0.2), q(pulseNs), q(2), q(40), Cell.Conduction.PULSE, false);
    Timing timing =
        new Timing(
            q(clockNs),
            q(driveNs),
            q(saBitNs),
            law,
            q(accumulatorNs),
            q(reorderNs),
            q(gatherNs),
            q(activationNs),
            q(poolingNs),
            q(elementwiseNs),
            q(readBitsPerNs),
            q(writeBitsPerNs),
            q(portBitsPerNs),
            q(dataLineBitsPerNs),
            q(interBankBitsPerNs),
            q(tRcdNs),
            q(tClNs),
            zero,
            q(tWrNs),
            q(533));
    Energy energy =
        new Energy(
            List.of(zero),
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero,
            zero);
    Leakage leakage =
        new Leakage(
            zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero,
            zero, zero, zero);
    Area area =
        new Area(
            zero, zero, true, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero, zero,
            zero, zero, zero, zero, zero, zero);
    return new HardwareSpec(
        "test", "round numbers", organization, quantization, cell, timing, energy, leakage, area);
  }

  SimulationResult run(Trace trace) {
    return Simulation.run(trace, spec());
  }

  /** Runs one program that has the memory to itself. */
  SimulationResult run(Step... steps) {
    return run(trace(stage(List.of(), program(0, steps))));
  }

  static Program program(int bank, Step... steps) {
    return new Program(bank, Arrays.asList(steps), Map.of());
  }

  static Stage stage(List<Integer> producers, Program... programs) {
    return new Stage(
        "layer",
        producers,
        new LayerFacts("convolution", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        Arrays.asList(programs));
  }

  static Trace trace(Stage... stages) {
    return trace(1, 8, 1, 0, Arrays.asList(stages));
  }

  static Trace trace(int instances, int banksPerInstance, int copies, int batch, List<Stage> all) {
    TraceHeader header =
        new TraceHeader(
            "test",
            "synthetic",
            "0",
            "test",
            "0",
            List.of(),
            "dense",
            256,
            256,
            "pairs",
            "none",
            0,
            instances,
            banksPerInstance,
            copies,
            batch,
            0,
            0,
            0,
            0,
            0);
    return new Trace(header, all);
  }
}
