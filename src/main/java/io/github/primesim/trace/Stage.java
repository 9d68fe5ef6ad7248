package io.github.primesim.trace;

import java.util.List;
import java.util.Objects;

/**
 * One layer: programs that run side by side, each image once. A stage begins an image when all its
 * producers have finished it, its own programs have finished the image before, and its consumers
 * have left a buffer free. Sub-stages that merge partial sums across banks are stages of their own.
 *
 * @param layer name of the layer; several stages may belong to one layer
 * @param producers indexes of the stages whose outputs it reads, all smaller than its own; one that
 *     is named twice counts once
 * @param facts what the compiler knows of the layer, carried for the result; facts of a layer's
 *     second stage are zero
 * @param programs one per bank and replica, or group of replicas that works in lockstep
 */
public record Stage(
    String layer, List<Integer> producers, LayerFacts facts, List<Program> programs) {
  public Stage {
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(facts, "facts");
    producers = producers.stream().distinct().toList();
    programs = List.copyOf(programs);
  }
}
