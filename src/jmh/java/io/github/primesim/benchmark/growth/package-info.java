/** How time and memory of whole runs grow with what they are given; {@code bin/growth} runs it. */
package io.github.primesim.benchmark.growth;
