/** How fast whole simulations are. */
package io.github.primesim.benchmark.engine;
