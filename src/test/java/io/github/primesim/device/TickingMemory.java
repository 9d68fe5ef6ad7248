package io.github.primesim.device;

import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The same memory, written as plainly as possible: time goes on cycle by cycle, every object looks
 * at every cycle whether it can do something, and waiting is counted by the cycle.
 *
 * <p>For memories with a clock of 1 ns and whole rates. Simulates all instances, all programs.
 */
final class TickingMemory {
  private final TestMemory memory;
  private final List<Request> requests = new ArrayList<>();
  private final List<Request> arrivals = new ArrayList<>();
  private final Map<String, List<Request>> queues = new HashMap<>();
  private final List<List<StageRun>> instances = new ArrayList<>();
  private long pace;
  private int commandNumber;
  private boolean changed;
  private int now;

  /** Cycles for which each unit was asked, over all its servers. */
  final Map<String, Long> busy = new HashMap<>();

  private final Map<String, Integer> serversOf = new HashMap<>();

  /** Begin of the first stage and end of the last one, by image. */
  final Map<Integer, Long> began = new HashMap<>();

  final Map<Integer, Long> completed = new HashMap<>();

  TickingMemory(Trace trace, TestMemory memory, int... images) {
    this.memory = memory;
    for (int instance = 0; instance < images.length; instance++) {
      List<StageRun> stages = new ArrayList<>();
      for (Stage stage : trace.stages()) {
        StageRun run = new StageRun(stages, stage, images[instance]);
        for (Program program : stage.programs()) {
          int firstBank = instance * trace.header().banksPerInstance();
          run.programs.add(new ProgramRun(new Sequence(program.steps(), run, program, firstBank)));
        }
        stages.add(run);
      }
      instances.add(stages);
    }
  }

  /** Lets an image in only every {@code cycles} cycles. */
  TickingMemory paced(long cycles) {
    pace = cycles;
    return this;
  }

  /** Runs until {@code images} images are complete. */
  TickingMemory run(int images) {
    while (completed.size() < images) {
      tick();
      if (now > 1_000_000) {
        throw new AssertionError("nothing goes on any more");
      }
    }
    return this;
  }

  int servers(String unit) {
    return serversOf.get(unit);
  }

  /** Whether instances share the unit. */
  static boolean isShared(String unit) {
    return unit.equals("path");
  }

  StageRun stage(int stage) {
    return instances.get(0).get(stage);
  }

  boolean isOfFirstInstance(StageRun run) {
    return instances.get(0).contains(run);
  }

  private void tick() {
    changed = now == 0 || (pace > 0 && now % pace == 0);
    for (Request request : requests) {
      request.endIfDue();
    }
    if (changed) {
      requests.removeIf(request -> request.ended);
      goOn();
    }
    instances.forEach(stages -> stages.forEach(StageRun::countWaiting));
    now++;
  }

  /** Lets everybody do what can be done in this cycle. */
  private void goOn() {
    while (changed) {
      changed = false;
      instances.forEach(stages -> stages.forEach(StageRun::goOn));
    }
    for (int image = completed.size(); allEnded(image); image++) {
      completed.put(image, (long) now);
    }
    arrivals.sort(Comparator.comparingInt(request -> request.number));
    for (Request request : arrivals) {
      requests.add(request);
      for (String unit : request.units) {
        queues.computeIfAbsent(unit, u -> new ArrayList<>()).add(request);
      }
    }
    arrivals.clear();
    requests.forEach(Request::startIfPossible);
  }

  /** All stages of all instances. */
  Stream<StageRun> runs() {
    return instances.stream().flatMap(List::stream);
  }

  private boolean allEnded(int image) {
    int most = instances.get(0).get(0).images;
    return image < most
        && instances.stream()
            .allMatch(s -> s.stream().allMatch(t -> t.ended > image || image >= t.images));
  }

