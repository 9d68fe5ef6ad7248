/**
 * Our figures beside published ones: each figure that a claim names is a lambda or a small class
 * here, computed from files, compiled networks and simulated runs.
 *
 * <p>{@link io.github.primesim.validation.Figures} lists them by the names that claims use; {@link
 * io.github.primesim.validation.Validation} answers all claims.
 */
package io.github.primesim.validation;
