package io.github.primesim.trace;

import static io.github.primesim.trace.Operand.ADDITIONS;
import static io.github.primesim.trace.Operand.BITS;
import static io.github.primesim.trace.Operand.DEPTH;
import static io.github.primesim.trace.Operand.FF;
import static io.github.primesim.trace.Operand.INDEX_BITS;
import static io.github.primesim.trace.Operand.INPUTS;
import static io.github.primesim.trace.Operand.MATS;
import static io.github.primesim.trace.Operand.PASSES;
import static io.github.primesim.trace.Operand.RESULTS;
import static io.github.primesim.trace.Operand.SLICES;
import static io.github.primesim.trace.Operand.TO;
import static io.github.primesim.trace.Operand.VALUES;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The kinds of {@link Command}, by the names they have in a trace. */
public enum Verb {
  FETCH(BITS),
  COMMIT(BITS),
  LOAD(FF, BITS),
  STORE(FF, BITS),
  SEND(TO, BITS),
  GATHER(FF, INPUTS),
  COMP(FF, MATS, DEPTH, PASSES, SLICES),
  SUM(FF, MATS, DEPTH, ADDITIONS),
  REORDER(FF, RESULTS, INDEX_BITS),
  MERGE(FF, DEPTH, ADDITIONS),
  ACTIVATE(FF, VALUES),
  POOL(VALUES),
  ELEMENTWISE(VALUES);

  private static final Map<String, Verb> BY_KEY = byKey();

  private final String key = name().toLowerCase(Locale.ROOT);

  // Error Prone does not know that a list made by List.of() is immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<Operand> operands;

  Verb(Operand... operands) {
    this.operands = List.of(operands);
  }

  /** Name of the verb in a trace. */
  public String key() {
    return key;
  }

  /** Operands in the order in which they are written. */
  List<Operand> operands() {
    return operands;
  }

  /** The verb with this key, or null. */
  static Verb find(String key) {
    return BY_KEY.get(key);
  }

  static List<String> keys() {
    return new ArrayList<>(BY_KEY.keySet());
  }

  /** The verb of a command. */
  public static Verb of(Command command) {
    if (command instanceof Command.Load) {
      return LOAD;
    } else if (command instanceof Command.Compute) {
      return COMP;
    } else if (command instanceof Command.Sum) {
      return SUM;
    } else if (command instanceof Command.Store) {
      return STORE;
    } else if (command instanceof Command.Reorder) {
      return REORDER;
    } else if (command instanceof Command.Merge) {
      return MERGE;
    } else if (command instanceof Command.Activate) {
      return ACTIVATE;
    } else if (command instanceof Command.Gather) {
      return GATHER;
    } else if (command instanceof Command.Fetch) {
      return FETCH;
    } else if (command instanceof Command.Commit) {
      return COMMIT;
    } else if (command instanceof Command.Send) {
      return SEND;
    } else if (command instanceof Command.Pool) {
      return POOL;
    } else if (command instanceof Command.Elementwise) {
      return ELEMENTWISE;
    }
    throw new IllegalArgumentException("no verb for " + command);
  }

  private static Map<String, Verb> byKey() {
    Map<String, Verb> verbs = new LinkedHashMap<>();
    for (Verb verb : values()) {
      verbs.put(verb.key, verb);
    }
    return Collections.unmodifiableMap(verbs);
  }
}
