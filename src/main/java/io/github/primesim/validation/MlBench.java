package io.github.primesim.validation;

import java.util.List;

/** The six networks of PRIME's comparison. Source: PRIME, V-A. */
public final class MlBench {
  /** Names of the bundled networks, in PRIME's order. */
  public static final List<String> NETWORKS =
      List.of("cnn-1", "cnn-2", "mlp-s", "mlp-m", "mlp-l", "vgg-d");

  /** Names of the bundled baselines, the slowest first. */
  public static final List<String> BASELINES =
      List.of("cpu", "pnpu-co", "pnpu-pim-x1", "pnpu-pim-x64");

  private MlBench() {}
}
