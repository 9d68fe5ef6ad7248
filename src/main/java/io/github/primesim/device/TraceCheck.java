package io.github.primesim.device;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.hardware.Organization;
import io.github.primesim.hardware.Quantity;
import io.github.primesim.hardware.Timing;
import io.github.primesim.metrics.Action;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Command.Activate;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Gather;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Reorder;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Command.Sum;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceHeader;
import io.github.primesim.units.InputProblem;
import java.util.List;

/**
 * Whether a memory can execute a trace: it has the banks, every subarray and mat named exists, and
 * the sense amplifiers have the bits asked for.
 *
 * <p>Anything else is an {@link InputProblem} that names stage, program and command. What holds for
 * every trace, on whatever hardware, {@link Trace} itself has checked.
 */
final class TraceCheck {
  private final Trace trace;
  private final HardwareSpec spec;
  private final int subarrays;
  private final int mats;
  private final int conversionBits;

  /** Where the check is, for messages. */
  private int stage;

  private int program;

  private TraceCheck(Trace trace, HardwareSpec spec) {
    this.trace = trace;
    this.spec = spec;
    subarrays = spec.organization().ffSubarraysPerBank().count();
    mats = spec.organization().matsPerFfSubarray().count();
    conversionBits =
        Math.min(spec.quantization().senseAmplifierBits().count(), Action.MOST_CONVERSION_BITS);
  }

  /**
   * Accepts a trace that the memory can execute.
   *
   * @throws InputProblem if it cannot
   */
  static void check(Trace trace, HardwareSpec spec) {
    TraceCheck check = new TraceCheck(trace, spec);
    check.hardware();
    check.header();
    for (check.stage = 0; check.stage < trace.stages().size(); check.stage++) {
      check.stage(trace.stages().get(check.stage));
    }
  }

  private void hardware() {
    Timing timing = spec.timing();
    positive(timing.clockPeriodNs(), "timing.clockPeriodNs");
    positive(timing.bufferReadBitsPerNs(), "timing.bufferReadBitsPerNs");
    positive(timing.bufferWriteBitsPerNs(), "timing.bufferWriteBitsPerNs");
    positive(timing.portBitsPerNs(), "timing.portBitsPerNs");
    positive(timing.globalDataLineBitsPerNs(), "timing.globalDataLineBitsPerNs");
    positive(timing.interBankBitsPerNs(), "timing.interBankBitsPerNs");
    Organization organization = spec.organization();
    positive(organization.inputLatchesPerWordline(), "organization.inputLatchesPerWordline");
    positive(organization.outputRegistersPerMat(), "organization.outputRegistersPerMat");
    positive(organization.reorderPortsPerSubarray(), "organization.reorderPortsPerSubarray");
    positive(organization.portsPerFfSubarray(), "organization.portsPerFfSubarray");
    positive(organization.bufferReadPorts(), "organization.bufferReadPorts");
    positive(organization.bufferWritePorts(), "organization.bufferWritePorts");
    positive(organization.globalDataLinesPerBank(), "organization.globalDataLinesPerBank");
    positive(organization.interBankPaths(), "organization.interBankPaths");
    positive(
        organization.activationUnitsPerFfSubarray(), "organization.activationUnitsPerFfSubarray");
    positive(organization.poolingUnitsPerBank(), "organization.poolingUnitsPerBank");
    positive(organization.elementwiseUnitsPerBank(), "organization.elementwiseUnitsPerBank");
    positive(organization.bufferedImages(), "organization.bufferedImages");
  }

  private void positive(Quantity quantity, String key) {
    if (quantity.value() == 0) {
      throw new InputProblem(spec.name() + ": " + key + " is 0, allowed: greater than 0");
    }
  }

  private void header() {
    TraceHeader header = trace.header();
    int available = spec.organization().banks().count();
    long needed = (long) header.instances() * header.banksPerInstance();
    if (needed > available) {
      throw new InputProblem(
          "the trace needs "
              + needed
              + " banks ("
              + header.instances()
              + " instances of "
              + header.banksPerInstance()
              + "), but "
              + spec.name()
              + " has "
              + available);
    }
  }

  private void stage(Stage checked) {
    List<Program> programs = checked.programs();
    for (program = 0; program < programs.size(); program++) {
      steps(programs.get(program).steps());
    }
  }

  private void steps(List<? extends Step> steps) {
    for (Step step : steps) {
      if (step instanceof Loop loop) {
        steps(loop.body());
      } else if (step instanceof Together together) {
        steps(together.commands());
      } else if (step instanceof Command command) {
        command(command);
      }
    }
  }

  private void command(Command command) {
    if (command instanceof Load load) {
      subarray(command, load.subarray());
    } else if (command instanceof Store store) {
      subarray(command, store.subarray());
    } else if (command instanceof Gather gather) {
      subarray(command, gather.subarray());
    } else if (command instanceof Reorder reorder) {
      subarray(command, reorder.subarray());
    } else if (command instanceof Merge merge) {
      subarray(command, merge.subarray());
    } else if (command instanceof Activate activate) {
      subarray(command, activate.subarray());
    } else if (command instanceof Sum sum) {
      mats(command, sum.subarray(), sum.firstMat(), sum.mats());
    } else if (command instanceof Compute compute) {
      mats(command, compute.subarray(), compute.firstMat(), compute.mats());
      for (List<Integer> slice : compute.slices()) {
        for (int bits : slice) {
          range(command, "conversion bits", bits, 1, conversionBits);
        }
      }
    }
  }

  private void mats(Command command, int subarray, int firstMat, int count) {
    subarray(command, subarray);
    range(command, "firstMat", firstMat, 0, mats - 1);
    range(command, "mats", count, 1, mats - firstMat);
  }

  private void subarray(Command command, int subarray) {
    range(command, "subarray", subarray, 0, subarrays - 1);
  }

  private void range(Command command, String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InputProblem(
          "stage "
              + stage
              + " ("
              + trace.stages().get(stage).layer()
              + "), program "
              + program
              + ", "
              + command
              + ": "
              + key
              + " is "
              + value
              + ", allowed on "
              + spec.name()
              + ": "
              + least
              + " to "
              + most);
    }
  }
}
