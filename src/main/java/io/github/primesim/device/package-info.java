/**
 * The timed model of a PRIME memory: executes a trace on the units of a hardware specification and
 * tells how many cycles it takes, what waited for what, and how often each component acted.
 *
 * <p>Nothing here knows an energy, a layer or a weight; every duration comes from the
 * specification.
 *
 * <h2>Time</h2>
 *
 * <p>A <em>stage</em> begins an image when its producers have finished it, it has itself finished
 * the one before, and its consumers have left a buffer free; its programs start together. A program
 * executes its steps one after another; the body of an innermost loop is a pipeline with one
 * station a step. A station takes an iteration when it has finished the one before, the station in
 * front has finished this one, and there is room behind: as a rule a station keeps its result until
 * the next one takes it; in front of a mat operation there are as many places as input latches,
 * behind it as many as output registers, each held from the moment a station starts to fill it
 * until the next station has finished with it.
 *
 * <p>A command uses units one after another: a buffer port, the private port of an FF subarray, a
 * mat. A unit serves first come, first served; requests of the same cycle in the order of the trace
 * (instance, stage, program, command). A step that takes no time uses no unit.
 *
 * <h2>How it is computed</h2>
 *
 * <p>All of this except the queues is maxima and sums of times that are known before they come. So
 * the only event is the arrival of a command at a unit for which it may have to wait, because there
 * the order matters; what happens between two arrivals is computed ahead. A unit that never has
 * more requests than servers needs no event either ({@link
 * io.github.primesim.device.ProgramTable}). Since every unit takes at least one cycle, each arrival
 * is scheduled before the cycle in which it happens, and the order of the trace can serve as the
 * priority of the event. A stage that takes its inputs from nowhere begins an image with an event,
 * so that what is computed ahead ends with the images under way.
 *
 * <p>Where a state is one that has been before, whole periods are left out ({@link
 * io.github.primesim.device.Recurrence}), which changes nothing but the effort.
 */
package io.github.primesim.device;