  /** A stage of an instance. */
  final class StageRun {
    final List<Counts.Builder<Action>> actions = new ArrayList<>();
    final List<Counts.Builder<Stall>> stalls = new ArrayList<>();
    final List<Long> begins = new ArrayList<>();
    final List<Long> ends = new ArrayList<>();
    long events;
    private final List<StageRun> all;
    private final Stage stage;
    private final int images;
    private final List<ProgramRun> programs = new ArrayList<>();
    private int begun;
    private int ended;

    StageRun(List<StageRun> all, Stage stage, int images) {
      this.all = all;
      this.stage = stage;
      this.images = images;
    }

    /** Of its stage in the trace. */
    int number() {
      return all.indexOf(this);
    }

    private boolean idle() {
      return begun == ended && begun < images;
    }

    boolean isSource() {
      return stage.producers().isEmpty();
    }

    private boolean letIn() {
      return !isSource() || now >= begun * pace;
    }

    private boolean produced() {
      for (int producer : stage.producers()) {
        if (all.get(producer).ended <= begun) {
          return false;
        }
      }
      return true;
    }

    private boolean consumed() {
      int own = all.indexOf(this);
      for (StageRun other : all) {
        if (other.stage.producers().contains(own) && other.ended <= begun - memory.bufferedImages) {
          return false;
        }
      }
      return true;
    }

    private void goOn() {
      if (idle() && letIn() && produced() && consumed()) {
        changed = true;
        begins.add((long) now);
        began.merge(begun, (long) now, Math::min);
        begun++;
        Counts.Builder<Action> counts = new Counts.Builder<>(Action.class);
        stage.programs().forEach(program -> counts.add(program.tallies()));
        actions.add(counts);
        while (stalls.size() < begun) {
          stalls.add(new Counts.Builder<>(Stall.class));
        }
        programs.forEach(ProgramRun::start);
      }
      programs.forEach(ProgramRun::goOn);
      if (begun > ended && programs.stream().allMatch(program -> program.over)) {
        changed = true;
        ends.add((long) now);
        ended++;
      }
    }

    private void countWaiting() {
      if (idle() && begun > 0) {
        while (stalls.size() <= begun) {
          stalls.add(new Counts.Builder<>(Stall.class));
        }
        if (consumed() && !produced()) {
          stalls.get(begun).add(Stall.PRODUCER, 1);
        }
        if (letIn() && produced() && !consumed()) {
          stalls.get(begun).add(Stall.CONSUMER, 1);
        }
      }
      programs.forEach(program -> program.sequence.countWaiting());
    }

    private void count(Action action, long amount) {
      actions.get(begun - 1).add(action, amount);
    }

    private void stall(Stall stall, long cycles) {
      stalls.get(begun - 1).add(stall, cycles);
    }
  }

  private final class ProgramRun {
    private final Sequence sequence;
    private boolean over = true;

    ProgramRun(Sequence sequence) {
      this.sequence = sequence;
    }

    private void start() {
      over = false;
      sequence.start();
    }

    private void goOn() {
      if (!over && sequence.goOn()) {
        changed = true;
        over = true;
      }
    }
  }

  /** Something that is started, looked at again and again, and at some time over. */
  private interface Part {
    void start();

    /** Goes on as far as possible; returns whether it is over. */
    boolean goOn();

    void countWaiting();
  }

  /** Steps one after another. */
  private final class Sequence implements Part {
    private final List<Part> parts = new ArrayList<>();
    private int next;
    private boolean started;

    Sequence(List<Step> steps, StageRun stage, Program program, int firstBank) {
      for (Step step : steps) {
        if (!(step instanceof Loop loop)) {
          parts.add(new Station(step, stage, program, firstBank));
        } else if (loop.body().stream().anyMatch(Loop.class::isInstance)) {
          parts.add(
              new Repetition(loop.times(), new Sequence(loop.body(), stage, program, firstBank)));
        } else {
          parts.add(new PipelineRun(loop, stage, program, firstBank));
        }
      }
    }

    @Override
    public void start() {
      next = 0;
      started = false;
    }

