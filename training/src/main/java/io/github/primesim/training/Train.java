package io.github.primesim.training;

import io.github.primesim.training.dataset.Augmentation;
import io.github.primesim.training.dataset.ImageDataset;
import io.github.primesim.training.dataset.LabelledImages;
import io.github.primesim.training.export.ModelCard;
import io.github.primesim.training.export.NetworkFolder;
import io.github.primesim.training.export.WeightFormat;
import io.github.primesim.training.fit.Checkpoint;
import io.github.primesim.training.fit.Schedule;
import io.github.primesim.training.fit.Trainer;
import io.github.primesim.training.network.Topology;
import io.github.primesim.training.pruning.Masks;
import io.github.primesim.training.pruning.PruningScheme;
import io.github.primesim.training.storage.Npz;
import io.github.primesim.training.storage.Sha256;
import io.github.primesim.training.storage.Tensor;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command line: trains one network and writes its folder. */
@Command(
    name = "training/train",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    version = "primesim-training 0.1.0-SNAPSHOT",
    description = {
      "Trains a network, prunes it and fine-tunes what is left.",
      "An interrupted run goes on from its last complete epoch when it is started again."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:fault", "2:unusable input"})
public final class Train implements Callable<Integer> {
  /** Names the Recipes in help and error messages. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Recipes.all().keySet().iterator();
    }
  }

  private static final Pattern WIND_DOWN = Pattern.compile("([1-9][0-9]{0,3}):([1-9][0-9]{0,3})");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NETWORK",
      completionCandidates = Names.class,
      description = "one of: ${COMPLETION-CANDIDATES}")
  private String network;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "folder with the data set's own files; without it they are fetched with npm")
  private Optional<Path> data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "folder of the finished network (default: export in the work folder)")
  private Optional<Path> out;

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "folder of checkpoint and curve (default: .work/training/NETWORK)")
  private Optional<Path> work;

  @Option(names = "--seed", defaultValue = "1", description = "default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "dense epochs (default: the network's own)")
  private Optional<Integer> epochs;

  @Option(
      names = "--wind-down",
      paramLabel = "A:N",
      description =
          "end the dense epochs early: after A epochs as planned, N in which the learning rate"
              + " falls to zero")
  private Optional<String> windDown;

  @Option(
      names = "--fine-tune-epochs",
      paramLabel = "N",
      description = "epochs after pruning (default: the network's own)")
  private Optional<Integer> fineTuneEpochs;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description = "npz of trained weights to prune, in place of the dense epochs")
  private Optional<Path> weights;

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "npz of masks (uint8, 1 stays), in place of the network's own pruning")
  private Optional<Path> mask;

  @Option(
      names = "--fold",
      paramLabel = "DIR",
      description = "write the folder of the --weights as they are, unpruned, and train nothing")
  private Optional<Path> fold;

  @Option(
      names = "--images",
      paramLabel = "DIR",
      description = "write all test images and the calibration images there, and train nothing")
  private Optional<Path> imagesOnly;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "train on the first N images only, for a trial")
  private Optional<Integer> limit;

  @Option(
      names = "--described-as",
      paramLabel = "COMMAND",
      hidden = true,
      description = "the command that the card names, where a script calls this one")
  private Optional<String> describedAs;

  @Option(names = "--restart", description = "forget the checkpoint in the work folder")
  private boolean restart;

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out, System.err).execute(arguments));
  }

  /** The command with its error handling, writing to the given streams. */
  static CommandLine commandLine(PrintStream out, PrintStream err) {
    return new CommandLine(new Train())
        .setOut(new java.io.PrintWriter(out, true, java.nio.charset.StandardCharsets.UTF_8))
        .setErr(new java.io.PrintWriter(err, true, java.nio.charset.StandardCharsets.UTF_8))
        .setParameterExceptionHandler(
            (e, arguments) -> {
              e.getCommandLine().getErr().println(e.getMessage());
              return CommandLine.ExitCode.USAGE;
            })
        .setExecutionExceptionHandler(
            (e, command, arguments) -> {
              if (e instanceof UnusableInput || e instanceof IOException) {
                command.getErr().println(e.getMessage() == null ? e.toString() : message(e));
                return CommandLine.ExitCode.USAGE;
              }
              e.printStackTrace(command.getErr());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  private static String message(Exception e) {
    // The message of a file system exception is often the bare path.
    return e instanceof IOException
        ? e.getClass().getSimpleName() + ": " + e.getMessage()
        : e.getMessage();
  }

  @Override
  public Integer call() throws IOException {
    Recipe recipe = recipe();
    Path root = root();
    Path folder = work.orElse(root.resolve(".work").resolve("training").resolve(recipe.name()));
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      if (lock == null) {
        throw new UnusableInput(folder + ": another training is using this folder");
      }
      if (restart) {
        Files.deleteIfExists(folder.resolve("checkpoint.npz"));
      }
      TrainingRun.Plan plan = plan(recipe);
      ImageDataset whole = recipe.data().obtain(data, root.resolve(".work").resolve("data"));
      Topology topology = recipe.topology();
      whole.requireImages(
          topology.input().channels(),
          topology.input().height(),
          topology.input().width(),
          topology.classes());
      ImageDataset used =
          limit.isEmpty()
              ? whole
              : new ImageDataset(
                  whole.training().first(atLeastOne("--limit", limit)), whole.test());
      if (imagesOnly.isPresent()) {
        new NetworkFolder(imagesOnly.get(), recipe.format(), whole, topology.classes(), seed)
            .writeImages(whole.test());
        return CommandLine.ExitCode.OK;
      }
      if (fold.isPresent()) {
        return fold(recipe, whole, fold.get());
      }
      Path target = out.orElse(folder.resolve("export"));
      NetworkFolder exported =
          new NetworkFolder(target, recipe.format(), whole, topology.classes(), seed);
      EpochDisplay display =
          new EpochDisplay(System.err, Boolean.getBoolean("primesim.training.terminal"));
      Checkpoint done = new TrainingRun(topology, used, plan, seed, folder, display).run();
      exported.write(card(recipe, plan, used, done, exported));
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s: test accuracy %.2f %% dense, %.2f %% after pruning, %.2f %% after fine-tuning%n"
                  + "network in %s, curve in %s%n",
              recipe.name(),
              100 * done.curve().last(TrainingRun.DENSE).accuracy(),
              100 * done.curve().last(TrainingRun.PRUNED).accuracy(),
              100 * done.curve().last(lastStage(done)).accuracy(),
              target,
              folder.resolve("curve.csv"));
    }
    return CommandLine.ExitCode.OK;
  }

  private int fold(Recipe recipe, ImageDataset images, Path target) throws IOException {
    Topology topology = recipe.topology();
    Path file =
        weights.orElseThrow(() -> new UnusableInput("--fold needs the --weights to be written"));
    Map<String, Tensor> parameters = topology.select(Npz.read(file), file.toString());
    new NetworkFolder(target, recipe.format(), images, topology.classes(), seed)
        .write(topology.folded(), topology.fold(parameters));
    return CommandLine.ExitCode.OK;
  }

  private static String lastStage(Checkpoint done) {
    return done.curve().reached(TrainingRun.FINE_TUNED)
        ? TrainingRun.FINE_TUNED
        : TrainingRun.PRUNED;
  }

  private Recipe recipe() {
    Recipe recipe = Recipes.all().get(network);
    if (recipe == null) {
      throw new UnusableInput(
          "network "
              + network
              + " is not known; there are: "
              + String.join(", ", Recipes.all().keySet()));
    }
    return recipe;
  }

  private static FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private TrainingRun.Plan plan(Recipe recipe) throws IOException {
    Topology topology = recipe.topology();
    Optional<Map<String, Tensor>> start = Optional.empty();
    String origin = "random weights";
    if (weights.isPresent()) {
      Path file = weights.get();
      start = Optional.of(topology.select(Npz.read(file), file.toString()));
      origin = "weights with sha256 " + Sha256.of(file);
    }
    PruningScheme scheme = recipe.pruning();
    if (mask.isPresent()) {
      Path file = mask.get();
      scheme =
          new GivenMasks(
              Masks.from(Npz.read(file), "", topology, file.toString()), Sha256.of(file));
    }
    return new TrainingRun.Plan(
        start,
        dense(epochs(recipe.dense(), "--epochs", epochs)),
        scheme,
        epochs(recipe.fineTuning(), "--fine-tune-epochs", fineTuneEpochs),
        recipe.effort(),
        origin);
  }

  private record GivenMasks(Masks masks, String sha256) implements PruningScheme {
    @Override
    public Masks masks(Map<String, Tensor> parameters) {
      return masks;
    }

    @Override
    public String describe() {
      return "given masks with sha256 " + sha256;
    }
  }

  private Schedule dense(Schedule planned) {
    if (windDown.isEmpty()) {
      return planned;
    }
    Matcher matcher = WIND_DOWN.matcher(windDown.get());
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) >= planned.epochs()) {
      throw new UnusableInput(
          "--wind-down "
              + windDown.get()
              + ": two numbers of epochs are allowed, such as 4:3, the first below the planned "
              + planned.epochs());
    }
    return planned.withWindDown(
        Optional.of(
            new Schedule.WindDown(
                Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))));
  }

  private static Schedule epochs(Schedule schedule, String option, Optional<Integer> given) {
    return given.isEmpty() ? schedule : schedule.withEpochs(atLeastOne(option, given));
  }

  private static int atLeastOne(String option, Optional<Integer> given) {
    int value = given.orElseThrow();
    if (value < 1) {
      throw new UnusableInput(option + " " + value + ": at least 1 is allowed");
    }
    return value;
  }

  private ModelCard card(
      Recipe recipe,
      TrainingRun.Plan plan,
      ImageDataset used,
      Checkpoint done,
      NetworkFolder folder) {
    Topology topology = recipe.topology().folded();
    Map<String, Tensor> stored = folder.stored(recipe.topology().fold(done.parameters()));
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("seed", Long.toString(seed));
    settings.put("training images", String.format(Locale.ROOT, "%,d", used.training().count()));
    settings.put("start", plan.origin());
    if (plan.start().isEmpty()) {
      settings.put("dense", describe(plan.dense()));
    }
    settings.put("pruning", plan.pruning().describe());
    settings.put("fine-tuning under the mask", describe(plan.fineTuning()));
    settings.put(
        "arithmetic",
        recipe.effort().step().arithmetic()
            + ", PyTorch "
            + ai.djl.engine.Engine.getEngine("PyTorch").getVersion()
            + " through DJL, one thread; another processor may round otherwise");
    if (recipe.format() == WeightFormat.INT8) {
      settings.put(
          "stored in",
          String.format(
              Locale.ROOT,
              "int8 with a scale for each output, biases in float32; test accuracy of that %.2f %%",
              100 * accuracy(topology, stored, used.test())));
    }
    List<String> arguments = spec.commandLine().getParseResult().originalArgs();
    return new ModelCard(
        topology,
        stored,
        done.curve(),
        used.test().count(),
        describedAs.orElse("training/train " + String.join(" ", arguments)),
        settings,
        recipe.remarks());
  }

  private static double accuracy(
      Topology topology, Map<String, Tensor> parameters, LabelledImages images) {
    try (Trainer trainer =
        new Trainer(topology, parameters, Trainer.atRest(topology), Masks.none())) {
      return trainer.accuracy(images);
    }
  }

  private static String describe(Schedule schedule) {
    Augmentation augmentation = schedule.augmentation();
    return String.format(
        Locale.ROOT,
        "%d epochs, batches of %d, SGD with momentum %s, learning rate %s%s falling to 0 along"
            + " a cosine%s, weight decay %s, %s",
        schedule.epochs(),
        schedule.batch(),
        schedule.momentum(),
        schedule.peakLearningRate(),
        schedule.warmUp() == 0
            ? ""
            : String.format(
                Locale.ROOT, " reached in %.0f %% of the steps and", 100 * schedule.warmUp()),
        schedule
            .windDown()
            .map(
                end ->
                    String.format(
                        Locale.ROOT,
                        ", left after %d epochs for a shorter one of %d",
                        end.after(),
                        end.epochs()))
            .orElse(""),
        schedule.weightDecay(),
        augmentation.describe());
  }

  /** The project's folder, which the start script names. */
  private static Path root() {
    String root = System.getProperty("primesim.training.root", "");
    try {
      return Path.of(root);
    } catch (InvalidPathException e) {
      throw new UnusableInput("primesim.training.root " + root + " is no folder", e);
    }
  }
}
