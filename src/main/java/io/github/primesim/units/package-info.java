/** Typed quantities used at the edges of the simulator. Imports nothing of the project. */
package io.github.primesim.units;