    @Override
    public boolean goOn() {
      while (next < parts.size()) {
        if (!started) {
          parts.get(next).start();
          started = true;
          changed = true;
        }
        if (!parts.get(next).goOn()) {
          return false;
        }
        next++;
        started = false;
      }
      return true;
    }

    @Override
    public void countWaiting() {
      if (started && next < parts.size()) {
        parts.get(next).countWaiting();
      }
    }
  }

  /** A loop around loops. */
  private static final class Repetition implements Part {
    private final long times;
    private final Sequence body;
    private long done;

    Repetition(long times, Sequence body) {
      this.times = times;
      this.body = body;
    }

    @Override
    public void start() {
      done = 0;
      body.start();
    }

    @Override
    public boolean goOn() {
      while (body.goOn()) {
        if (++done == times) {
          return true;
        }
        body.start();
      }
      return false;
    }

    @Override
    public void countWaiting() {
      body.countWaiting();
    }
  }

  /** An innermost loop. */
  private final class PipelineRun implements Part {
    private final long times;
    private final List<Station> stations = new ArrayList<>();
    private final StageRun stage;
    private long[] taken;
    private long[] finished;

    PipelineRun(Loop loop, StageRun stage, Program program, int firstBank) {
      this.times = loop.times();
      this.stage = stage;
      for (Step step : loop.body()) {
        stations.add(new Station(step, stage, program, firstBank));
      }
    }

    @Override
    public void start() {
      taken = new long[stations.size()];
      finished = new long[stations.size()];
    }

    @Override
    public boolean goOn() {
      boolean moved;
      do {
        moved = false;
        for (int s = 0; s < stations.size(); s++) {
          if (taken[s] > finished[s] && stations.get(s).goOn()) {
            finished[s]++;
            moved = true;
          }
          if (ready(s) && room(s)) {
            taken[s]++;
            stations.get(s).start();
            moved = true;
          }
        }
        changed |= moved;
      } while (moved);
      return finished[stations.size() - 1] == times;
    }

    private boolean ready(int s) {
      return taken[s] == finished[s] && taken[s] < times && (s == 0 || finished[s - 1] > taken[s]);
    }

    private boolean room(int s) {
      if (s == stations.size() - 1) {
        return true;
      }
      return stallForPlace(s) == null
          ? taken[s + 1] >= taken[s]
          : finished[s + 1] > taken[s] - places(s);
    }

    private int places(int s) {
      int places = Integer.MAX_VALUE;
      if (stations.get(s).computes) {
        places = memory.registers;
      }
      if (stations.get(s + 1).computes) {
        places = Math.min(places, memory.latches);
      }
      return places;
    }

    private Stall stallForPlace(int s) {
      if (stations.get(s + 1).computes && memory.latches == places(s)) {
        return Stall.INPUT_LATCH;
      }
      return stations.get(s).computes ? Stall.OUTPUT_REGISTER : null;
    }

    @Override
    public void countWaiting() {
      for (int s = 0; s < stations.size(); s++) {
        if (ready(s) && !room(s) && stallForPlace(s) != null) {
          stage.stall(stallForPlace(s), 1);
        }
      }
    }
  }

  /** Commands that start together. */
  private final class Station implements Part {
    private final List<CommandRun> commands = new ArrayList<>();
    private boolean computes;

    Station(Step step, StageRun stage, Program program, int firstBank) {
      List<Command> all =
          step instanceof Together together ? together.commands() : List.of((Command) step);
      for (Command command : all) {
        computes |= command instanceof Compute;
        commands.add(new CommandRun(command, stage, firstBank + program.bank(), firstBank));
      }
    }

    @Override
    public void start() {
      commands.forEach(CommandRun::start);
    }

    @Override
    public boolean goOn() {
      commands.forEach(CommandRun::goOn);
      return commands.stream().allMatch(command -> command.over);
    }

    @Override
    public void countWaiting() {
      // Waiting at units is counted when it is over.
    }
  }

