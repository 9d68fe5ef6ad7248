package io.github.primesim.device;

import io.github.primesim.device.DecodedProgram.Operation;
import io.github.primesim.device.DecodedProgram.Station;
import io.github.primesim.device.DecodedProgram.Use;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything about programs that decides their timing, without the numbers of their units: two
 * clusters of equal shape behave alike.
 *
 * <p>Units are numbered anew in the order in which they first occur.
 */
final class ClusterShape {
  private static final long NO_QUEUE = -1;
  private static final List<UnitKind> KINDS = List.of(UnitKind.values());

  private final boolean[] queues;
  private final Map<Integer, Long> numbers = new HashMap<>();
  private long[] words = new long[64];
  private int used;

  private ClusterShape(boolean[] queues) {
    this.queues = queues;
  }

  /**
   * The shape of a cluster, compared by content.
   *
   * @param queues by unit, whether requests may have to wait there
   */
  static LongBuffer of(List<DecodedProgram> cluster, boolean[] queues) {
    ClusterShape shape = new ClusterShape(queues);
    for (DecodedProgram program : cluster) {
      shape.put(program.node());
      shape.add(program);
    }
    return shape.words();
  }

  /** The same of a cluster whose programs belong to one stage, whichever that is. */
  static LongBuffer ofOneStage(List<DecodedProgram> cluster, boolean[] queues) {
    ClusterShape shape = new ClusterShape(queues);
    cluster.forEach(shape::add);
    return shape.words();
  }

  private LongBuffer words() {
    return LongBuffer.wrap(Arrays.copyOf(words, used));
  }

  private void add(DecodedProgram program) {
    put(program.operations().size());
    for (Operation operation : program.operations()) {
      put(operation.times());
      put(operation.target());
      if (operation.pipeline() == null) {
        put(0);
      } else {
        put(operation.pipeline().stations().size());
        put(operation.pipeline().times());
        operation.pipeline().stations().forEach(this::add);
      }
    }
  }

  private void add(Station station) {
    put(station.computes() ? 1 : 0);
    put(station.commands().size());
    for (List<Use> command : station.commands()) {
      put(command.size());
      command.forEach(this::add);
    }
  }

  private void add(Use use) {
    put(use.cycles());
    if (!ProgramTable.queues(use, queues)) {
      put(NO_QUEUE);
      return;
    }
    // Units of the same kind have the same number of servers.
    put(KINDS.indexOf(use.kind()));
    put(use.width());
    for (int unit = use.unit(); unit < use.unit() + use.width(); unit++) {
      put(queues[unit] ? 1 : 0);
      put(numbers.computeIfAbsent(unit, u -> (long) numbers.size()));
    }
  }

  private void put(long word) {
    if (used == words.length) {
      words = Arrays.copyOf(words, 2 * used);
    }
    words[used++] = word;
  }
}
