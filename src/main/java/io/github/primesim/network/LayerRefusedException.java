package io.github.primesim.network;

/** A layer that does not fit into its network; the message names it and says why. */
public final class LayerRefusedException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final int index;
  private final String reason;

  LayerRefusedException(int index, String layer, String reason) {
    super("layer '" + layer + "': " + reason);
    this.index = index;
    this.reason = reason;
  }

  /** Position of the layer in the list given to {@link Network}, from 0. */
  public int index() {
    return index;
  }

  /** Why the layer does not fit, without its name. */
  public String reason() {
    return reason;
  }
}
