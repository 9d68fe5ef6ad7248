/** Labelled images: where they come from, how their files are read, how a training varies them. */
package io.github.primesim.training.dataset;
