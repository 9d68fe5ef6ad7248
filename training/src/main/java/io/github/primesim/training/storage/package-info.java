/**
 * Named arrays in NumPy's archive format, digests, and files that are replaced whole or not at all.
 */
package io.github.primesim.training.storage;
