package io.github.primesim.pruning;

import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The smallest weights go, wherever they stand: ordinary pruning, which knows no crossbar. Biases
 * stay. Of equal magnitudes those of earlier layers, then rows, then columns go first, so exactly
 * as many go as the target asks for.
 *
 * <p>The threshold is found by counting, twice over the weights, so memory does not grow with them.
 *
 * <p>Source: Han et al., 2015.
 */
public final class MagnitudePruning implements PruningScheme {
  /** Bits of a float without its sign; among positive floats their order is that of the numbers. */
  private static final int MAGNITUDE_BITS = 31;

  private static final int LOW_BITS = 15;

  @Override
  public String name() {
    return "magnitude";
  }

  @Override
  public List<Share> shares() {
    return List.of(Share.WEIGHTS);
  }

  @Override
  public boolean protectsEnds() {
    return false;
  }

  @Override
  public void prune(PruningRequest request, Mask mask) {
    for (Scope scope : Scope.of(request, mask)) {
      prune(request, mask, scope);
    }
  }

  private static void prune(PruningRequest request, Mask mask, Scope scope) {
    if (scope.weights() <= 0) {
      return;
    }
    long[] counts = new long[1 << (MAGNITUDE_BITS - LOW_BITS)];
    forEach(request, mask, scope, bits -> counts[bits >>> LOW_BITS]++);
    long before = 0;
    int high = 0;
    while (before + counts[high] < scope.weights()) {
      before += counts[high++];
    }
    long[] fine = new long[1 << LOW_BITS];
    int bin = high;
    forEach(
        request,
        mask,
        scope,
        bits -> {
          if (bits >>> LOW_BITS == bin) {
            fine[bits & (fine.length - 1)]++;
          }
        });
    int low = 0;
    while (before + fine[low] < scope.weights()) {
      before += fine[low++];
    }
    clear(request, mask, scope.layers(), high << LOW_BITS | low, scope.weights() - before);
  }

  /** Tells the magnitude of each weight that stays, as the bits of its float. */
  private static void forEach(
      PruningRequest request, Mask mask, Scope scope, IntConsumer magnitude) {
    for (Layer layer : scope.layers()) {
      for (int m = 0; m < request.network().matrices(layer); m++) {
        float[] values = request.weights().matrix(layer, m).values();
        BitSet kept = mask.kept(layer, m);
        int end = inputs(request.network(), layer);
        for (int at = kept.nextSetBit(0); at >= 0 && at < end; at = kept.nextSetBit(at + 1)) {
          magnitude.accept(bits(values[at]));
        }
      }
    }
  }

  /** Clears what is below the threshold, and the first {@code equals} of what is at it. */
  private static void clear(
      PruningRequest request, Mask mask, List<Layer> layers, int threshold, long equals) {
    long left = equals;
    for (Layer layer : layers) {
      for (int m = 0; m < request.network().matrices(layer); m++) {
        float[] values = request.weights().matrix(layer, m).values();
        BitSet kept = mask.kept(layer, m);
        int end = inputs(request.network(), layer);
        for (int at = kept.nextSetBit(0); at >= 0 && at < end; at = kept.nextSetBit(at + 1)) {
          int bits = bits(values[at]);
          if (bits < threshold || (bits == threshold && left-- > 0)) {
            kept.clear(at);
          }
        }
      }
    }
  }

  private static int inputs(Network network, Layer layer) {
    return network.inputRows(layer) * network.columns(layer);
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(Math.abs(value));
  }
}
