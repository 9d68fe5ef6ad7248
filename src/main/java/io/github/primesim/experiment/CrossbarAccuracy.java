package io.github.primesim.experiment;

import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.LabelledImages;
import java.util.Optional;

/**
 * How many images the mapped crossbars of a design classify as labelled.
 *
 * @param images images classified
 * @param ideal images right with ideal cells and wires
 * @param chips the same on chips that differ from them, where they are asked for
 */
public record CrossbarAccuracy(int images, int ideal, Optional<ChipAccuracy> chips) {

  /** Classifies {@code images} in the thread of the caller. */
  public static CrossbarAccuracy of(
      CompileRequest request,
      NetworkCalibration calibration,
      LabelledImages images,
      Optional<ChipSample> sample) {
    return new CrossbarAccuracy(
        images.count(),
        Arithmetic.prime(request, calibration).correct(images),
        sample.map(
            drawn ->
                new ChipAccuracy(
                    drawn,
                    Arithmetic.resistances(request, drawn).onOffRatio(),
                    Arithmetic.onChips(request, calibration, drawn).stream()
                        .map(chip -> chip.correct(images))
                        .toList())));
  }
}
