package io.github.primesim.validation;

import io.github.primesim.baseline.Baseline;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.ComponentTable;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

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
   * Accuracy that the card of a network states, from 0 to 1; empty where it does not.
   *
   * @param state {@code dense} before pruning, {@code pruned} of its weights, {@code crossbars}
   *     with crossbars cleared, as the study of the network found
   */
  OptionalDouble statedAccuracy(String network, String state);

  /**
   * Accuracies with weights of few bits that the study of a network found, a map from column to
   * text for each; none where there was no such study.
   */
  List<Map<String, String>> accuracyInBits(String network);

  /**
   * What a part of the evaluation found, where it is stored.
   *
   * @param table name of the part
   */
  Optional<StoredEvaluation> evaluation(String table);

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
