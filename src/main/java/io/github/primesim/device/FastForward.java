package io.github.primesim.device;

/**
 * Decides when to look for a {@link Recurrence}.
 *
 * <p>A loop of a program keeps the state that it had at the end of an iteration, and compares it
 * with the state at the end of the following ones. The state is kept anew after 1, 2, 4, 8 ...
 * iterations that were simulated, so that a period of any length is found, however late it begins.
 * The images, as the outermost loop, do the same on their own.
 *
 * <p>Of the loops with equally many loops within them one at a time does so for all: where a state
 * recurs, it does at the end of an iteration of each loop that goes on. Another one takes its place
 * when the loop is over, or has not come round for long.
 *
 * <p>Keeping and comparing states is paid for with words of a budget: a success earns in proportion
 * to what it has spared, each look very little. So where nothing recurs, or never for long, little
 * is lost, and what begins to recur late is found all the same. Images need no budget: each takes
 * longer to simulate than its state to compare.
 */
final class FastForward {
  private static final int NOBODY = -1;

  /** Words that each look earns. */
  private static final long WORDS_PER_LOOK = 2;

  /** States that can be kept or compared without success to begin with, and at most. */
  private static final long PATIENCE = 32;

  /** Words that each look earns that a success has spared. */
  private static final long WORDS_PER_SPARED_LOOK = 64;

  /**
   * Iterations that all other loops may end, in the mean, until one that does not must give way.
   */
  private static final long TURNS = 4;

  private final Recurrence recurrence;

  /** The images as a loop; so many other loops have numbers below theirs. */
  private final int images;

  private final Search ofImages;

  /** By depth of the loops. */
  private final Search[] ofLoops;

  /** The loop an iteration of which has ended since the last look; the outermost, if several. */
  private int ended = NOBODY;

  private long looks;
  private long budget;
  private long leapt;
  private long leaps;

  /** The state that a loop had at the end of an iteration. */
  private static final class Search {
    private int loop;

    /** Null until one is kept. */
    private long[] state;

    private long iterations;
    private int differed;
    private long keptAt;
    private long lastLook;

    Search(int loop) {
      this.loop = loop;
    }

    void beginWith(int next) {
      loop = next;
      iterations = 0;
    }
  }

  FastForward(Recurrence recurrence) {
    this.recurrence = recurrence;
    images = recurrence.loops() - 1;
    ofImages = new Search(images);
    ofLoops = new Search[recurrence.deepest() + 1];
    for (int depth = 0; depth < ofLoops.length; depth++) {
      ofLoops[depth] = new Search(NOBODY);
    }
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
    ended = images;
  }

  /** A loop is over: what was kept is of no use. */
  void loopEnds(int operation) {
    Search search = ofLoops[recurrence.depth(operation)];
    if (search.loop == operation) {
      search.beginWith(NOBODY);
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
    looks++;
    budget += WORDS_PER_LOOK;
    if (loop == images) {
      compare(ofImages, sequencers);
    } else if (budget >= 0) {
      Search search = ofLoops[recurrence.depth(loop)];
      if (takesTurn(loop, search)) {
        compare(search, sequencers);
      }
    }
  }

  /** Whether a loop is the one that looks for those of its depth, from now on if need be. */
  private boolean takesTurn(int loop, Search search) {
    if (search.loop != loop) {
      if (search.loop != NOBODY && looks - search.lastLook <= TURNS * images) {
        return false;
      }
      search.beginWith(loop);
    }
    search.lastLook = looks;
    return true;
  }

  private void compare(Search search, Sequencers sequencers) {
    long time = sequencers.time();
    if (search.iterations > 0) {
      boolean found = recurrence.found(search.state, time, search.differed);
      search.differed = recurrence.differed();
      pay(search, recurrence.compared());
      if (found) {
        leap(search, sequencers);
        return;
      }
    }
    search.iterations++;
    if (Long.bitCount(search.iterations) == 1) {
      if (search.state == null) {
        search.state = new long[recurrence.words()];
      }
      recurrence.keep(search.state, time);
      search.keptAt = looks;
      pay(search, search.state.length);
    }
  }

  private void pay(Search search, long words) {
    if (search != ofImages) {
      budget -= words;
    }
  }

  private void leap(Search search, Sequencers sequencers) {
    leapt += recurrence.leap(search.state);
    earn(looks - search.keptAt, recurrence.periods());
    leaps++;
    sequencers.scheduleAnew();
    // What has gone on with the leap is near its end; something else is to come.
    beginAnew(ofImages);
    for (Search each : ofLoops) {
      beginAnew(each);
    }
  }

  /** The work of {@code periods} periods is spared, each of so many looks. */
  private void earn(long looksOfPeriod, long periods) {
    long most = PATIENCE * recurrence.words();
    long spared = Math.min(periods, most) * Math.min(looksOfPeriod, most);
    budget = Math.min(budget + WORDS_PER_SPARED_LOOK * Math.min(spared, most), most);
  }

  private void beginAnew(Search search) {
    if (search.loop != NOBODY && recurrence.advanced(search.loop)) {
      search.iterations = 0;
    }
  }
}
