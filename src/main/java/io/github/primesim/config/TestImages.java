package io.github.primesim.config;

import io.github.primesim.experiment.AccuracyKey;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Network;
import io.github.primesim.network.Origin;
import io.github.primesim.units.InputProblem;
import java.nio.file.Files;
import java.nio.file.Path;

/** Images with labels to measure the accuracy of a network with. */
final class TestImages {
  private TestImages() {}

  /**
   * Reads those beside a network.
   *
   * @param limit how many to read at most
   * @throws InputProblem if there are none, or its weights are synthetic
   */
  static LabelledImages beside(LoadedNetwork network, int limit) {
    requireWeights(network.network());
    Path archive = network.images().resolve(ImageFiles.ARCHIVE);
    if (!Files.exists(archive)) {
      throw new InputProblem(
          network.images()
              + ": holds no "
              + ImageFiles.ARCHIVE
              + ", allowed with "
              + AccuracyKey.IMAGES.key()
              + ": networks that have test images");
    }
    return ImageFiles.readLabelled(archive, limit, network.network());
  }

  /** Refuses a network that classifies nothing. */
  static void requireWeights(Network network) {
    if (network.origin() == Origin.SYNTHETIC) {
      throw new InputProblem(
          "network '"
              + network.name()
              + "' has synthetic weights, which classify nothing; allowed:"
              + " a network with trained or imported weights");
    }
  }
}
