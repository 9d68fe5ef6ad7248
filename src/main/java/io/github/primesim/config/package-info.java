/**
 * Strict reading of the files a user edits: hardware, networks, weights, images.
 *
 * <p>A file either becomes a complete, valid record or is refused with one line that names file,
 * line, key, value and what is allowed. Together with {@code report} the only package that knows
 * Jackson.
 */
package io.github.primesim.config;
