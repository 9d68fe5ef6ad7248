package io.github.primesim.network;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/** Numbers that nobody changes, each in the four bytes it takes: a layer may have millions. */
public final class FloatList extends AbstractList<Float> implements RandomAccess {
  private final float[] values;

  private FloatList(float[] values) {
    this.values = values;
  }

  /** The same numbers; the list itself where it is one of these. */
  public static FloatList copyOf(List<Float> numbers) {
    if (numbers instanceof FloatList list) {
      return list;
    }
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return new FloatList(values);
  }

  /** The nearest numbers of single precision. */
  public static FloatList nearest(double[] numbers) {
    float[] values = new float[numbers.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) numbers[i];
    }
    return new FloatList(values);
  }

  @Override
  public Float get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
