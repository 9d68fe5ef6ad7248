package io.github.primesim.experiment.evaluation;

import io.github.primesim.config.DesignFiles;
import io.github.primesim.experiment.Designs;
import java.nio.file.Path;
import java.util.Optional;

/** Designs of the bundled networks on the bundled memory, as the program loads them. */
final class BundledDesigns {
  static final Designs ALL =
      (network, mapping, crossbar, sets) ->
          DesignFiles.load(
                  Path.of(""),
                  new DesignFiles.Choices(
                      network,
                      "prime-45nm",
                      mapping,
                      Optional.of(crossbar).filter(size -> !size.isEmpty()),
                      "pairs",
                      "layer",
                      "0",
                      "1",
                      sets))
              .request();

  private BundledDesigns() {}
}
