package io.github.primesim.functional;

import io.github.primesim.network.Activation;
import io.github.primesim.network.Recurrence;

/** The state of a recurrent layer for one input, and how a step changes it. */
final class RecurrentState {
  private final Recurrence.Cell kind;
  private final float[] state;
  private final float[] cell;

  /**
   * @param state the state before the first step, which the steps overwrite
   * @param cell the cell state likewise; of LSTM only
   */
  RecurrentState(Recurrence.Cell kind, float[] state, float[] cell) {
    this.kind = kind;
    this.state = state;
    this.cell = cell;
  }

  /** The state, a value for each unit. */
  float[] state() {
    return state;
  }

  /** The cell state likewise. */
  float[] cell() {
    return cell;
  }

  /** One step, from what the input and the state before give to each gate. */
  void step(float[] fromInput, float[] fromState) {
    switch (kind) {
      case LSTM -> lstm(fromInput, fromState);
      case GRU -> gru(fromInput, fromState);
      case RNN -> plain(fromInput, fromState, Activation.TANH);
      case RNN_RELU -> plain(fromInput, fromState, Activation.RELU);
    }
  }

  private void lstm(float[] fromInput, float[] fromState) {
    int units = state.length;
    for (int unit = 0; unit < units; unit++) {
      float in = sigmoid(fromInput[unit] + fromState[unit]);
      float forget = sigmoid(fromInput[units + unit] + fromState[units + unit]);
      float fresh = tanh(fromInput[2 * units + unit] + fromState[2 * units + unit]);
      float out = sigmoid(fromInput[3 * units + unit] + fromState[3 * units + unit]);
      cell[unit] = forget * cell[unit] + in * fresh;
      state[unit] = out * tanh(cell[unit]);
    }
  }

  private void gru(float[] fromInput, float[] fromState) {
    int units = state.length;
    for (int unit = 0; unit < units; unit++) {
      float reset = sigmoid(fromInput[unit] + fromState[unit]);
      float update = sigmoid(fromInput[units + unit] + fromState[units + unit]);
      float fresh = tanh(fromInput[2 * units + unit] + reset * fromState[2 * units + unit]);
      state[unit] = fresh + update * (state[unit] - fresh);
    }
  }

  private void plain(float[] fromInput, float[] fromState, Activation activation) {
    for (int unit = 0; unit < state.length; unit++) {
      state[unit] = ForwardPass.activate(fromInput[unit] + fromState[unit], activation);
    }
  }

  private static float sigmoid(float value) {
    return ForwardPass.activate(value, Activation.SIGMOID);
  }

  private static float tanh(float value) {
    return ForwardPass.activate(value, Activation.TANH);
  }
}
