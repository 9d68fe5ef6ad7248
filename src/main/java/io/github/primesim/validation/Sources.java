package io.github.primesim.validation;

import io.github.primesim.baseline.Baseline;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.ComponentTable;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Network;

/**
 * Where figures get what stands in files. Every method throws an {@link
 * io.github.primesim.units.InputProblem} where a file is missing or damaged.
 */
public interface Sources {
  /** Whether a network of that name is bundled. */
  boolean hasNetwork(String name);

  /** The layers of a network. */
  Network network(String name);

  /** A memory with what is set. */
  HardwareSpec hardware(Design design);

  /** Everything that is compiled and simulated. */
  CompileRequest request(Design design);

  /** The same with the means to measure accuracy. */
  Examination examination(Design design, int images);

  /** A processor that PRIME is compared with. */
  Baseline baseline(String name);

  /** Components of another accelerator. */
  ComponentTable components(String name);

  /**
   * A network with images to classify.
   *
   * @param request network, memory and mapping
   * @param calibration dynamic fixed point of the network
   * @param images labelled images
   */
  record Examination(
      CompileRequest request, NetworkCalibration calibration, LabelledImages images) {}
}
