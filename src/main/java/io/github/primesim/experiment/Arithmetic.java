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
import io.github.primesim.network.LabelledImages;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A way to classify images.
 *
 * @param name what progress and results call it
 * @param inference made when it is needed, and given up afterwards
 */
record Arithmetic(String name, Supplier<Inference> inference) {
  static Arithmetic floating(CompileRequest request) {
    return new Arithmetic("float", () -> new FloatInference(request.network(), request.weights()));
  }

  /** Exact integers of PRIME's formats. */
  static Arithmetic integer(CompileRequest request, NetworkCalibration calibration) {
    return new Arithmetic(
        "integer", () -> new IntegerInference(request.network(), request.weights(), calibration));
  }

  /** Mapped crossbars with ideal cells. */
  static Arithmetic prime(CompileRequest request, NetworkCalibration calibration) {
    return onCrossbars("prime", request, calibration, Optional.empty());
  }

  /** The same crossbars on each of some chips. */
  static List<Arithmetic> onChips(
      CompileRequest request, NetworkCalibration calibration, ChipSample sample) {
    ArrayResistances resistances = resistances(request, sample);
    return IntStream.range(0, sample.chips())
        .mapToObj(
            number ->
                onCrossbars(
                    "chip " + (number + 1),
                    request,
                    calibration,
                    Optional.of(new Chip(sample.variation(), resistances, request.seed(), number))))
        .toList();
  }

  private static Arithmetic onCrossbars(
      String name, CompileRequest request, NetworkCalibration calibration, Optional<Chip> chip) {
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    return new Arithmetic(
        name,
        () ->
            new PrimeInference(
                request.network(),
                request.weights(),
                calibration,
                request.mapping(),
                geometry,
                ConversionBits.of(request.hardware(), geometry.rows()),
                chip));
  }

  static ArrayResistances resistances(CompileRequest request, ChipSample sample) {
    Cell cell = request.hardware().cell();
    return new ArrayResistances(
        cell.onResistanceOhm().value(),
        cell.offResistanceOhm().value(),
        sample.wireOhm(),
        cell.allBitlinesConduct());
  }

  /** How many images it classifies as labelled. */
  int correct(LabelledImages images) {
    return Accuracy.of(inference.get(), images).correct();
  }

  @Override
  public String toString() {
    return name;
  }
}
