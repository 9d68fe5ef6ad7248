package io.github.primesim.cli;

import io.github.primesim.config.LoadedDesign;
import io.github.primesim.experiment.RunRequest;
import io.github.primesim.units.InputProblem;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the energy of wordlines and cells is that of mean activity or that of real inputs. */
final class ActivityOption {
  static final String MEAN = "mean";
  static final String DATA = "data";

  @Option(
      names = "--activity",
      paramLabel = "A",
      completionCandidates = Candidates.Activities.class,
      defaultValue = MEAN,
      description =
          "How active inputs are: mean (of calibration inputs, or assumed) or data (images are run"
              + " through the mapped crossbars). Default: ${DEFAULT-VALUE}.")
  private String activity;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "With --activity data: folder or npz file of images, as for 'primesim accuracy'."
              + " Default: the test images beside the network.")
  private Optional<Path> data;

  @Option(
      names = "--images",
      paramLabel = "K",
      description = "With --activity data: measures on the first K images. Default: 100.")
  private Optional<String> images;

  /** Refuses what is mistyped, before any file is read. */
  void check() {
    if (!activity.equals(MEAN) && !activity.equals(DATA)) {
      throw new InputProblem("--activity '" + activity + "': allowed: mean, data");
    }
    if (activity.equals(MEAN) && (data.isPresent() || images.isPresent())) {
      throw new InputProblem(
          (data.isPresent() ? "--data" : "--images")
              + " is read with '--activity data' only; allowed: that, or to leave it out");
    }
  }

  /** The run with activity as asked for. */
  RunRequest addTo(RunRequest run, LoadedDesign design) {
    return activity.equals(MEAN)
        ? run
        : run.measuring(Optional.of(design.meter(data, images.orElse("100"))));
  }
}
