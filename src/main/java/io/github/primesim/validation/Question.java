package io.github.primesim.validation;

import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.RunResult;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.Network;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is asked of a {@link Figure}: the inputs of a claim, and the bench they are tried on. It
 * remembers which inputs were read, so that one which nobody reads can be refused.
 */
public final class Question {
  private static final String DEFAULT_HARDWARE = "prime-45nm";

  private final Map<String, String> inputs;
  private final Bench bench;
  private final Set<String> read;

  Question(Map<String, String> inputs, Bench bench) {
    this(inputs, bench, new TreeSet<>());
  }

  private Question(Map<String, String> inputs, Bench bench, Set<String> read) {
    this.inputs = inputs;
    this.bench = bench;
    this.read = read;
  }

  /** The same question with other inputs in place of some. */
  Question with(Map<String, String> others) {
    Map<String, String> changed = new LinkedHashMap<>(inputs);
    changed.putAll(others);
    return new Question(changed, bench, read);
  }

  /** The bench with what was loaded and simulated before. */
  public Bench bench() {
    return bench;
  }

  /** Names of the inputs that were read. */
  Set<String> read() {
    return read;
  }

  /** Names of all inputs. */
  Set<String> given() {
    return inputs.keySet();
  }

  /** An input that must be given. */
  public String text(String key) {
    return find(key)
        .orElseThrow(() -> new InputProblem("input '" + key + "' is missing for this figure"));
  }

  /** An input that may be left out. */
  public Optional<String> find(String key) {
    read.add(key);
    return Optional.ofNullable(inputs.get(key));
  }

  /** An input that is one of a few words. */
  public String oneOf(String key, String... allowed) {
    String word = text(key);
    if (!Arrays.asList(allowed).contains(word)) {
      throw new InputProblem(
          "input '" + key + "' is '" + word + "', allowed: " + String.join(", ", allowed));
    }
    return word;
  }

  /** An input of several words. */
  public List<String> words(String key) {
    return List.of(text(key).strip().split("\\s+"));
  }

  /** An input that is a number. */
  public double number(String key) {
    return number(key, text(key));
  }

  /** A number that is part of an input. */
  static double number(String key, String text) {
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, like an infinite one.
    }
    throw new InputProblem("input '" + key + "' is '" + text + "', allowed: a number");
  }

  /** An input that is a number, and what it is where it is left out. */
  public double number(String key, double absent) {
    return find(key).isPresent() ? number(key) : absent;
  }

  /** An input that is a whole number, 0 or more. */
  public int count(String key) {
    double value = number(key);
    if (value < 0 || value > Integer.MAX_VALUE || value != Math.rint(value)) {
      throw new InputProblem(
          "input '" + key + "' is '" + text(key) + "', allowed: a whole number, 0 or more");
    }
    return (int) value;
  }

  /** What the inputs say of network, hardware and mapping; PRIME's own where they are silent. */
  public Design design() {
    return design(find("network").orElse(""), List.of());
  }

  /** The same for another network, with more hardware keys set. */
  public Design design(String network, List<String> sets) {
    Substitution instead = bench.substitution();
    List<String> all = new ArrayList<>(find("set").map(Question::sets).orElse(List.of()));
    all.addAll(sets);
    all.addAll(instead.sets());
    String named = find("hardware").orElse(DEFAULT_HARDWARE);
    String policy = find("replication").orElse("layer");
    return new Design(
        network,
        instead.hardware().orElse(named),
        find("mapping").orElse("dense"),
        find("crossbar"),
        find("signs").orElse("pairs"),
        instead.replication().orElse(policy),
        all);
  }

  private static List<String> sets(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** The network with its memory, not compiled. */
  public CompileRequest request() {
    return bench.request(design(text("network"), List.of()));
  }

  /** The memory. */
  public HardwareSpec hardware() {
    return bench.hardware(design());
  }

  /** The layers of the network. */
  public Network network() {
    return bench.network(text("network"));
  }

  /** The network compiled. */
  public CompiledNetwork compiled() {
    return bench.compiled(design(text("network"), List.of()));
  }

  /** The network simulated. */
  public RunResult run() {
    return run(text("network"), List.of());
  }

  /** A network simulated, with more hardware keys set. */
  public RunResult run(String network, List<String> sets) {
    return bench.run(design(network, sets));
  }
}
