package io.github.primesim.mapping;

import java.util.List;

/**
 * What one slot holds: a crossbar of the mapping before replication.
 *
 * @param sign the part of the weights it holds; a {@link Sign#PAIR} takes two arrays
 * @param segments rectangles stacked along the wordlines and activated one after another; a single
 *     one in all schemes but operation units
 */
public record Crossbar(Sign sign, List<Segment> segments) {
  public Crossbar {
    segments = List.copyOf(segments);
  }
}