  /** A command and the units it uses in turn. */
  private final class CommandRun {
    private final int number = commandNumber++;
    private final Command command;
    private final StageRun stage;
    private final int bank;
    private final int firstBank;
    private List<Request> uses;
    private int next;
    private boolean over;

    CommandRun(Command command, StageRun stage, int bank, int firstBank) {
      this.command = command;
      this.stage = stage;
      this.bank = bank;
      this.firstBank = firstBank;
    }

    private void start() {
      uses = new ArrayList<>();
      next = 0;
      over = false;
      stage.count(Action.COMMANDS, 1);
      describe();
      goOn();
    }

    private void goOn() {
      while (next < uses.size()) {
        Request use = uses.get(next);
        if (use.ended) {
          next++;
          changed = true;
        } else {
          if (!use.asked) {
            use.asked = true;
            use.arrival = now;
            arrivals.add(use);
            stage.events++;
            changed = true;
          }
          return;
        }
      }
      over = true;
    }

    private void use(Stall stall, int servers, long cycles, long each, String... units) {
      if (cycles > 0) {
        uses.add(new Request(number, stage, stall, servers, cycles, List.of(units)));
        for (String unit : units) {
          busy.merge(unit, cycles, Long::sum);
          serversOf.put(unit, servers);
        }
        // What comes after the first addition, value or column is queued behind it.
        stage.stall(stall, each == 0 ? 0 : cycles - each);
      }
    }

    private void move(Stall stall, int servers, long bits, double rate, double extra, String unit) {
      use(stall, servers, bits == 0 ? 0 : (long) Math.ceil(extra + bits / rate), 0, unit);
    }

    private void read(long bits) {
      move(Stall.BUFFER_READ, memory.readPorts, bits, memory.readBitsPerNs, 0, "read" + bank);
      stage.count(Action.BUFFER_READ_BITS, bits);
    }

    private void write(int target, long bits) {
      move(Stall.BUFFER_WRITE, memory.writePorts, bits, memory.writeBitsPerNs, 0, "write" + target);
      stage.count(Action.BUFFER_WRITE_BITS, bits);
    }

    private void port(int subarray, long bits) {
      String unit = "port" + bank + "." + subarray;
      move(Stall.FF_PORT, memory.ports, bits, memory.portBitsPerNs, 0, unit);
      stage.count(Action.PORT_BITS, bits);
    }

    private void dataLines(long bits, double extra) {
      move(
          Stall.GLOBAL_DATA_LINES,
          memory.dataLines,
          bits,
          memory.dataLineBitsPerNs,
          extra,
          "lines" + bank);
      stage.count(Action.GLOBAL_DATA_LINE_BITS, bits);
    }

    private void rounds(Stall stall, long values, int units, double ns, String unit) {
      long rounds = (values + units - 1) / units;
      use(stall, 1, rounds * (long) ns, (long) ns, unit);
    }

    private String[] mats(String kind, int subarray, int first, int count) {
      String[] units = new String[count];
      for (int i = 0; i < count; i++) {
        units[i] = kind + bank + "." + subarray + "." + (first + i);
      }
      return units;
    }

