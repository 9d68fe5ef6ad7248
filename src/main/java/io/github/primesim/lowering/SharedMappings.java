package io.github.primesim.lowering;

import io.github.primesim.hardware.CrossbarGeometry;
import java.lang.ref.SoftReference;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Layers mapped once for many designs that differ in other things only. Threads share it; a layer
 * that two of them need at the same time is mapped by one. What is kept gives way where memory gets
 * short, and is mapped again.
 */
public final class SharedMappings {
  private final ConcurrentMap<Key, SoftReference<LayerOnCrossbars>> layers =
      new ConcurrentHashMap<>();

  /**
   * Everything the crossbars of a layer depend on.
   *
   * @param networkDigest structure and weights
   * @param layer name of the layer
   * @param mapping name of the scheme
   * @param seed what it draws from
   * @param geometry of crossbars and mats
   * @param weightBits bits of a weight
   * @param format cells of a weight
   * @param biasInput input of the bias row, by which its weights are scaled
   */
  record Key(
      String networkDigest,
      String layer,
      String mapping,
      long seed,
      CrossbarGeometry geometry,
      int weightBits,
      CellLevels.Format format,
      double biasInput) {
    /** Of what differs most. A record's own one is put together when first asked, at some cost. */
    @Override
    public int hashCode() {
      return Objects.hash(networkDigest, layer, mapping, geometry.rows());
    }
  }

  LayerOnCrossbars get(Key key, Supplier<LayerOnCrossbars> map) {
    SoftReference<LayerOnCrossbars> kept = layers.get(key);
    LayerOnCrossbars found = kept == null ? null : kept.get();
    if (found != null) {
      return found;
    }
    LayerOnCrossbars[] made = new LayerOnCrossbars[1];
    layers.compute(
        key,
        (same, before) -> {
          made[0] = before == null ? null : before.get();
          if (made[0] != null) {
            return before;
          }
          made[0] = map.get();
          return new SoftReference<>(made[0]);
        });
    return made[0];
  }
}
