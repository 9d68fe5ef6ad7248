package io.github.primesim.timeline;

/**
 * Something that takes time on a track.
 *
 * @param track where
 * @param kind what sort of thing
 * @param name what it is: a layer, a command of a layer, the cause of a stall
 * @param beginCycle first cycle
 * @param cycles how long, at least 1
 * @param layer of the network that it serves
 * @param image number of the image, from 0
 * @param iteration of the innermost loop around the command, from 0; {@link #NO_ITERATION} for what
 *     no command does
 */
public record Slice(
    Track track,
    Kind kind,
    String name,
    long beginCycle,
    long cycles,
    String layer,
    int image,
    long iteration) {
  /** Iteration of what is in no loop. */
  public static final long NO_ITERATION = -1;

  /** Sorts of slices. */
  public enum Kind {
    /** A stage has an image under way; on the track of the stage. */
    IMAGE("image"),
    /** A command holds a unit; on the track of the command. */
    COMMAND("command"),
    /** A unit is held by a command; on the track of the unit, once for each unit. */
    UNIT("unit"),
    /** The sense amplifiers of a mat convert the columns of one input slice. */
    CONVERSION("conversion"),
    /** A stage waits for another one, or a command for a unit or a place; named by the cause. */
    STALL("stall"),
    /**
     * Parts of a command wait for other parts of it in the unit they share; lies at the end of the
     * command's slice, although the waiting is spread over it. Named by the cause.
     */
    QUEUED("queued");

    private final String key;

    Kind(String key) {
      this.key = key;
    }

    /** Name in files. */
    public String key() {
      return key;
    }
  }

  /** First cycle after it. */
  public long endCycle() {
    return beginCycle + cycles;
  }
}
