package io.github.primesim.experiment;

import io.github.primesim.functional.Accuracy;
import io.github.primesim.functional.ArrayResistances;
import io.github.primesim.functional.Chip;
import io.github.primesim.functional.FloatInference;
import io.github.primesim.functional.Inference;
import io.github.primesim.functional.IntegerInference;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.functional.PrimeInference;
import io.github.primesim.hardware.Cell;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.lowering.Progress;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

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
    Network network = request.network();
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    List<Arithmetic> arithmetics = arithmetics(request, calibration, geometry, sample);
    List<Integer> found =
        Workers.map(
            arithmetics,
            threads,
            progress,
            each -> Accuracy.of(each.inference().get(), images).correct());
    Map<String, Integer> correct = new LinkedHashMap<>();
    List<Integer> ofChips = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      if (arithmetics.get(i).onChip()) {
        ofChips.add(found.get(i));
      } else {
        correct.put(arithmetics.get(i).name(), found.get(i));
      }
    }
    Optional<ChipAccuracy> chips =
        sample.map(
            drawn ->
                new ChipAccuracy(
                    drawn, resistances(request.hardware().cell(), drawn).onOffRatio(), ofChips));
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

  /** A way to classify; what it needs is made when it begins. */
  private record Arithmetic(String name, boolean onChip, Supplier<Inference> inference) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static List<Arithmetic> arithmetics(
      CompileRequest request,
      NetworkCalibration calibration,
      CrossbarGeometry geometry,
      Optional<ChipSample> sample) {
    Network network = request.network();
    Weights weights = request.weights();
    ConversionBits bits = ConversionBits.of(request.hardware(), geometry.rows());
    Function<Optional<Chip>, Inference> prime =
        chip ->
            new PrimeInference(
                network, weights, calibration, request.mapping(), geometry, bits, chip);
    List<Arithmetic> all = new ArrayList<>();
    all.add(new Arithmetic("float", false, () -> new FloatInference(network, weights)));
    all.add(
        new Arithmetic(
            "integer", false, () -> new IntegerInference(network, weights, calibration)));
    all.add(new Arithmetic("prime", false, () -> prime.apply(Optional.empty())));
    sample.ifPresent(
        drawn -> {
          ArrayResistances resistances = resistances(request.hardware().cell(), drawn);
          for (int number = 0; number < drawn.chips(); number++) {
            Chip chip = new Chip(drawn.variation(), resistances, request.seed(), number);
            all.add(
                new Arithmetic("chip " + (number + 1), true, () -> prime.apply(Optional.of(chip))));
          }
        });
    return all;
  }

  private static ArrayResistances resistances(Cell cell, ChipSample sample) {
    return new ArrayResistances(
        cell.onResistanceOhm().value(),
        cell.offResistanceOhm().value(),
        sample.wireOhm(),
        cell.allBitlinesConduct());
  }

  /** Share of the images classified as labelled. */
  public double share(String arithmetic) {
    return (double) correct.get(arithmetic) / images;
  }
}
