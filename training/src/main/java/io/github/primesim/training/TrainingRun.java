package io.github.primesim.training;

import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.fit.Checkpoint;
import io.github.primesim.training.fit.Effort;
import io.github.primesim.training.fit.LearningCurve;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.fit.Trainer;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.pruning.PruningScheme;
import io.github.primesim.training.storage.AtomicFile;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * One training from random weights to the pruned network: dense epochs, pruning, masked epochs.
 *
 * <p>The folder holds the state after the last complete epoch ({@code checkpoint.npz}), the curve
 * ({@code curve.csv}), the weights before pruning ({@code dense.npz}) and the masks ({@code
 * mask.npz}), and in the end the parameters as the training has them ({@code parameters.npz}),
 * which a further training can start from. A run on a folder goes on from its checkpoint, and ends
 * with the same weights, bit for bit, as one that was never interrupted.
 */
public final class TrainingRun {
  public static final String DENSE = "dense";
  public static final String PRUNED = "pruned";
  public static final String FINE_TUNED = "fine-tuned";

  private final Topology topology;
  private final ImageDataset data;
  private final Plan plan;
  private final long seed;
  private final Path folder;
  private final EpochDisplay display;

  /**
   * The steps of a run.
   *
   * @param start weights that take the place of the dense epochs
   * @param dense the dense epochs, if there is no {@code start}
   * @param effort arithmetic of the steps, and how closely the curve is measured
   * @param origin what start and scheme were made from, one line, so that a checkpoint is not taken
   *     up with others
   */
  public record Plan(
      Optional<Map<String, Tensor>> start,
      Schedule dense,
      PruningScheme pruning,
      Schedule fineTuning,
      Effort effort,
      String origin) {}

  public TrainingRun(
      Topology topology,
      ImageDataset data,
      Plan plan,
      long seed,
      Path folder,
      EpochDisplay display) {
    this.topology = topology;
    this.data = data;
    this.plan = plan;
    this.seed = seed;
    this.folder = folder;
    this.display = display;
  }

  /** Goes on from the folder's checkpoint, or begins, and returns the final state. */
  public Checkpoint run() throws IOException {
    Path file = folder.resolve("checkpoint.npz");
    Checkpoint state;
    if (Files.exists(file)) {
      state = read(file);
      display.resumed(state.stage(), state.epochs());
      // A kill between the two files leaves the curve one epoch behind.
      AtomicFile.write(folder.resolve("curve.csv"), state.curve().csv());
    } else {
      state = begin();
    }
    if (state.stage().equals(DENSE)) {
      state = epochs(state, plan.dense(), Masks.none());
      state = prune(state);
      save(state);
    }
    Checkpoint done = epochs(state, plan.fineTuning(), state.masks().orElseThrow());
    Npz parameters = new Npz();
    done.parameters().forEach(parameters::put);
    parameters.write(folder.resolve("parameters.npz"));
    return done;
  }

  /** A run that is being brought to another end takes up what was done towards the planned one. */
  private Checkpoint read(Path file) {
    String planned = settings(plan.dense().withWindDown(Optional.empty()));
    if (plan.dense().windDown().isEmpty() || !Checkpoint.settings(file).equals(planned)) {
      return Checkpoint.read(file, topology, settings());
    }
    Checkpoint state = Checkpoint.read(file, topology, planned);
    int after = plan.dense().windDown().get().after();
    if (!state.stage().equals(DENSE) || state.epochs() > after) {
      throw new UnusableInput(
          file
              + ": has done "
              + (state.stage().equals(DENSE) ? state.epochs() : "all")
              + " dense epochs as planned, no other end is possible after "
              + after);
    }
    return state.withSettings(settings());
  }

  private Checkpoint begin() {
    Map<String, Tensor> weights =
        plan.start().orElseGet(() -> topology.initialise(new SplittableRandom(seed)));
    return new Checkpoint(
        settings(),
        DENSE,
        plan.start().isPresent() ? plan.dense().lastEpoch() : 0,
        weights,
        Trainer.atRest(topology),
        Optional.empty(),
        new LearningCurve());
  }

