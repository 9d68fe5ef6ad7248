package io.github.primesim.trace;

import io.github.primesim.metrics.Action;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads a {@link Trace} from its text, as described in {@code docs/trace-format.md}.
 *
 * <p>The whole file is checked: whatever that page does not allow is refused with an {@link
 * InputProblem} that names file, line, value, and what is allowed. What is read takes memory in
 * proportion to the file, apart from programs of several banks in one block, of which at most
 * 262,144 are taken.
 */
public final class TraceReader {
  /** How a trace begins, unless with a comment. */
  public static final String MAGIC = "primesim-trace";

  private static final List<String> FACTS =
      List.of(
          "rows",
          "columns",
          "positions",
          "non-zeros",
          "dense-crossbars",
          "mapped-crossbars",
          "lower-bound",
          "replicas",
          "metadata-bits",
          "macs");
  private static final int SIZES = 2;

  /** Commands of a trace have few different slices; sharing them keeps large traces small. */
  private static final int MOST_SHARED_SLICES = 1000;

  private static final Map<String, Action> ACTIONS = actions();

  private final TraceLines lines;
  private final Operands operands = new Operands();
  private final Map<String, List<List<Integer>>> sharedSlices = new HashMap<>();

  private TraceReader(TraceLines lines) {
    this.lines = lines;
  }

