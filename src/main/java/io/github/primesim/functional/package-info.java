/**
 * Executes networks on numbers: in floating point, in exact integers, and on mapped crossbars with
 * PRIME's arithmetic of composed slices and short conversions. Proves that a mapping computes what
 * the network means, and measures what the arithmetic costs in accuracy.
 *
 * <p>Knows no time and no energy. What lowering needs to know of the data, how active the inputs
 * are, is part of a {@link io.github.primesim.functional.Calibration}.
 */
package io.github.primesim.functional;
