package io.github.primesim.experiment;

/**
 * How much of what is there is in use, as shares from 0 to 1.
 *
 * @param cells non-zero weight cells over all cells of the arrays kept
 * @param ffBefore FF cells in use in the banks of one instance, without replication
 * @param ffAfter the same with replication
 */
public record Utilization(double cells, double ffBefore, double ffAfter) {}
