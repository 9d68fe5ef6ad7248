/** Microbenchmarks of the mapping schemes. */
package io.github.primesim.benchmark.mapping;
