/**
 * The network that is compiled: an immutable graph of layers, its weights as the matrices that
 * crossbars hold, and the labelled images it is measured with.
 *
 * <p>A {@link io.github.primesim.network.Network} knows structure only; {@link
 * io.github.primesim.network.Weights} give one matrix at a time, stored or generated, so that
 * memory follows the largest layer. {@link io.github.primesim.network.IntegerMatrix} is what goes
 * into cells.
 */
package io.github.primesim.network;
