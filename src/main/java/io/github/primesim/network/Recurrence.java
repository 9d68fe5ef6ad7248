package io.github.primesim.network;

import java.util.List;

/**
 * The recurrent half of an LSTM, GRU or plain recurrent layer: steps through time, multiplies the
 * state of the step before with a weight matrix of {@code units} x {@code gates * units}, adds what
 * its first input gives for the step, and computes the next state.
 *
 * <p>The other half, the product of each step's input with the input weights, has no recurrence: it
 * is a {@link Convolution} with a kernel of 1 before this layer, so that steps can be computed side
 * by side. Channels of the first input are gates, all units of a gate together; positions are
 * steps. Further inputs, if any, are the initial state and, of an LSTM, the initial cell state, one
 * value for each unit; zeros otherwise.
 *
 * <p>LSTM, gates in the order i, f, g, o: c' = sigmoid(f) c + sigmoid(i) tanh(g), h' = sigmoid(o)
 * tanh(c'). GRU, gates in the order r, z, n: n' = tanh(xn + sigmoid(r) hn), h' = (1 - sigmoid(z))
 * n' + sigmoid(z) h, with xn from the input and hn from the state. RNN: h' = tanh(x + h), or the
 * larger one of x + h and 0. A bias of the state weights belongs to this layer: inside the GRU it
 * is scaled by the reset gate.
 *
 * <p>Not in PRIME: products and tables of the gates need an elementwise unit.
 *
 * @param reverse whether it runs from the last step to the first; outputs stay at their steps
 * @param bias whether a constant is added to the product with the state
 * @param cellStates whether it gives the cell states of an LSTM too, as channels behind the states;
 *     they are stored at each step in any case
 */
public record Recurrence(
    String name, List<String> inputs, Cell cell, boolean reverse, boolean bias, boolean cellStates)
    implements Layer {
  /** How the next state follows from the gates. */
  public enum Cell {
    LSTM(4),
    GRU(3),
    RNN(1),
    /** An RNN whose state is rectified. */
    RNN_RELU(1);

    private final int gates;

    Cell(int gates) {
      this.gates = gates;
    }

    /** Sums for each unit. */
    public int gates() {
      return gates;
    }

    /** States beside the gates that the layer may be given as inputs. */
    int states() {
      return this == LSTM ? 2 : 1;
    }
  }

  public Recurrence {
    inputs = List.copyOf(inputs);
    if (cellStates && cell != Cell.LSTM) {
      throw new IllegalArgumentException("only an LSTM has cell states");
    }
  }

  /** A recurrence that gives its states alone. */
  public Recurrence(String name, List<String> inputs, Cell cell, boolean reverse, boolean bias) {
    this(name, inputs, cell, reverse, bias, false);
  }

  /** Its activations are part of the cell. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.recurrence(this);
  }
}
