/**
 * Which weights stay. A mask is all that fine-tuning knows of a pruning scheme: schemes compute one
 * or it comes as a file.
 */
package io.github.primesim.training.pruning;
