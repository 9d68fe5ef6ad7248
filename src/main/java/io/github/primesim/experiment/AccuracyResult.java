package io.github.primesim.experiment;

import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Network;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How many images a network classifies as labelled, by arithmetic.
 *
 * @param network name of the network
 * @param weights origin of the weights
 * @param hardware name of the hardware
 * @param mapping scheme whose crossbars were executed
 * @param crossbar wordlines and bitlines of a crossbar
 * @param signs pairs or independent
 * @param calibration {@code measured} on training data, or {@code assumed} where there is nothing
 *     to measure: input ranges and windows then fit the network by chance only
 * @param calibrationImages images it was measured on, 0 where it is assumed
 * @param images images classified
 * @param correct images classified as labelled: in {@code float}; in exact integers of PRIME's
 *     formats ({@code integer}); and on the mapped crossbars with what the sense amplifiers cut off
 *     ({@code prime})
 * @param chips the same on chips with cells of their own, where they are asked for
 * @param provenance what it was made from
 */
public record AccuracyResult(
    String network,
    String weights,
    String hardware,
    String mapping,
    String crossbar,
    String signs,
    String calibration,
    int calibrationImages,
    int images,
    Map<String, Integer> correct,
    Optional<ChipAccuracy> chips,
    Provenance provenance) {

  /**
   * Classifies {@code images} three times, and once more on each chip.
   *
   * @param calibration dynamic fixed point of the network
   * @param sample chips with cells of their own
   * @param threads how many classify at the same time
   */
  public static AccuracyResult of(
      CompileRequest request,
      NetworkCalibration calibration,
      LabelledImages images,
      Optional<ChipSample> sample,
      int threads,
      Progress progress) {
    List<Arithmetic> ideal =
        List.of(
            Arithmetic.floating(request),
            Arithmetic.integer(request, calibration),
            Arithmetic.prime(request, calibration));
    List<Arithmetic> all = new ArrayList<>(ideal);
    sample.ifPresent(drawn -> all.addAll(Arithmetic.onChips(request, calibration, drawn)));
    List<Integer> found = Workers.map(all, threads, progress, each -> each.correct(images));
    Map<String, Integer> correct = new LinkedHashMap<>();
    for (int i = 0; i < ideal.size(); i++) {
      correct.put(ideal.get(i).name(), found.get(i));
    }
    Optional<ChipAccuracy> chips =
        sample.map(
            drawn -> ChipAccuracy.of(request, drawn, found.subList(ideal.size(), found.size())));
    Network network = request.network();
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    return new AccuracyResult(
        network.name(),
        network.origin().name().toLowerCase(Locale.ROOT),
        request.hardware().name(),
        request.mapping().name(),
        geometry.rows() + "x" + geometry.bitlines(),
        request.signs().name().toLowerCase(Locale.ROOT),
        calibration.basis().name().toLowerCase(Locale.ROOT),
        calibration.images(),
        images.count(),
        correct,
        chips,
        new Provenance(
            Version.current(),
            request.hardwareDigest(),
            request.networkDigest(),
            request.seed(),
            request.overrides()));
  }

  /** Share of the images classified as labelled. */
  public double share(String arithmetic) {
    return (double) correct.get(arithmetic) / images;
  }
}
