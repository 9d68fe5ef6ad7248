package io.github.primesim.network.onnx;

import java.util.Arrays;

/**
 * GatherND and ScatterND of constants: slices whose places along the first axes are rows of a
 * tensor of indices.
 */
final class ConstantPlaces {
  private final Tensor from;
  private final Tensor indices;

  /** Extents of the indices but the last, one slice each. */
  private final int[] outer;

  /** Axes that a row of the indices names, behind those of the batch. */
  private final int named;

  private final int batch;
  private final int slice;

  private ConstantPlaces(Tensor from, Tensor indices, int batch) {
    this.from = from;
    this.indices = indices;
    this.batch = batch;
    int rank = indices.dims().length;
    int last = rank == 0 ? 0 : indices.dims()[rank - 1];
    int axes = from.dims().length;
    boolean fits =
        rank > batch
            && batch >= 0
            && last >= 1
            && batch + last <= axes
            && Arrays.equals(
                Arrays.copyOf(from.dims(), batch), Arrays.copyOf(indices.dims(), batch));
    if (!fits) {
      throw new RefusedNodeException(
          "its indices have the shape "
              + Dims.text(indices.dims())
              + ", allowed: rows of up to as many places as "
              + Dims.text(from.dims())
              + " has axes");
    }
    this.named = last;
    this.outer = Arrays.copyOf(indices.dims(), rank - 1);
    this.slice = Arrays.stream(from.dims()).skip((long) batch + last).reduce(1, (a, b) -> a * b);
  }

  /** The slices that the indices name, behind one another. */
  static Tensor gather(Node node, FoldedConstants folded) {
    Tensor from = node.constant(0);
    ConstantPlaces places =
        new ConstantPlaces(
            from, node.constant(1), (int) Math.min(64, node.integer("batch_dims", 0)));
    int[] rest = Arrays.copyOfRange(from.dims(), places.batch + places.named, from.dims().length);
    int[] dims = Arrays.copyOf(places.outer, places.outer.length + rest.length);
    System.arraycopy(rest, 0, dims, places.outer.length, rest.length);
    double[] values = new double[Dims.size(dims)];
    folded.spend(values.length);
    for (int row = 0; row < values.length / places.slice; row++) {
      int first = places.first(row);
      for (int i = 0; i < places.slice; i++) {
        values[row * places.slice + i] = from.at(first + i);
      }
    }
    return Tensor.of(dims, from.integer(), values);
  }

  /** A constant with other slices at the places that the indices name. */
  static Tensor scatter(Node node, FoldedConstants folded) {
    Tensor from = node.constant(0);
    Tensor updates = node.constant(2);
    String reduction = node.text("reduction", "none");
    if (!reduction.equals("none")) {
      throw new RefusedNodeException("reduction is '" + reduction + "', allowed: none");
    }
    ConstantPlaces places = new ConstantPlaces(from, node.constant(1), 0);
    int rows = Arrays.stream(places.outer).reduce(1, (a, b) -> a * b);
    if ((long) rows * places.slice != updates.size()) {
      throw new RefusedNodeException(
          "it replaces "
              + (long) rows * places.slice
              + " values by "
              + updates.size()
              + ", allowed: as many");
    }
    folded.spend((double) Dims.size(from.dims()) + updates.size());
    double[] values = new double[from.size()];
    Arrays.setAll(values, from::at);
    for (int row = 0; row < rows; row++) {
      int first = places.first(row);
      for (int i = 0; i < places.slice; i++) {
        values[first + i] = updates.at(row * places.slice + i);
      }
    }
    return Tensor.of(from.dims(), from.integer(), values);
  }

  /** Where the slice of a row begins. */
  private int first(int row) {
    int[] dims = from.dims();
    int[] strides = Dims.rowMajor(dims);
    int[] around = Dims.rowMajor(outer);
    int place = 0;
    for (int axis = 0; axis < batch; axis++) {
      place += row / around[axis] % outer[axis] * strides[axis];
    }
    for (int i = 0; i < named; i++) {
      int axis = batch + i;
      place += Dims.axis((long) indices.at(row * named + i), dims[axis]) * strides[axis];
    }
    return place;
  }
}
