package io.github.primesim.baseline;

/**
 * What one layer takes on one copy of a processor.
 *
 * @param layer name of the layer
 * @param operations multiply-accumulate operations
 * @param computeNs time of the multipliers
 * @param bytes bytes that cross the memory path
 * @param memoryNs time of that path
 */
public record LayerEstimate(
    String layer, long operations, double computeNs, double bytes, double memoryNs) {
  /** Time of the layer: multipliers and memory path work side by side. */
  public double ns() {
    return Math.max(computeNs, memoryNs);
  }
}
