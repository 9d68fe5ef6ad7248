package io.github.primesim.config;

import io.github.primesim.experiment.sweep.PointDesign;
import io.github.primesim.experiment.sweep.SweepPlan;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sweep file ready to be run.
 *
 * @param plan its points
 * @param designs what each of them is
 * @param text the file
 * @param networkDigests sha-256 of every network it names, by name, with what is said of an ONNX
 *     file
 * @param hardwareDigests sha-256 of every hardware file it names as it stands, by name
 * @param left what of its imported networks is left to the host, a line each
 */
public record LoadedSweep(
    SweepPlan plan,
    PointDesign.Source designs,
    String text,
    Map<String, String> networkDigests,
    Map<String, String> hardwareDigests,
    List<String> left) {
  public LoadedSweep {
    networkDigests = Collections.unmodifiableMap(new LinkedHashMap<>(networkDigests));
    hardwareDigests = Collections.unmodifiableMap(new LinkedHashMap<>(hardwareDigests));
    left = List.copyOf(left);
  }
}
