package io.github.primesim.trace;

import io.github.primesim.metrics.Action;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Valid traces of every shape, small, from a seed. */
final class RandomTraces {
  private static final String[] NAMES = {
    "conv1", "", "two words", "a\"quote\\", "line\nbreak\r", "Größe#{}", "block-compact", "x=1.5"
  };
  private static final int BANKS = 8;
  private static final List<Action> ACTIONS = List.of(Action.values());
  private static final List<Verb> VERBS = List.of(Verb.values());

  private final SplittableRandom random;

  RandomTraces(long seed) {
    random = new SplittableRandom(seed);
  }

  Trace trace() {
    List<Stage> stages = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int index = 0; index < count; index++) {
      stages.add(stage(index));
    }
    return new Trace(header(), stages);
  }

  private TraceHeader header() {
    List<String> overrides = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      overrides.add("quantization.weightBits=" + i);
    }
    return new TraceHeader(
        name(),
        pick(TraceHeader.WEIGHTS),
        name(),
        name(),
        random.nextBoolean() ? "*" : name(),
        overrides,
        name(),
        1 + random.nextInt(256),
        1 + random.nextInt(256),
        pick(TraceHeader.SIGNS),
        pick(TraceHeader.REPLICATION),
        random.nextLong(),
        1 + random.nextInt(64),
        BANKS,
        1 + random.nextInt(9),
        random.nextInt(100),
        random.nextDouble(),
        random.nextDouble() * 1e-7,
        random.nextInt(2),
        random.nextLong(1L << 40),
        random.nextInt(3));
  }

  private Stage stage(int index) {
    Set<Integer> producers = new LinkedHashSet<>();
    for (int i = random.nextInt(3); i > 0 && index > 0; i--) {
      producers.add(random.nextInt(index));
    }
    List<Program> programs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      int bank = random.nextInt(BANKS);
      List<Step> steps = steps(0);
      Map<Action, Long> tallies = tallies();
      programs.add(new Program(bank, steps, tallies));
      // Programs that differ in the bank alone share a block.
      while (random.nextInt(3) > 0) {
        bank = random.nextInt(4) > 0 ? (bank + 1) % BANKS : random.nextInt(BANKS);
        programs.add(new Program(bank, steps, tallies));
      }
    }
    programs.removeIf(program -> sendsToItself(program.bank(), program.steps()));
    return new Stage(name(), List.copyOf(producers), facts(), programs);
  }

  private static boolean sendsToItself(int bank, List<? extends Step> steps) {
    return steps.stream()
        .anyMatch(
            step ->
                (step instanceof Command.Send send && send.toBank() == bank)
                    || (step instanceof Loop loop && sendsToItself(bank, loop.body()))
                    || (step instanceof Together t && sendsToItself(bank, t.commands())));
  }

  private Map<Action, Long> tallies() {
    Map<Action, Long> tallies = new EnumMap<>(Action.class);
    for (int i = random.nextInt(4); i > 0; i--) {
      tallies.put(pick(ACTIONS), count());
    }
    return tallies;
  }

  private LayerFacts facts() {
    return new LayerFacts(
        name(),
        random.nextInt(1000),
        random.nextInt(1000),
        count(),
        count(),
        count(),
        count(),
        count(),
        count(),
        count(),
        count());
  }

  private List<Step> steps(int depth) {
    List<Step> steps = new ArrayList<>();
    int least = depth == 0 ? 0 : 1;
    for (int i = least + random.nextInt(4); i > 0; i--) {
      int kind = random.nextInt(6);
      if (kind == 0 && depth < 3) {
        steps.add(new Loop(1 + random.nextLong(1000), steps(depth + 1)));
      } else if (kind == 1) {
        List<Command> commands = new ArrayList<>();
        for (int c = 2 + random.nextInt(3); c > 0; c--) {
          commands.add(command());
        }
        steps.add(new Together(commands));
      } else {
        steps.add(command());
      }
    }
    return steps;
  }

  private Command command() {
    int ff = random.nextInt(4);
    return switch (pick(VERBS)) {
      case FETCH -> new Command.Fetch(count());
      case COMMIT -> new Command.Commit(count());
      case LOAD -> new Command.Load(ff, count());
      case STORE -> new Command.Store(ff, count());
      case SEND -> new Command.Send(random.nextInt(BANKS), count());
      case GATHER -> new Command.Gather(ff, count());
      case COMP ->
          new Command.Compute(
              ff,
              random.nextInt(32),
              1 + random.nextInt(32),
              1 + random.nextInt(32),
              1 + random.nextInt(2),
              slices());
      case SUM -> new Command.Sum(ff, random.nextInt(32), 1 + random.nextInt(32), count(), count());
      case REORDER -> new Command.Reorder(ff, count(), count());
      case MERGE -> new Command.Merge(ff, count(), count());
      case ACTIVATE -> new Command.Activate(ff, count());
      case POOL -> new Command.Pool(count());
      case ELEMENTWISE -> new Command.Elementwise(count());
    };
  }

  private List<List<Integer>> slices() {
    List<List<Integer>> slices = new ArrayList<>();
    for (int s = 1 + random.nextInt(3); s > 0; s--) {
      List<Integer> conversions = new ArrayList<>();
      for (int c = random.nextInt(3); c > 0; c--) {
        conversions.add(1 + random.nextInt(16));
      }
      slices.add(conversions);
    }
    return slices;
  }

  private long count() {
    return random.nextInt(4) == 0 ? 0 : random.nextLong(10_000);
  }

  private String name() {
    return NAMES[random.nextInt(NAMES.length)];
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
