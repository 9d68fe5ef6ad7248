/**
 * Mapping: which non-zero weight goes to which cell. Knows no time and no place on the chip.
 *
 * <p>Every scheme is one {@code Mapping}; it turns an integer weight matrix into {@link
 * io.github.primesim.mapping.Crossbar}s and the metadata that puts outputs, and inputs where they
 * moved, back in order.
 */
package io.github.primesim.mapping;
