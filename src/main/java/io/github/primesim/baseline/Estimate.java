package io.github.primesim.baseline;

import java.util.List;

/**
 * What a network takes on a processor.
 *
 * @param baseline the processor
 * @param layers layer after layer
 */
public record Estimate(Baseline baseline, List<LayerEstimate> layers) {
  public Estimate {
    layers = List.copyOf(layers);
  }

  /** Time of an image on one copy. */
  public double nsPerImage() {
    return layers.stream().mapToDouble(LayerEstimate::ns).sum();
  }

  /** Images per second of all copies. */
  public double imagesPerSecond() {
    return baseline.copies().value() * 1e9 / nsPerImage();
  }

  /** Multiply-accumulate operations per nanosecond, which are 10^9 per second, of all copies. */
  public double gigaOperationsPerSecond() {
    long operations = layers.stream().mapToLong(LayerEstimate::operations).sum();
    return baseline.copies().value() * operations / nsPerImage();
  }

  /** Energy of an image in picojoules. */
  public double pjPerImage() {
    return layers.stream()
        .mapToDouble(
            layer ->
                layer.operations() * baseline.operationPj().value()
                    + layer.bytes() * baseline.memoryPjPerByte().value())
        .sum();
  }
}
