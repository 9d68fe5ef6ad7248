package io.github.primesim.network.onnx;

/** A node that cannot be imported; the message says why, without naming the node. */
class RefusedNodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RefusedNodeException(String reason) {
    super(reason);
  }
}
