package io.github.primesim.mapping;

/** In which order a mapped layer wants its inputs on the wordlines. */
public enum InputOrder {
  /** The rows of each segment follow one another in the order of the layer's inputs. */
  NATURAL,

  /**
   * One permutation of the rows for the whole layer. Free where the layer before can store its
   * outputs in that order through its reorder buffer; elsewhere inputs pass a permutation, whose
   * index memory is {@link Metadata#inputIndexBits}.
   */
  PERMUTED,

  /**
   * Each crossbar selects rows of its own, and several may want the same row: inputs are gathered
   * for each crossbar through an index memory.
   */
  GATHERED
}
