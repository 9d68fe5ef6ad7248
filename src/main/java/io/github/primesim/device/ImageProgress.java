package io.github.primesim.device;

/** Told how far a simulation has come. */
@FunctionalInterface
public interface ImageProgress {
  /** A progress that nobody watches. */
  ImageProgress SILENT = (layer, image, images) -> {};

  /**
   * A stage has an image done.
   *
   * @param layer what the stage computes
   * @param image which one it was, counted from 1; with several copies of the network, the last of
   *     those that they handle together
   * @param images of the run; 1 if it has the memory to itself, 0 if nobody knows yet after how
   *     many the stream is steady
   */
  void ends(String layer, long image, long images);
}
