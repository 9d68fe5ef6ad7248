package io.github.primesim.lowering;

/** Told how far a compilation has come. */
@FunctionalInterface
public interface Progress {
  /** A progress that nobody watches. */
  Progress SILENT = (layer, done, total) -> {};

  /**
   * A layer with weights has been mapped.
   *
   * @param done layers mapped so far
   * @param total layers to map
   */
  void mapped(String layer, int done, int total);
}
