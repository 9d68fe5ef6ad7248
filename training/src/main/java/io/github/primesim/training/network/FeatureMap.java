package io.github.primesim.training.network;

/** The size of what one layer hands to the next; a vector is one pixel of many channels. */
public record FeatureMap(int channels, int height, int width) {
  public int size() {
    return channels * height * width;
  }
}
