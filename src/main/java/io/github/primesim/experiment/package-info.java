/**
 * Experiments: one run as a method of a few statements, and what comes out of it.
 *
 * <p>{@link io.github.primesim.experiment.Run} compiles a network into a trace; {@link
 * io.github.primesim.experiment.Replay} simulates and prices a trace and is the only place where a
 * {@link io.github.primesim.experiment.RunResult} is made, so a saved trace gives the result of the
 * run that wrote it.
 */
package io.github.primesim.experiment;