    private void describe() {
      if (command instanceof Fetch c) {
        dataLines(c.bits(), memory.tRcdNs + memory.tClNs);
        write(bank, c.bits());
        stage.count(Action.MEMORY_READ_BITS, c.bits());
      } else if (command instanceof Commit c) {
        read(c.bits());
        dataLines(c.bits(), memory.tWrNs);
        stage.count(Action.MEMORY_WRITE_BITS, c.bits());
      } else if (command instanceof Load c) {
        read(c.bits());
        port(c.subarray(), c.bits());
      } else if (command instanceof Store c) {
        port(c.subarray(), c.bits());
        write(bank, c.bits());
      } else if (command instanceof Send c) {
        read(c.bits());
        move(
            Stall.INTER_BANK_PATH,
            memory.interBankPaths,
            c.bits(),
            memory.interBankBitsPerNs,
            0,
            "path");
        stage.count(Action.INTER_BANK_BITS, c.bits());
        write(firstBank + c.toBank(), c.bits());
      } else if (command instanceof Gather c) {
        String unit = "gather" + bank + "." + c.subarray();
        rounds(Stall.REORDER_PORT, c.inputs(), memory.reorderPorts, memory.gatherNs, unit);
        stage.count(Action.GATHERS, c.inputs());
      } else if (command instanceof Compute c) {
        long column = 0;
        long drives = 0;
        for (List<Integer> slice : c.slices()) {
          if (!slice.isEmpty()) {
            drives += (long) (memory.driveNs + memory.pulseNs);
          }
          for (int bits : slice) {
            column += bits * (long) memory.saBitNs;
          }
        }
        long cycles = c.passes() * (drives + c.depth() * column);
        long once = c.passes() * (drives + column);
        String[] mats = mats("mat", c.subarray(), c.firstMat(), c.mats());
        use(Stall.SENSE_AMPLIFIER, 1, cycles, once, mats);
      } else if (command instanceof Sum c) {
        long each = (long) memory.accumulatorNs;
        String[] mats = mats("accumulator", c.subarray(), c.firstMat(), c.mats());
        use(Stall.MAT_ACCUMULATOR, 1, c.depth() * each, each, mats);
        stage.count(Action.MAT_ACCUMULATIONS, c.additions());
      } else if (command instanceof Reorder c) {
        String unit = "reorder" + bank + "." + c.subarray();
        rounds(Stall.REORDER_PORT, c.results(), memory.reorderPorts, memory.reorderNs, unit);
        stage.count(Action.SCATTERS, c.results());
        stage.count(Action.INDEX_READ_BITS, c.indexBits());
      } else if (command instanceof Merge c) {
        long each = (long) memory.accumulatorNs;
        String unit = "merge" + bank + "." + c.subarray();
        use(Stall.SUBARRAY_ACCUMULATOR, 1, c.depth() * each, each, unit);
        stage.count(Action.SUBARRAY_ACCUMULATIONS, c.additions());
      } else if (command instanceof Activate c) {
        String unit = "activate" + bank + "." + c.subarray();
        rounds(
            Stall.ACTIVATION_UNIT, c.values(), memory.activationUnits, memory.activationNs, unit);
        stage.count(Action.ACTIVATIONS, c.values());
      } else if (command instanceof Pool c) {
        String unit = "pool" + bank;
        rounds(Stall.POOLING_UNIT, c.values(), memory.poolingUnits, memory.poolingNs, unit);
        stage.count(Action.POOLINGS, c.values());
      } else if (command instanceof Elementwise c) {
        String unit = "element" + bank;
        rounds(
            Stall.ELEMENTWISE_UNIT,
            c.values(),
            memory.elementwiseUnits,
            memory.elementwiseNs,
            unit);
        stage.count(Action.ELEMENTWISE_OPERATIONS, c.values());
      }
    }
  }

  /** A command at a unit. */
  private final class Request {
    private final int number;
    private final StageRun stage;
    private final Stall stall;
    private final int servers;
    private final long cycles;
    private final List<String> units;
    private boolean asked;
    private boolean started;
    private boolean ended;
    private long arrival;
    private long end;

    Request(int number, StageRun stage, Stall stall, int servers, long cycles, List<String> units) {
      this.number = number;
      this.stage = stage;
      this.stall = stall;
      this.servers = servers;
      this.cycles = cycles;
      this.units = units;
    }

    /** First come, first served: fewer before it than there are servers. */
    private void startIfPossible() {
      if (started) {
        return;
      }
      for (String unit : units) {
        if (queues.get(unit).indexOf(this) >= servers) {
          return;
        }
      }
      started = true;
      end = now + cycles;
      stage.stall(stall, now - arrival);
    }

    private void endIfDue() {
      if (started && !ended && end == now) {
        ended = true;
        changed = true;
        units.forEach(unit -> queues.get(unit).remove(this));
      }
    }
  }
}
