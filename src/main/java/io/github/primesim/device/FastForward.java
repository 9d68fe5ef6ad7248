package io.github.primesim.device;

import java.util.ArrayDeque;

/**
 * Decides when to look for a {@link Recurrence}.
 *
 * <p>Each loop of each program, and the images as the outermost loop, keeps the state that it had
 * at the end of an iteration, and compares it with the state at the end of the following ones. The
 * state is kept anew after 1, 2, 4, 8 ... iterations that were simulated, so that a period of any
 * length is found, however late it begins.
 *
 * <p>Keeping and comparing states is paid for with words of a budget: each success earns some, each
 * look very few. So where nothing recurs little is lost, and what begins to recur late is found all
 * the same. The states kept have a fixed room. Images need no budget: each takes longer to simulate
 * than its state to compare.
 */
final class FastForward {
  private static final int NOBODY = -1;

  /** Words that each look earns. */
  private static final long WORDS_PER_LOOK = 8;

  /** States that can be kept or compared without success to begin with, and at most. */
  private static final long PATIENCE = 32;

  /** States that each success earns. */
  private static final long REWARD = 8;

  /** Words of all states kept together. */
  private static final long ROOM = 4L << 20;

  private final Recurrence recurrence;
  private final Search[] searches;
  private final ArrayDeque<long[]> unused = new ArrayDeque<>();
  private final int mostKept;
  private int kept;

  /** The loop an iteration of which has ended since the last look; the outermost, if several. */
  private int ended = NOBODY;

  private long budget;
  private long leapt;
  private long leaps;

  /** The state a loop had at the end of an iteration. */
  private static final class Search {
    private long[] state;
    private long iterations;
    private int differed;
  }

  FastForward(Recurrence recurrence) {
    this.recurrence = recurrence;
    searches = new Search[recurrence.loops()];
    mostKept = (int) Math.max(2, ROOM / recurrence.words());
    budget = PATIENCE * recurrence.words();
  }

  /** Cycles left out so far. */
  long leapt() {
    return leapt;
  }

  /** Tells what was left out so far. */
  void addTo(Effort effort) {
    effort.leaps(leaps, leapt);
  }

  /** An iteration of an operation has ended, and another one follows. */
  void iterationEnds(int operation) {
    ended = operation;
  }

  /** The last stage has ended an image. */
  void imageEnds() {
    ended = searches.length - 1;
  }

  /** A loop is over: what was kept is of no use. */
  void loopEnds(int operation) {
    Search search = searches[operation];
    if (search != null) {
      searches[operation] = null;
      unused.push(search.state);
    }
    if (ended == operation) {
      ended = NOBODY;
    }
  }

  /** All that follows from an event is known: leaves out what is about to repeat itself. */
  void look(Sequencers sequencers) {
    int loop = ended;
    if (loop == NOBODY) {
      return;
    }
    ended = NOBODY;
    budget += WORDS_PER_LOOK;
    if (budget >= 0 || isImages(loop)) {
      compare(loop, sequencers);
    }
  }

  private boolean isImages(int loop) {
    return loop == searches.length - 1;
  }

  private void compare(int loop, Sequencers sequencers) {
    boolean images = isImages(loop);
    Search search = searches[loop];
    if (search == null) {
      search = new Search();
      search.state = images ? new long[recurrence.words()] : room();
      if (search.state == null) {
        return;
      }
      searches[loop] = search;
    }
    long time = sequencers.time();
    if (search.iterations > 0) {
      boolean found = recurrence.found(search.state, time, search.differed);
      search.differed = recurrence.differed();
      budget -= images ? 0 : recurrence.compared();
      if (found) {
        leap(search, sequencers);
        return;
      }
    }
    search.iterations++;
    if (Long.bitCount(search.iterations) == 1) {
      recurrence.keep(search.state, time);
      budget -= images ? 0 : search.state.length;
    }
  }

  private void leap(Search search, Sequencers sequencers) {
    budget = Math.min(budget + REWARD * recurrence.words(), PATIENCE * recurrence.words());
    leapt += recurrence.leap(search.state);
    leaps++;
    sequencers.scheduleAnew();
    // What has gone on with the leap is near its end; something else is to come.
    for (int loop = 0; loop < searches.length; loop++) {
      if (searches[loop] != null && recurrence.advanced(loop)) {
        searches[loop].iterations = 0;
      }
    }
  }

  private long[] room() {
    if (!unused.isEmpty()) {
      return unused.pop();
    }
    if (kept == mostKept) {
      return null;
    }
    kept++;
    return new long[recurrence.words()];
  }
}
