package io.github.primesim.device;

import io.github.primesim.metrics.Action;
import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;

/**
 * What one stage did.
 *
 * @param layer the layer it belongs to; several stages may belong to one
 * @param beginCycle when it began the image that had the memory to itself
 * @param endCycle when it had that image done
 * @param actions what its components did per image, all copies together
 * @param stalls what its commands waited for during that image, added up over all commands
 * @param pipelinedStalls the same during an image of the stream or batch (of a stream the one that
 *     was completed last, of a batch the last one), where other images are around; here the stage
 *     as a whole may also have waited for {@linkplain io.github.primesim.metrics.Stall#PRODUCER
 *     producers} and {@linkplain io.github.primesim.metrics.Stall#CONSUMER consumers}
 */
public record StageResult(
    String layer,
    long beginCycle,
    long endCycle,
    Counts<Action> actions,
    Counts<Stall> stalls,
    Counts<Stall> pipelinedStalls) {

  /** Cycles it took for the image that had the memory to itself. */
  public long cycles() {
    return endCycle - beginCycle;
  }
}
