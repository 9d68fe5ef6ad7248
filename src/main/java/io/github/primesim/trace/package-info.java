/**
 * The seam between compiler and simulator: a network as programs of crossbar commands, one per bank
 * and layer replica, with loops. Knows neither weights nor time; whatever depends on data is a
 * count in the trace.
 */
package io.github.primesim.trace;
