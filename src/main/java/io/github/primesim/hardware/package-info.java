/**
 * The immutable specification of a PRIME memory: organisation, number formats, cell, timing,
 * energy, leakage and area, every number with its unit, source, node and basis.
 *
 * <p>The records are the configuration: their component names are the keys of the files in {@code
 * hw-configs/}; there is no second copy and no default in code.
 */
package io.github.primesim.hardware;
