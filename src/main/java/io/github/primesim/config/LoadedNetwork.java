package io.github.primesim.config;

import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.nio.file.Path;
import java.util.List;

/**
 * A network as it was found on disk.
 *
 * @param digest SHA-256, in hexadecimal, of {@code network.yaml} followed by {@code weights.npz};
 *     of the former alone where weights are synthetic, since it holds all they depend on; of an
 *     ONNX file, with its external data, and what was said beside it
 * @param directory folder it was read from
 * @param images folder where images to measure it with may stand: that one, unless its description
 *     names another
 * @param left what of an imported network is left to the host, a line each
 */
public record LoadedNetwork(
    Network network,
    Weights weights,
    String digest,
    Path directory,
    Path images,
    List<String> left) {
  public LoadedNetwork {
    left = List.copyOf(left);
  }
}
