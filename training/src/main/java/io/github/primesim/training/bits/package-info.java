/** Accuracy against the sparsity of a network and the bits of its weights. */
package io.github.primesim.training.bits;
