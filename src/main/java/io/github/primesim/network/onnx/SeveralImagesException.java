package io.github.primesim.network.onnx;

/** A node that reads several images at once, where one is what an inference has. */
final class SeveralImagesException extends RefusedNodeException {
  private static final long serialVersionUID = 1L;

  SeveralImagesException(String reason) {
    super(reason);
  }
}
