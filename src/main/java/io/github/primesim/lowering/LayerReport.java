package io.github.primesim.lowering;

/**
 * How a layer with weights was laid out.
 *
 * @param layer its name
 * @param inputs how its inputs get into the order that its mapping wants
 * @param arrays arrays of one copy, signs and bit slices included
 * @param matsPerCopy mats of one copy
 * @param copiesPerUnit copies that share a mat
 * @param units units on mats of their own
 * @param operationsPerImage operations of the busiest unit
 * @param saDepth weight columns on the busiest sense amplifier
 */
public record LayerReport(
    String layer,
    InputPath inputs,
    long arrays,
    int matsPerCopy,
    int copiesPerUnit,
    int units,
    long operationsPerImage,
    int saDepth) {}
