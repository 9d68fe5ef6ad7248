package io.github.primesim.device;

import io.github.primesim.metrics.Stall;

/**
 * Is told by sequencers and controller what happens, in their numbers and as soon as it is known,
 * which may be before it begins.
 *
 * <p>Uses and stations are numbered in the order of the trace, instance after instance, as long as
 * {@link ProgramTable#everything} made the programs. An engine without a witness asks for it once
 * per event and does nothing else.
 */
interface Witness {
  /** A stage begins its next image. */
  void begins(int node, int image, long begin);

  /**
   * A stage waited for other stages before it began its present image, if {@code until} is later.
   */
  void waits(int node, Stall cause, long from, long until);

  /** A stage has its image done. */
  void ends(int node, int image, long begin, long end);

  /**
   * A command has a unit for as long as the use takes.
   *
   * @param server which of the servers of the unit
   * @param iteration of the station
   * @param arrival when it asked for the unit
   * @param begin when it got it
   */
  void serves(int use, int server, long iteration, long arrival, long begin);

  /** A station waited for a place behind it before it took an iteration. */
  void waitsForPlace(int station, Stall cause, long iteration, long from, long until);
}
