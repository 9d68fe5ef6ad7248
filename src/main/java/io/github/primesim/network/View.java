package io.github.primesim.network;

import java.util.List;

/**
 * Values of another layer in another order or shape: reshaped, transposed, cut out, repeated. Value
 * i of the result, in the order channel, row, column, is found by counting i over {@code sizes},
 * the last one fastest: it stands at {@code offset} plus the sum of index times stride.
 *
 * <p>Nothing is computed or moved: an FF subarray can address any place of the Buffer subarray.
 * Source: PRIME, III-C (the connection unit allows random accesses to the Buffer subarray).
 *
 * @param shape shape of the result
 * @param offset place of the first value in the source
 * @param sizes extents, outermost first, whose product is the size of the shape
 * @param strides places in the source from one index to the next, for each extent
 */
public record View(
    String name,
    List<String> inputs,
    Shape shape,
    int offset,
    List<Integer> sizes,
    List<Integer> strides)
    implements Layer {
  public View {
    inputs = List.copyOf(inputs);
    sizes = List.copyOf(sizes);
    strides = List.copyOf(strides);
    if (sizes.size() != strides.size()) {
      throw new IllegalArgumentException(
          sizes.size() + " sizes and " + strides.size() + " strides, they must be as many");
    }
    long product = 1;
    for (int size : sizes) {
      if (size < 1) {
        throw new IllegalArgumentException("size " + size + ", must be at least 1");
      }
      product = Math.min(product * size, 1L + Integer.MAX_VALUE);
    }
    if (product != shape.size()) {
      throw new IllegalArgumentException(
          "sizes " + sizes + " do not make the " + shape.size() + " values of " + shape);
    }
  }

  /** The values of {@code input} in their order, in another shape. */
  public static View reshape(String name, String input, Shape shape) {
    return new View(name, List.of(input), shape, 0, List.of(shape.size()), List.of(1));
  }

  /** First place in the source that is read; must not be negative. */
  long lowest() {
    long place = offset;
    for (int i = 0; i < sizes.size(); i++) {
      place += Math.min(0, (long) (sizes.get(i) - 1) * strides.get(i));
    }
    return place;
  }

  /** Last place in the source that is read. */
  long highest() {
    long place = offset;
    for (int i = 0; i < sizes.size(); i++) {
      place += Math.max(0, (long) (sizes.get(i) - 1) * strides.get(i));
    }
    return place;
  }

  /** The place in the source of each value of the result. */
  public int[] places() {
    int[] places = new int[shape.size()];
    int[] index = new int[sizes.size()];
    int place = offset;
    for (int i = 0; i < places.length; i++) {
      places[i] = place;
      for (int axis = index.length - 1; axis >= 0; axis--) {
        place += strides.get(axis);
        if (++index[axis] < sizes.get(axis)) {
          break;
        }
        place -= strides.get(axis) * sizes.get(axis);
        index[axis] = 0;
      }
    }
    return places;
  }

  /** A view has no activation of its own. */
  @Override
  public Activation activation() {
    return Activation.NONE;
  }

  @Override
  public <R> R accept(LayerVisitor<R> visitor) {
    return visitor.view(this);
  }
}
