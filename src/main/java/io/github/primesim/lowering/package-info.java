/**
 * Lowering: mapped layers become a trace of crossbar commands on the mats of a memory.
 *
 * <p>{@link io.github.primesim.lowering.Compiler} reads as the order of the work: map each layer
 * and keep what its copy needs ({@code LayerImage}), decide how many copies there are ({@code
 * ReplicationPlan}), put them on banks and mats ({@code Floorplan}), and write one program for each
 * ({@code StageWriter}), with the totals of everything that depends on data.
 */
package io.github.primesim.lowering;
