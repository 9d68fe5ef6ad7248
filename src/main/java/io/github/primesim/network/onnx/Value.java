package io.github.primesim.network.onnx;

/** What stands behind a name of the graph: a constant, or values that layers give. */
sealed interface Value permits Tensor, Signal, Value.Masked, Value.Unknown {
  /** Extents, outermost first; none for a single value. */
  int[] dims();

  /** The axes in another order. */
  Value transpose(int... order);

  /** Every {@code step}-th value from {@code start} on along an axis; backwards if negative. */
  Value slice(int axis, int start, int step, int count);

  /** Repeated along axes of extent 1, and along new ones in front. */
  Value broadcast(int[] target);

  /**
   * Values that layers give, some of which are minus infinity in their place: what a softmax is to
   * pass over. No layer holds an infinity, so a softmax alone can read them.
   *
   * @param open 1 where a value counts, 0 where it is minus infinity, of the same extents
   */
  record Masked(Signal signal, Tensor open) implements Value {
    @Override
    public int[] dims() {
      return signal.dims();
    }

    @Override
    public Value transpose(int... order) {
      return new Masked(signal.transpose(order), open.transpose(order));
    }

    @Override
    public Value slice(int axis, int start, int step, int count) {
      return new Masked(
          signal.slice(axis, start, step, count), open.slice(axis, start, step, count));
    }

    @Override
    public Value broadcast(int[] target) {
      return new Masked(signal.broadcast(target), open.broadcast(target));
    }
  }

  /** The result of a node that was left out, of a shape nobody knows. */
  record Unknown(String producer) implements Value {
    @Override
    public int[] dims() {
      throw new RefusedNodeException(
          "it reads what node '" + producer + "' gives, which was left out and has no known shape");
    }

    @Override
    public Value transpose(int... order) {
      return this;
    }

    @Override
    public Value slice(int axis, int start, int step, int count) {
      return this;
    }

    @Override
    public Value broadcast(int[] target) {
      return this;
    }
  }
}
