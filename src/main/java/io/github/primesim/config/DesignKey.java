package io.github.primesim.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a design is chosen by beside the numbers of its hardware, in sweep files. */
enum DesignKey {
  NETWORK("network", "lenet5-mnist"),
  HARDWARE("hardware", "prime-45nm"),
  MAPPING("mapping", "block-compact"),
  CROSSBAR("crossbar", null),
  SIGNS("signs", "pairs"),
  REPLICATION("replication", "layer"),
  SEED("seed", "1"),
  BATCH("batch", "0"),
  /** Shapes that an ONNX file leaves open, {@code name=1x3x48x320}, separated by commas. */
  INPUT_SHAPE("inputShape", null),
  /** Inputs of an ONNX file that are constants, {@code name=16000}, separated by commas. */
  INPUT_VALUE("inputValue", null),
  /** Whether nodes of an ONNX file that are not supported are left to the host. */
  SKIP_UNSUPPORTED("skipUnsupported", "false");

  private final String key;
  private final String unchosen;

  DesignKey(String key, String unchosen) {
    this.key = key;
    this.unchosen = unchosen;
  }

  /** Its name in files. */
  String key() {
    return key;
  }

  /** What it is where nothing is chosen; of the crossbar, what the hardware says. */
  Optional<String> unchosen() {
    return Optional.ofNullable(unchosen);
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(DesignKey::key).toList();
  }
}
