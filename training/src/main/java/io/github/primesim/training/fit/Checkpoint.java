package io.github.primesim.training.fit;

import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Everything a training needs to go on as if it had never stopped.
 *
 * <p>Random numbers need no state: each epoch draws from a source of its own, made from seed, stage
 * and epoch.
 *
 * @param settings what the training was started with; another text is another training
 * @param stage the stage that is running or, at its last epoch, done
 * @param epochs epochs done in that stage
 * @param velocity momentum of each parameter
 * @param masks present once the network is pruned
 */
public record Checkpoint(
    String settings,
    String stage,
    int epochs,
    Map<String, Tensor> parameters,
    Map<String, Tensor> velocity,
    Optional<Masks> masks,
    LearningCurve curve) {
  private static final String PARAMETER = "parameter/";
  private static final String VELOCITY = "velocity/";
  private static final String MASK = "mask/";

  public void write(Path file) throws IOException {
    Npz npz =
        new Npz()
            .putText("settings", settings)
            .putText("stage", stage)
            .putText("epochs", Integer.toString(epochs))
            .putText("curve", curve.csv());
    parameters.forEach((name, tensor) -> npz.put(PARAMETER + name, tensor));
    velocity.forEach((name, tensor) -> npz.put(VELOCITY + name, tensor));
    masks.ifPresent(present -> present.addTo(npz, MASK));
    npz.write(file);
  }

  /**
   * Reads a checkpoint.
   *
   * @throws UnusableInput if the file is damaged, or was left by a training with other settings
   */
  public static Checkpoint read(Path file, Topology topology, String settings) {
    Npz npz = Npz.read(file);
    String found = npz.text("settings");
    if (!found.equals(settings)) {
      throw new UnusableInput(
          file
              + ": left by a training with other settings ("
              + difference(found, settings)
              + "); give these, another --work folder, or --restart");
    }
    boolean masked = npz.names().stream().anyMatch(name -> name.startsWith(MASK));
    return new Checkpoint(
        found,
        npz.text("stage"),
        Integer.parseInt(npz.text("epochs")),
        group(npz, PARAMETER, topology),
        group(npz, VELOCITY, topology),
        masked ? Optional.of(Masks.from(npz, MASK, topology, file.toString())) : Optional.empty(),
        LearningCurve.parse(npz.text("curve")));
  }

  /** What the training that left the checkpoint was started with. */
  public static String settings(Path file) {
    return Npz.read(file).text("settings");
  }

  public Checkpoint withSettings(String other) {
    return new Checkpoint(other, stage, epochs, parameters, velocity, masks, curve);
  }

  private static Map<String, Tensor> group(Npz npz, String prefix, Topology topology) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    topology.parameters().keySet().forEach(name -> tensors.put(name, npz.tensor(prefix + name)));
    return tensors;
  }

  /** The lines of the old settings that the new ones do not have. */
  private static String difference(String found, String wanted) {
    return String.join("; ", found.lines().filter(line -> !wanted.contains(line)).toList());
  }
}
