/**
 * What a simulation counts: actions of components, cycles of occupancy and of waiting. Counts are
 * exact integers; prices are applied to them later.
 */
package io.github.primesim.metrics;
