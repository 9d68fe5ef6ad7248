package io.github.primesim.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a design is chosen by beside the numbers of its hardware, in sweep files. */
enum DesignKey {
  NETWORK("lenet5-mnist"),
  HARDWARE("prime-45nm"),
  MAPPING("block-compact"),
  CROSSBAR(null),
  SIGNS("pairs"),
  REPLICATION("layer"),
  SEED("1"),
  BATCH("0");

  private final String unchosen;

  DesignKey(String unchosen) {
    this.unchosen = unchosen;
  }

  /** Its name in files. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it is where nothing is chosen; of the crossbar, what the hardware says. */
  Optional<String> unchosen() {
    return Optional.ofNullable(unchosen);
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(DesignKey::key).toList();
  }
}
