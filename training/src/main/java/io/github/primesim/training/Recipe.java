package io.github.primesim.training;

import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.export.WeightFormat;
import io.github.primesim.training.fit.Effort;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.PruningScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one of the shipped networks comes about: its data, its topology, and the three steps dense
 * training, pruning, and fine-tuning of what is left.
 *
 * @param remarks paragraphs for the card about topology, data and their licence
 */
public record Recipe(
    Topology topology,
    Source data,
    Schedule dense,
    PruningScheme pruning,
    Schedule fineTuning,
    Effort effort,
    WeightFormat format,
    List<String> remarks) {

  /** Where a data set comes from. */
  @FunctionalInterface
  public interface Source {
    /**
     * The data set, read and checked.
     *
     * @param folder the user's own files; without it they are fetched into the cache
     */
    ImageDataset obtain(Optional<Path> folder, Path cache) throws IOException;
  }

  /** A recipe that trains with full effort and keeps float32. */
  public Recipe(
      Topology topology,
      Source data,
      Schedule dense,
      PruningScheme pruning,
      Schedule fineTuning,
      List<String> remarks) {
    this(topology, data, dense, pruning, fineTuning, Effort.FULL, WeightFormat.FLOAT32, remarks);
  }

  public String name() {
    return topology.name();
  }
}
