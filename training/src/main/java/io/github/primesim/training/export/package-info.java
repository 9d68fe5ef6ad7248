/** Writes a trained network as the folder primesim reads, with the card that says what it is. */
package io.github.primesim.training.export;
