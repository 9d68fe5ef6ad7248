package io.github.primesim.trace;

import java.util.Objects;

/**
 * What the compiler knows of a layer, carried through the trace into the result.
 *
 * @param kind convolution, fullyConnected, maxPool, meanPool, addition
 * @param rows weight rows, bias included; 0 for layers without weights
 * @param columns weight columns
 * @param positions how often the weights are applied to an image
 * @param nonZeros non-zero weights
 * @param denseCrossbars arrays of the dense mapping, signs and bit slices included
 * @param mappedCrossbars arrays kept, before replication
 * @param lowerBound fewest arrays with the rows in their order
 * @param replicas copies that work side by side
 * @param metadataBits index memory of one copy
 * @param macs multiply-accumulate operations of the dense layer per image
 */
public record LayerFacts(
    String kind,
    int rows,
    int columns,
    long positions,
    long nonZeros,
    long denseCrossbars,
    long mappedCrossbars,
    long lowerBound,
    long replicas,
    long metadataBits,
    long macs) {
  public LayerFacts {
    Objects.requireNonNull(kind, "kind");
    Bounds.require("rows", rows, 0, Integer.MAX_VALUE);
    Bounds.require("columns", columns, 0, Integer.MAX_VALUE);
    Bounds.count("positions", positions);
    Bounds.count("non-zeros", nonZeros);
    Bounds.count("dense crossbars", denseCrossbars);
    Bounds.count("mapped crossbars", mappedCrossbars);
    Bounds.count("lower bound", lowerBound);
    Bounds.count("replicas", replicas);
    Bounds.count("metadata bits", metadataBits);
    Bounds.count("macs", macs);
  }
}