  private Checkpoint epochs(Checkpoint from, Schedule schedule, Masks masks) throws IOException {
    Checkpoint state = from;
    try (Trainer trainer =
        new Trainer(topology, plan.effort().step(), from.parameters(), from.velocity(), masks)) {
      for (int epoch = from.epochs(); epoch < schedule.lastEpoch(); epoch++) {
        long start = System.nanoTime();
        display.begin(state.stage(), epoch, schedule.lastEpoch(), data.training().count());
        double loss =
            trainer.epoch(
                data.training(), schedule, epoch, random(state.stage(), epoch), display::advance);
        LabelledImages measured =
            epoch + 1 == schedule.lastEpoch()
                ? data.test()
                : data.test().first(plan.effort().curveImages());
        double accuracy = trainer.accuracy(measured);
        LearningCurve.Point point =
            new LearningCurve.Point(
                state.stage(),
                epoch + 1,
                loss,
                accuracy,
                measured.count(),
                (System.nanoTime() - start) / 1e9);
        state.curve().add(point);
        state =
            new Checkpoint(
                state.settings(),
                state.stage(),
                epoch + 1,
                trainer.parameters(),
                trainer.velocity(),
                state.masks(),
                state.curve());
        save(state);
        display.end(point, schedule.lastEpoch());
      }
    } finally {
      display.stop();
    }
    return state;
  }

  private Checkpoint prune(Checkpoint dense) throws IOException {
    Npz before = new Npz();
    dense.parameters().forEach(before::put);
    before.write(folder.resolve("dense.npz"));
    Masks masks = plan.pruning().masks(dense.parameters());
    Npz mask = new Npz();
    masks.addTo(mask, "");
    mask.write(folder.resolve("mask.npz"));
    if (plan.start().isPresent()) {
      dense.curve().add(measured(DENSE, dense.parameters()));
      display.end(dense.curve().last(DENSE), 0);
    }
    masks.apply(dense.parameters());
    dense.curve().add(measured(PRUNED, dense.parameters()));
    display.end(dense.curve().last(PRUNED), 0);
    return new Checkpoint(
        dense.settings(),
        FINE_TUNED,
        0,
        dense.parameters(),
        Trainer.atRest(topology),
        Optional.of(masks),
        dense.curve());
  }

  private LearningCurve.Point measured(String stage, Map<String, Tensor> parameters) {
    try (Trainer trainer =
        new Trainer(topology, parameters, Trainer.atRest(topology), Masks.none())) {
      return new LearningCurve.Point(
          stage, 0, 0, trainer.accuracy(data.test()), data.test().count(), 0);
    }
  }

  private void save(Checkpoint state) throws IOException {
    state.write(folder.resolve("checkpoint.npz"));
    AtomicFile.write(folder.resolve("curve.csv"), state.curve().csv());
  }

  /** Each epoch's own source, so that no generator state has to be kept across a restart. */
  private SplittableRandom random(String stage, int epoch) {
    SplittableRandom random = new SplittableRandom(seed + (stage.equals(DENSE) ? 1 : 2));
    SplittableRandom own = random.split();
    for (int i = 0; i < epoch; i++) {
      own = random.split();
    }
    return own;
  }

  private String settings() {
    return settings(plan.dense());
  }

  private String settings(Schedule dense) {
    return String.join(
        "\n",
        "network " + topology.name() + " " + topology.layers(),
        "seed " + seed,
        "images " + data.training().count() + " + " + data.test().count(),
        "dense " + dense,
        "pruning " + plan.pruning().describe(),
        "fine-tuning " + plan.fineTuning(),
        "origin "
            + plan.origin()
            + (plan.effort().equals(Effort.FULL) ? "" : "\n" + plan.effort()));
  }
}
