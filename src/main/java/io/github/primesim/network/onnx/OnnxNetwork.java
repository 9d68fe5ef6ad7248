package io.github.primesim.network.onnx;

import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.nio.file.Path;
import java.util.List;

/**
 * A network as an ONNX file holds it.
 *
 * @param files the file, then files of external data beside it, in the order they were read
 * @param left what was left to the host or left out, a line each
 */
public record OnnxNetwork(Network network, Weights weights, List<Path> files, List<String> left) {
  public OnnxNetwork {
    files = List.copyOf(files);
    left = List.copyOf(left);
  }
}
