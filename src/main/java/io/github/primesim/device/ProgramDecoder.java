package io.github.primesim.device;

import io.github.primesim.device.DecodedProgram.Operation;
import io.github.primesim.device.DecodedProgram.Pipeline;
import io.github.primesim.device.DecodedProgram.Station;
import io.github.primesim.device.DecodedProgram.Use;
import io.github.primesim.device.Timings.Service;
import io.github.primesim.metrics.Action;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import java.util.ArrayList;
import java.util.List;

/** Turns a program of a trace into what its sequencer executes. */
final class ProgramDecoder {
  private final CommandRules rules;
  private final UnitDirectory directory;
  private final int firstBank;
  private final int epoch;
  private final int bank;
  private final List<Operation> operations = new ArrayList<>();

  private ProgramDecoder(
      CommandRules rules, UnitDirectory directory, int firstBank, int epoch, int bank) {
    this.rules = rules;
    this.directory = directory;
    this.firstBank = firstBank;
    this.epoch = epoch;
    this.bank = bank;
  }

  /**
   * Decodes a program.
   *
   * @param directory numbers the units
   * @param firstBank first bank of the instance
   * @param epoch as {@link UnitDirectory#number} has it
   * @param node stage of an instance
   */
  static DecodedProgram decode(
      Program program,
      CommandRules rules,
      UnitDirectory directory,
      int firstBank,
      int epoch,
      int node) {
    ProgramDecoder decoder = new ProgramDecoder(rules, directory, firstBank, epoch, program.bank());
    decoder.sequence(program.steps());
    return new DecodedProgram(node, List.copyOf(decoder.operations));
  }

  private void sequence(List<Step> steps) {
    for (Step step : steps) {
      if (!(step instanceof Loop loop)) {
        operations.add(Operation.run(new Pipeline(1, List.of(station(step)))));
      } else if (loop.body().stream().anyMatch(Loop.class::isInstance)) {
        int start = operations.size();
        sequence(loop.body());
        operations.add(Operation.repeat(loop.times(), start));
      } else {
        List<Station> stations = new ArrayList<>();
        for (Step station : loop.body()) {
          stations.add(station(station));
        }
        operations.add(Operation.run(new Pipeline(loop.times(), stations)));
      }
    }
  }

  private Station station(Step step) {
    List<Command> together =
        step instanceof Together several ? several.commands() : List.of((Command) step);
    List<List<Use>> commands = new ArrayList<>();
    boolean computes = false;
    for (Command command : together) {
      commands.add(uses(command));
      computes |= command instanceof Compute;
    }
    return new Station(commands, computes);
  }

  private List<Use> uses(Command command) {
    List<Use> uses = new ArrayList<>();
    rules.describe(
        command,
        firstBank,
        bank,
        new CommandRules.Listener() {
          @Override
          public void uses(
              UnitKind kind, int ofBank, int subarray, int first, int width, Service service) {
            int unit = directory.number(kind, epoch, ofBank, subarray, first);
            uses.add(new Use(kind, unit, width, service.cycles()));
          }

          @Override
          public void counts(Action action, int inBank, long amount) {
            // Counts do not depend on time: TraceTotals adds them up.
          }
        });
    return uses;
  }
}
