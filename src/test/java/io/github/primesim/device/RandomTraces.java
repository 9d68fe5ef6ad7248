package io.github.primesim.device;

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
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Small random traces with much contention, and small random memories. */
final class RandomTraces {
  private final SplittableRandom random;
  private final boolean sends;
  private int longestLoop = 5;
  private int longestOuterLoop = 3;
  private int banksPerInstance;
  private int subarrays;
  private int mats;

  RandomTraces(SplittableRandom random) {
    this.random = random;
    this.sends = random.nextInt(3) > 0;
  }

  /** Lets loops be repeated more often than a state needs to recur. */
  RandomTraces withLongLoops(int longest, int longestOuter) {
    longestLoop = longest;
    longestOuterLoop = longestOuter;
    return this;
  }

  TestMemory memory() {
    TestMemory memory = new TestMemory();
    memory.latches = upTo(3);
    memory.registers = upTo(3);
    memory.reorderPorts = upTo(2);
    memory.ports = upTo(2);
    memory.readPorts = upTo(2);
    memory.writePorts = upTo(2);
    memory.dataLines = upTo(2);
    memory.interBankPaths = upTo(2);
    memory.activationUnits = upTo(2);
    memory.poolingUnits = upTo(2);
    memory.elementwiseUnits = upTo(2);
    memory.bufferedImages = upTo(2);
    memory.ffSubarrays = upTo(2);
    memory.mats = upTo(3);
    memory.pulseNs = random.nextInt(3);
    memory.accumulatorNs = upTo(2);
    memory.reorderNs = upTo(2);
    memory.activationNs = random.nextInt(3);
    memory.readBitsPerNs = upTo(3);
    memory.writeBitsPerNs = upTo(3);
    memory.portBitsPerNs = upTo(2);
    memory.dataLineBitsPerNs = upTo(3);
    memory.interBankBitsPerNs = upTo(2);
    memory.tRcdNs = random.nextInt(3);
    memory.tClNs = random.nextInt(2);
    memory.tWrNs = random.nextInt(4);
    return memory;
  }

  /** A trace for {@code memory}; a batch of 0 is an endless stream. */
  Trace trace(TestMemory memory, int batch) {
    banksPerInstance = upTo(3);
    subarrays = memory.ffSubarrays;
    mats = memory.mats;
    List<Stage> stages = new ArrayList<>();
    int count = upTo(4);
    for (int stage = 0; stage < count; stage++) {
      List<Integer> producers = new ArrayList<>();
      for (int producer = 0; producer < stage; producer++) {
        if (random.nextInt(2) == 0) {
          producers.add(producer);
        }
      }
      stages.add(TestMemory.stage(producers, programs()));
    }
    return TestMemory.trace(upTo(2), banksPerInstance, 1, batch, stages);
  }

  /** A trace of one program with loops inside each other, one image. */
  Trace traceOfOneProgram(TestMemory memory, int depth) {
    banksPerInstance = 1;
    subarrays = memory.ffSubarrays;
    mats = memory.mats;
    List<Step> steps = List.of(new Loop(upTo(longestLoop), stations(0)));
    for (int i = 0; i < depth; i++) {
      List<Step> around = new ArrayList<>(steps(0, 2, 2));
      around.addAll(random.nextInt(around.size() + 1), steps);
      steps = List.of(new Loop(upTo(longestOuterLoop), around));
    }
    return TestMemory.trace(
        1, 1, 1, 1, List.of(TestMemory.stage(List.of(), new Program(0, steps, Map.of()))));
  }

  private Program[] programs() {
    List<Program> programs = new ArrayList<>();
    int count = random.nextInt(8) == 0 ? 0 : upTo(3);
    for (int i = 0; i < count; i++) {
      int bank = random.nextInt(banksPerInstance);
      if (i > 0 && !sends && random.nextBoolean()) {
        // A replica, sometimes in another bank.
        programs.add(new Program(bank, programs.get(0).steps(), Map.of()));
      } else {
        programs.add(
            new Program(bank, steps(bank, 0, 3), Map.of(Action.CONVERT_3, (long) upTo(9))));
      }
    }
    return programs.toArray(new Program[0]);
  }

  private List<Step> steps(int bank, int depth, int most) {
    List<Step> steps = new ArrayList<>();
    int count = upTo(most);
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(6);
      if (kind < 2 && depth < 2) {
        steps.add(new Loop(upTo(longestOuterLoop), steps(bank, depth + 1, 2)));
      } else if (kind < 4 && depth < 3) {
        steps.add(new Loop(upTo(longestLoop), stations(bank)));
      } else {
        steps.add(station(bank));
      }
    }
    return steps;
  }

  private List<Step> stations(int bank) {
    List<Step> stations = new ArrayList<>();
    int count = upTo(5);
    for (int i = 0; i < count; i++) {
      stations.add(station(bank));
    }
    return stations;
  }

  private Step station(int bank) {
    if (random.nextInt(5) > 0) {
      return command(bank);
    }
    List<Command> commands = new ArrayList<>();
    int count = 1 + upTo(2);
    for (int i = 0; i < count; i++) {
      commands.add(command(bank));
    }
    return new Together(commands);
  }

  private Command command(int bank) {
    int subarray = random.nextInt(subarrays);
    int firstMat = random.nextInt(mats);
    int width = upTo(mats - firstMat);
    int amount = random.nextInt(9);
    return switch (random.nextInt(15)) {
      case 0 -> new Fetch(amount);
      case 1 -> new Commit(amount);
      case 2, 3 -> new Load(subarray, amount);
      case 4 -> new Store(subarray, amount);
      case 5 ->
          sends && banksPerInstance > 1
              ? new Send((bank + upTo(banksPerInstance - 1)) % banksPerInstance, amount)
              : new Pool(amount);
      case 6 -> new Gather(subarray, amount);
      case 7, 8, 9 -> new Compute(subarray, firstMat, width, upTo(4), upTo(2), slices());
      case 10 -> new Sum(subarray, firstMat, width, amount, 2L * amount);
      case 11 -> new Reorder(subarray, amount, 3L * amount);
      case 12 -> new Merge(subarray, amount, 2L * amount);
      case 13 -> new Activate(subarray, amount);
      default -> random.nextBoolean() ? new Pool(amount) : new Elementwise(amount);
    };
  }

  private List<List<Integer>> slices() {
    List<List<Integer>> slices = new ArrayList<>();
    int count = upTo(2);
    for (int i = 0; i < count; i++) {
      List<Integer> conversions = new ArrayList<>();
      int cells = random.nextInt(3);
      for (int cell = 0; cell < cells; cell++) {
        conversions.add(upTo(3));
      }
      slices.add(conversions);
    }
    return slices;
  }

  private int upTo(int most) {
    return 1 + random.nextInt(most);
  }
}