  /**
   * Reads a file.
   *
   * @throws InputProblem if it cannot be read or is not a valid trace
   */
  public static Trace read(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputProblem(file + ": is a directory, a trace file is expected");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, file.toString());
    } catch (NoSuchFileException e) {
      throw new InputProblem(file + ": no such file, a trace file is expected", e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a trace up to the end of the stream.
   *
   * @param name of the file, for messages
   * @throws InputProblem if it is not a valid trace
   * @throws IOException if the stream cannot be read
   */
  public static Trace read(InputStream in, String name) throws IOException {
    return new TraceReader(new TraceLines(in, name)).trace();
  }

  private Trace trace() throws IOException {
    version();
    TraceHeader header = new HeaderReader(lines).read();
    TraceChecks checks = new TraceChecks(header.banksPerInstance());
    List<Stage> stages = new ArrayList<>();
    boolean more = true;
    while (more) {
      stages.add(stage(stages.size(), checks));
      if (!lines.advance()) {
        throw lines.problem("the file ends, expected another stage or 'end'; is it truncated?");
      }
      String word = lines.nextWord("a stage or 'end'");
      more = word.equals("stage");
      if (!more && !word.equals("end")) {
        throw unexpected(word, "a stage or 'end'");
      }
    }
    lines.expectEnd();
    if (lines.advance()) {
      throw unexpected(lines.next("nothing"), "nothing after 'end'");
    }
    return construct(() -> new Trace(header, stages));
  }

  private void version() throws IOException {
    boolean ours;
    try {
      ours = lines.advance() && lines.take(MAGIC);
    } catch (InputProblem e) {
      // A binary file has neither lines nor characters worth complaining about.
      ours = false;
    }
    if (!ours) {
      throw lines.problem(
          "not a trace, expected '" + MAGIC + " " + TraceHeader.VERSION + "' in the first line");
    }
    String version = lines.nextWord("the format version");
    if (!version.equals(Integer.toString(TraceHeader.VERSION))) {
      throw lines.problem(
          "format version is '"
              + TraceLines.shortened(version)
              + "', allowed is "
              + TraceHeader.VERSION);
    }
    lines.expectEnd();
  }

  private Stage stage(int index, TraceChecks checks) throws IOException {
    lines.nextNumber("number of the stage", index, index);
    String layer = lines.next("the name of the layer");
    openBlock();
    List<Integer> producers = List.of();
    LayerFacts facts = null;
    List<Program> programs = new ArrayList<>();
    while (true) {
      advanceWithin("stage " + index);
      String word = lines.nextWord("after, facts, program or '}'");
      switch (word) {
        case "after" -> {
          once(producers.isEmpty(), word);
          producers = producers(checks);
        }
        case "facts" -> {
          once(facts == null, word);
          facts = facts();
        }
        case "program" -> programs(programs, checks);
        case "}" -> {
          lines.expectEnd();
          if (facts == null) {
            throw lines.problem("stage " + index + " lacks its facts");
          }
          checks.endOfStage();
          return new Stage(layer, producers, facts, programs);
        }
        default -> throw unexpected(word, "after, facts, program or '}'");
      }
    }
  }

  private List<Integer> producers(TraceChecks checks) {
    Set<Integer> producers = new LinkedHashSet<>();
    do {
      long producer = lines.nextNumber("producer", 0, Bounds.MOST_PROGRAMS);
      check(() -> checks.producer(producer));
      once(producers.add((int) producer), "producer " + producer);
    } while (lines.more());
    return List.copyOf(producers);
  }

  private LayerFacts facts() {
    String kind = null;
    long[] values = new long[FACTS.size()];
    boolean[] given = new boolean[FACTS.size()];
    while (lines.more()) {
      String key = lines.nextWord("a key");
      int fact = FACTS.indexOf(key);
      if (key.equals("kind")) {
        once(kind == null, key);
        kind = lines.next("the kind of the layer");
      } else if (fact < 0) {
        throw unexpected(key, "kind, " + String.join(", ", FACTS));
      } else {
        once(!given[fact], key);
        given[fact] = true;
        long most = fact < SIZES ? Integer.MAX_VALUE : Bounds.MOST;
        values[fact] = lines.nextNumber(key, 0, most);
      }
    }
    require(kind != null, "facts", "kind");
    for (int fact = 0; fact < given.length; fact++) {
      require(given[fact], "facts", FACTS.get(fact));
    }
    return new LayerFacts(
        kind,
        (int) values[0],
        (int) values[1],
        values[2],
        values[3],
        values[4],
        values[5],
        values[6],
        values[7],
        values[8],
        values[9]);
  }

  /** Reads a block and adds one program for each bank it is meant for. */
  private void programs(List<Program> programs, TraceChecks checks) throws IOException {
    List<Integer> banks = banks(checks);
    openBlock();
    Map<Action, Long> tallies = new EnumMap<>(Action.class);
    List<Step> steps = List.copyOf(block(1, 1, tallies));
    for (int bank : banks) {
      Program program = construct(() -> new Program(bank, steps, tallies));
      check(() -> checks.program(program));
      programs.add(program);
    }
  }

  private List<Integer> banks(TraceChecks checks) {
    String key = lines.nextWord("bank or banks");
    if (!key.equals("bank") && !key.equals("banks")) {
      throw unexpected(key, "bank or banks");
    }
    String list = lines.nextWord("a bank, or banks as in 0,2,4-7");
    List<Integer> banks = new ArrayList<>();
    for (int from = 0; from <= list.length(); ) {
      int comma = list.indexOf(',', from);
      int to = comma < 0 ? list.length() : comma;
      range(list, from, to, key, banks, checks);
      from = to + 1;
    }
    if (key.equals("bank") && banks.size() > 1) {
      throw unexpected(list, "one bank; several follow the word banks");
    }
    return banks;
  }

  private void range(
      String list, int from, int to, String key, List<Integer> banks, TraceChecks checks) {
    int dash = list.indexOf('-', from);
    boolean single = dash < 0 || dash >= to;
    long first = lines.number(list, from, single ? to : dash, key, 0, Bounds.MOST_INDEX);
    long last = single ? first : lines.number(list, dash + 1, to, key, first, Bounds.MOST_INDEX);
    check(() -> checks.bank(last));
    for (long bank = first; bank <= last; bank++) {
      banks.add((int) bank);
    }
    if (banks.size() > Bounds.MOST_PROGRAMS) {
      throw lines.problem("more banks than the " + Bounds.MOST_PROGRAMS + " programs allowed");
    }
  }

  /**
   * The steps up to the closing brace.
   *
   * @param depth blocks around the steps
   * @param iterations product of the repetitions of the loops around the steps
   * @param tallies where to put tallies, null where none are allowed
   */
  private List<Step> block(int depth, long iterations, Map<Action, Long> tallies)
      throws IOException {
    List<Step> steps = new ArrayList<>();
    while (true) {
      advanceWithin(depth == 1 ? "a program" : "a loop");
      String word = lines.nextWord("a command");
      switch (word) {
        case "}" -> {
          lines.expectEnd();
          return steps;
        }
        case "repeat" -> steps.add(loop(depth + 1, iterations));
        case "together" -> steps.add(together(depth + 1));
        case "tally" -> {
          if (tallies == null) {
            throw lines.problem("a tally within a loop, allowed is one beside the loops");
          }
          tally(tallies);
        }
        default -> steps.add(command(word, "repeat, together, tally, "));
      }
    }
  }

  private Loop loop(int depth, long iterations) throws IOException {
    checkDepth(depth);
    long times = lines.nextNumber("number of repetitions", 1, Bounds.MOST);
    long product = Bounds.times(iterations, times);
    if (product > Bounds.MOST) {
      throw lines.problem(
          "the repetitions of this loop and those around it multiply to more than the "
              + Bounds.MOST
              + " allowed");
    }
    openBlock();
    List<Step> body = block(depth, product, null);
    if (body.isEmpty()) {
      throw lines.problem("the loop ends, expected a command in it");
    }
    return new Loop(times, body);
  }

  private Together together(int depth) throws IOException {
    checkDepth(depth);
    openBlock();
    List<Command> commands = new ArrayList<>();
    while (true) {
      advanceWithin("together");
      String word = lines.nextWord("a command");
      if (word.equals("}")) {
        lines.expectEnd();
        return construct(() -> new Together(commands));
      }
      commands.add(command(word, ""));
    }
  }

  private void checkDepth(int depth) {
    if (depth > Bounds.MOST_NESTING) {
      throw lines.problem("blocks are " + depth + " deep here, allowed is " + Bounds.MOST_NESTING);
    }
  }

  private void tally(Map<Action, Long> tallies) {
    String key = lines.nextWord("an action");
    Action action = ACTIONS.get(key);
    if (action == null) {
      throw unexpected(key, "an action: " + String.join(", ", ACTIONS.keySet()));
    }
    once(!tallies.containsKey(action), key);
    tallies.put(action, lines.nextNumber(key, 0, Bounds.MOST));
    lines.expectEnd();
  }

  private Command command(String word, String alsoAllowed) {
    Verb verb = Verb.find(word);
    if (verb == null) {
      throw unexpected(word, alsoAllowed + String.join(", ", Verb.keys()) + " or '}'");
    }
    EnumSet<Operand> missing = EnumSet.copyOf(verb.operands());
    while (lines.more()) {
      String key = lines.nextWord("an operand");
      Operand operand = operand(verb, key);
      once(missing.remove(operand), key);
      operandValue(operand);
    }
    for (Operand operand : missing) {
      require(false, verb.key(), operand.key());
    }
    return construct(() -> operands.command(verb));
  }

  private Operand operand(Verb verb, String key) {
    List<Operand> allowed = verb.operands();
    for (int i = 0; i < allowed.size(); i++) {
      if (allowed.get(i).key().equals(key)) {
        return allowed.get(i);
      }
    }
    throw unexpected(
        key, String.join(", ", allowed.stream().map(Operand::key).toList()) + " of " + verb.key());
  }

  private void operandValue(Operand operand) {
    switch (operand) {
      case MATS -> mats(lines.nextWord("mats as in 3 or 0-7"));
      case SLICES -> operands.setSlices(slices(lines.nextWord("slices as in 6+3/2")));
      default ->
          operands.set(operand, lines.nextNumber(operand.key(), operand.least(), operand.most()));
    }
  }

  private void mats(String word) {
    int dash = word.indexOf('-');
    int end = dash < 0 ? word.length() : dash;
    int first = (int) lines.number(word, 0, end, "mats", 0, Bounds.MOST_INDEX);
    int last =
        dash < 0
            ? first
            : (int) lines.number(word, dash + 1, word.length(), "mats", first, Bounds.MOST_INDEX);
    operands.setMats(first, last - first + 1);
  }

  private List<List<Integer>> slices(String word) {
    List<List<Integer>> known = sharedSlices.get(word);
    if (known != null) {
      return known;
    }
    List<List<Integer>> slices = new ArrayList<>();
    for (String slice : word.split("/", -1)) {
      List<Integer> conversions = new ArrayList<>();
      if (!slice.equals("-")) {
        for (String bits : slice.split("\\+", -1)) {
          conversions.add(
              (int) lines.number(bits, 0, bits.length(), "slices", 1, Action.MOST_CONVERSION_BITS));
        }
      }
      slices.add(List.copyOf(conversions));
    }
    if (sharedSlices.size() < MOST_SHARED_SLICES) {
      sharedSlices.put(word, slices);
    }
    return slices;
  }

  private void openBlock() {
    lines.expect("{");
    lines.expectEnd();
  }

  private void advanceWithin(String block) throws IOException {
    if (!lines.advance()) {
      throw lines.problem("the file ends within " + block + ", expected its '}'; is it truncated?");
    }
  }

  private void once(boolean first, String key) {
    if (!first) {
      throw lines.problem("'" + key + "' stands twice, allowed is once");
    }
  }

  private void require(boolean given, String owner, String key) {
    if (!given) {
      throw lines.problem(owner + " lacks '" + key + "'");
    }
  }

  private InputProblem unexpected(String found, String expected) {
    return lines.problem("found '" + TraceLines.shortened(found) + "', expected " + expected);
  }

  /** The records know what they allow; here it is told where in the file they were not content. */
  private <T> T construct(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (IllegalArgumentException e) {
      throw lines.problem(e.getMessage());
    }
  }

  private void check(Runnable check) {
    construct(
        () -> {
          check.run();
          return null;
        });
  }

  private static Map<String, Action> actions() {
    Map<String, Action> actions = new LinkedHashMap<>();
    Arrays.stream(Action.values()).forEach(action -> actions.put(action.key(), action));
    return actions;
  }
}
