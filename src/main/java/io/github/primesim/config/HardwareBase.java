package io.github.primesim.config;

import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.units.InputProblem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonPointer;

/** A hardware file that was read once, to be set in many ways; it stays as it is. */
final class HardwareBase {
  private final HardwareTree tree;

  HardwareBase(HardwareTree tree) {
    this.tree = tree;
  }

  /**
   * Refuses a key that this memory does not have.
   *
   * @param origin what the refusal begins with
   */
  void require(String key, String origin) {
    HardwareFiles.resolve(tree, key, origin);
  }

  /**
   * The memory with values set.
   *
   * @param overrides as {@code key=value}
   * @throws InputProblem naming setting, key, value and what is allowed
   */
  LoadedHardware with(List<String> overrides) {
    return with(overrides, Collections.nCopies(overrides.size(), "--set"));
  }

  /**
   * The memory with values set.
   *
   * @param overrides as {@code key=value}
   * @param origins what the refusal of each of them begins with
   * @throws InputProblem naming setting, key, value and what is allowed
   */
  LoadedHardware with(List<String> overrides, List<String> origins) {
    HardwareTree changed = tree.copy();
    Set<JsonPointer> done = new HashSet<>();
    List<String> applied = new ArrayList<>();
    for (int i = 0; i < overrides.size(); i++) {
      applied.add(HardwareFiles.override(changed, overrides.get(i), done, origins.get(i)));
    }
    HardwareSpec spec = StrictYaml.convert(changed.bare(), HardwareSpec.class, changed);
    HardwareRanges ranges = new HardwareRanges(changed);
    ranges.checkEach();
    ranges.checkTogether(spec);
    return new LoadedHardware(changed, spec, applied);
  }
}
