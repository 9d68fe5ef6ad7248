/**
 * Microbenchmarks of the event kernel beside other engines; {@code docs/benchmarks.md} says how to
 * run them and what they gave.
 */
package io.github.primesim.benchmark;
