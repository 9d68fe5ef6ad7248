package io.github.primesim.experiment;

import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.LabelledImages;
import java.util.Optional;

/**
 * Images to be classified on the mapped crossbars of a design.
 *
 * @param images with their labels
 * @param calibration of the network for the memory of the design
 * @param sample chips to classify them on, beside an ideal one
 */
public record Classification(
    LabelledImages images, NetworkCalibration calibration, Optional<ChipSample> sample) {

  /** What comes of it on the crossbars of a design, in the thread of the caller. */
  public CrossbarAccuracy on(CompileRequest request) {
    return new CrossbarAccuracy(
        images.count(),
        Arithmetic.prime(request, calibration).correct(images),
        sample.map(
            drawn ->
                ChipAccuracy.of(
                    request,
                    drawn,
                    Arithmetic.onChips(request, calibration, drawn).stream()
                        .map(chip -> chip.correct(images))
                        .toList())));
  }
}
