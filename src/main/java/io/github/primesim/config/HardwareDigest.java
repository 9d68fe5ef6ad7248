package io.github.primesim.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/** Identifies a memory by its values alone: how a file is written and justified does not matter. */
final class HardwareDigest {
  private HardwareDigest() {}

  /** sha-256 over {@code key=value} lines in the order of the records, hexadecimal. */
  static String of(HardwareTree tree) {
    StringBuilder canonical = new StringBuilder();
    for (HardwareKey key : HardwareKey.all()) {
      JsonNode node = tree.required(key);
      switch (key.kind()) {
        case QUANTITY -> line(canonical, key.path(), exact(node));
        case QUANTITIES -> {
          for (int i = 0; i < node.size(); i++) {
            line(canonical, key.path() + "[" + i + "]", exact(node.get(i)));
          }
        }
        case CHOICE -> line(canonical, key.path(), node.asString());
      }
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /** Hexadecimal, because the shortest decimal form differs between versions of Java. */
  private static String exact(JsonNode quantity) {
    return Double.toHexString(quantity.get("value").doubleValue());
  }

  private static void line(StringBuilder canonical, String key, String value) {
    canonical.append(key).append('=').append(value).append('\n');
  }
}
