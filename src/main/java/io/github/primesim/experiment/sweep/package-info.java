/**
 * Many designs simulated after each other and at the same time: what the points of a sweep are,
 * whether they can be compared, and what each of them comes to. Where points are read from and
 * where results go is not decided here.
 */
package io.github.primesim.experiment.sweep;
