/**
 * Discrete-event kernel in the vocabulary of DESMO-J and SimJava; knows no ReRAM.
 *
 * <p>A {@link Model} creates {@linkplain Entity entities} in an {@link Experiment}, connects their
 * {@linkplain OutputPort ports} and schedules the first events. The experiment then hands each
 * event to {@link Entity#handle} in the order (time, priority, sequence): earlier times first,
 * within a tick the lower priority number, within a priority the one scheduled first. Time is a
 * {@code long} number of cycles of the experiment's clock. What entities share and wait for is a
 * {@link Resource} or a {@link Queue}; what is measured goes into a {@link Count}, a {@link Tally}
 * or an {@link Accumulate}, all exact in {@code long}.
 *
 * <p>There is no static state and no thread in here: an experiment belongs to the thread that runs
 * it, and any number of experiments run side by side. Executing an event allocates nothing.
 *
 * <pre>{@code
 * final class Blinker extends Entity {
 *   private static final int TOGGLE = 0;
 *
 *   Blinker(Experiment experiment) {
 *     super(experiment, "blinker");
 *   }
 *
 *   @Override
 *   protected void handle(int event, long payload) {
 *     schedule(100, TOGGLE, 1 - payload);
 *   }
 * }
 * }</pre>
 */
package io.github.primesim.kernel;
