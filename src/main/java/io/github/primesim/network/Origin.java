package io.github.primesim.network;

/** Where the weights of a network come from; shown wherever a result of the network is shown. */
public enum Origin {
  /** Trained by this project. */
  TRAINED,
  /** Drawn from a random model in the true shapes; says nothing about accuracy. */
  SYNTHETIC,
  /** Brought by the user. */
  IMPORTED
}
