/** Fitting parameters to data: optimiser, epochs, checkpoints and the curve they leave. */
package io.github.primesim.training.fit;
