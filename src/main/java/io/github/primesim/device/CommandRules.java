package io.github.primesim.device;

import io.github.primesim.device.Timings.Service;
import io.github.primesim.metrics.Action;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Command.Activate;
import io.github.primesim.trace.Command.Commit;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Command.Elementwise;
import io.github.primesim.trace.Command.Fetch;
import io.github.primesim.trace.Command.Gather;
import io.github.primesim.trace.Command.Load;
import io.github.primesim.trace.Command.Merge;
import io.github.primesim.trace.Command.Pool;
import io.github.primesim.trace.Command.Reorder;
import io.github.primesim.trace.Command.Send;
import io.github.primesim.trace.Command.Store;
import io.github.primesim.trace.Command.Sum;

/**
 * What each command of the command set does: the units it uses, one after another, and the actions
 * it counts.
 *
 * <p>Transfers are stored and forwarded: the next unit is asked for when the one before has passed
 * the whole of it on.
 */
final class CommandRules {
  /** Stands for the bank of what all banks share. */
  static final int NO_BANK = -1;

  /** Who wants to know what a command does. */
  interface Listener {
    /**
     * The command uses a unit; called in the order of use, not for units used 0 cycles.
     *
     * @param bank bank of the unit, 0 if there is one for all
     * @param subarray subarray of the unit within the bank, 0 if there is one for all
     * @param first position of the unit within the subarray, 0 if it is the only one
     * @param width consecutive units that are used together
     */
    void uses(UnitKind kind, int bank, int subarray, int first, int width, Service service);

    /**
     * The command counts as {@code amount} actions.
     *
     * @param inBank bank in which they happen, {@link CommandRules#NO_BANK} for what banks share
     */
    void counts(Action action, int inBank, long amount);
  }

  private final Timings timings;

  CommandRules(Timings timings) {
    this.timings = timings;
  }

  /**
   * Tells {@code listener} what {@code command} does.
   *
   * @param firstBank first bank of the instance
   * @param bank bank of the program within the instance
   */
  void describe(Command command, int firstBank, int bank, Listener listener) {
    new Description(firstBank, firstBank + bank, listener).of(command);
  }

  private final class Description {
    private final int firstBank;
    private final int bank;
    private final Listener listener;

    Description(int firstBank, int bank, Listener listener) {
      this.firstBank = firstBank;
      this.bank = bank;
      this.listener = listener;
    }

    void of(Command command) {
      listener.counts(Action.COMMANDS, bank, 1);
      if (command instanceof Fetch fetch) {
        overDataLines(timings.memoryRead(fetch.bits()), fetch.bits());
        listener.counts(Action.MEMORY_READ_BITS, bank, fetch.bits());
        writeBuffer(bank, fetch.bits());
      } else if (command instanceof Commit commit) {
        readBuffer(commit.bits());
        overDataLines(timings.memoryWrite(commit.bits()), commit.bits());
        listener.counts(Action.MEMORY_WRITE_BITS, bank, commit.bits());
      } else if (command instanceof Load load) {
        readBuffer(load.bits());
        overPort(load.subarray(), load.bits());
      } else if (command instanceof Store store) {
        overPort(store.subarray(), store.bits());
        writeBuffer(bank, store.bits());
      } else if (command instanceof Send send) {
        readBuffer(send.bits());
        transfer(UnitKind.INTER_BANK_PATH, 0, 0, timings.interBank(send.bits()));
        listener.counts(Action.INTER_BANK_BITS, NO_BANK, send.bits());
        writeBuffer(firstBank + send.toBank(), send.bits());
      } else if (command instanceof Gather gather) {
        inSubarray(UnitKind.INPUT_GATHER, gather.subarray(), timings.gather(gather.inputs()));
        listener.counts(Action.GATHERS, bank, gather.inputs());
      } else if (command instanceof Compute compute) {
        inMats(
            UnitKind.MAT,
            compute.subarray(),
            compute.firstMat(),
            compute.mats(),
            timings.compute(compute));
      } else if (command instanceof Sum sum) {
        inMats(
            UnitKind.MAT_ACCUMULATOR,
            sum.subarray(),
            sum.firstMat(),
            sum.mats(),
            timings.accumulate(sum.depth()));
        listener.counts(Action.MAT_ACCUMULATIONS, bank, sum.additions());
      } else if (command instanceof Reorder reorder) {
        inSubarray(UnitKind.REORDER_BUFFER, reorder.subarray(), timings.reorder(reorder.results()));
        listener.counts(Action.SCATTERS, bank, reorder.results());
        listener.counts(Action.INDEX_READ_BITS, bank, reorder.indexBits());
      } else if (command instanceof Merge merge) {
        inSubarray(
            UnitKind.SUBARRAY_ACCUMULATOR, merge.subarray(), timings.accumulate(merge.depth()));
        listener.counts(Action.SUBARRAY_ACCUMULATIONS, bank, merge.additions());
      } else if (command instanceof Activate activate) {
        inSubarray(
            UnitKind.ACTIVATION_UNITS, activate.subarray(), timings.activate(activate.values()));
        listener.counts(Action.ACTIVATIONS, bank, activate.values());
      } else if (command instanceof Pool pool) {
        inBank(UnitKind.POOLING_UNITS, timings.pool(pool.values()));
        listener.counts(Action.POOLINGS, bank, pool.values());
      } else if (command instanceof Elementwise elementwise) {
        inBank(UnitKind.ELEMENTWISE_UNITS, timings.elementwise(elementwise.values()));
        listener.counts(Action.ELEMENTWISE_OPERATIONS, bank, elementwise.values());
      } else {
        throw new IllegalArgumentException("no rule for " + command);
      }
    }

    private void readBuffer(long bits) {
      transfer(UnitKind.BUFFER_READ_PORT, bank, 0, timings.bufferRead(bits));
      listener.counts(Action.BUFFER_READ_BITS, bank, bits);
    }

    private void writeBuffer(int ofBank, long bits) {
      transfer(UnitKind.BUFFER_WRITE_PORT, ofBank, 0, timings.bufferWrite(bits));
      listener.counts(Action.BUFFER_WRITE_BITS, ofBank, bits);
    }

    private void overPort(int subarray, long bits) {
      transfer(UnitKind.FF_PORT, bank, subarray, timings.port(bits));
      listener.counts(Action.PORT_BITS, bank, bits);
    }

    private void overDataLines(long cycles, long bits) {
      transfer(UnitKind.GLOBAL_DATA_LINES, bank, 0, cycles);
      listener.counts(Action.GLOBAL_DATA_LINE_BITS, bank, bits);
    }

    private void transfer(UnitKind kind, int ofBank, int subarray, long cycles) {
      use(kind, ofBank, subarray, 0, 1, new Service(cycles, 0));
    }

    private void inBank(UnitKind kind, Service service) {
      use(kind, bank, 0, 0, 1, service);
    }

    private void inSubarray(UnitKind kind, int subarray, Service service) {
      use(kind, bank, subarray, 0, 1, service);
    }

    private void inMats(UnitKind kind, int subarray, int first, int width, Service service) {
      use(kind, bank, subarray, first, width, service);
    }

    private void use(
        UnitKind kind, int ofBank, int subarray, int first, int width, Service service) {
      if (service.cycles() > 0) {
        listener.uses(kind, ofBank, subarray, first, width, service);
      }
    }
  }
}
