package io.github.primesim.experiment;

import io.github.primesim.trace.LayerFacts;

/**
 * What the compiler made of one layer. All its sub-stages are summed up here.
 *
 * @param name name of the layer in its network
 * @param kind convolution, fullyConnected, maxPool, meanPool or addition
 * @param rows weight rows, bias included; 0 without weights
 * @param columns weight columns; 0 without weights
 * @param positions input vectors per inference
 * @param nonZeros non-zero weights
 * @param crossbars arrays before replication
 * @param replicas copies that work side by side
 * @param metadataBits index memory of one copy
 * @param macs multiply-accumulate operations of the dense layer per inference
 */
public record CompiledLayer(
    String name,
    String kind,
    int rows,
    int columns,
    long positions,
    long nonZeros,
    CrossbarCount crossbars,
    long replicas,
    long metadataBits,
    long macs) {

  static CompiledLayer of(String name, LayerFacts facts) {
    return new CompiledLayer(
        name,
        facts.kind(),
        facts.rows(),
        facts.columns(),
        facts.positions(),
        facts.nonZeros(),
        new CrossbarCount(facts.denseCrossbars(), facts.mappedCrossbars(), facts.lowerBound()),
        facts.replicas(),
        facts.metadataBits(),
        facts.macs());
  }

  /** The sum of two stages of the same layer. */
  CompiledLayer plus(CompiledLayer other) {
    return new CompiledLayer(
        name,
        kind,
        rows + other.rows,
        columns + other.columns,
        positions + other.positions,
        nonZeros + other.nonZeros,
        crossbars.plus(other.crossbars),
        replicas + other.replicas,
        metadataBits + other.metadataBits,
        macs + other.macs);
  }
}
