package io.github.primesim.validation;

/** A figure asks for a network that is not bundled. */
final class MissingNetworkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingNetworkException(String network) {
    super("network '" + network + "' is not bundled");
  }
}
