package io.github.primesim.network.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.github.primesim.cli.CommandRun;
import io.github.primesim.config.NetworkFiles;
import io.github.primesim.config.SafetensorsBytes;
import io.github.primesim.network.NpzBytes;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Compiles damaged files, each by a seed of its own, in a process of its own with little memory.
 * Prints what went wrong and how many were refused.
 */
final class DamagedModels {
  private static final double LONGEST_SECONDS = 10;

  private static final String YAML =
      """
      schema: primesim.network/1
      name: damaged
      weights: imported
      description: a normalised convolution, an LSTM and a classifier
      input: {channels: 2, height: 6, width: 1, signed: true}
      layers:
        - {name: conv, type: convolution, outputChannels: 3, kernel: [3, 1], bias: false, batchNorm: bn}
        - {name: lstm, type: lstm, units: 2}
        - {name: fc, type: fullyConnected, outputs: 4}
      """;

  private static final String[] ARRAYS = {
    "conv.weight 3 2 3",
    "bn.weight 3",
    "bn.bias 3",
    "bn.running_mean 3",
    "bn.running_var 3",
    "lstm.weight_ih_l0 8 3",
    "lstm.weight_hh_l0 8 2",
    "lstm.bias_ih_l0 8",
    "lstm.bias_hh_l0 8",
    "fc.weight 4 8",
    "fc.bias 4"
  };

  private final Path folder;
  private final List<ModelProto> models = SampleModels.all();
  private int refused;
  private int faults;
  private double slowest;

  private DamagedModels(Path folder) {
    this.folder = folder;
  }

  /** Arguments: a folder to work in, the first seed, and how many. */
  public static void main(String[] arguments) throws IOException {
    DamagedModels all = new DamagedModels(Path.of(arguments[0]));
    long first = Long.parseLong(arguments[1]);
    int count = Integer.parseInt(arguments[2]);
    Files.write(all.folder.resolve(SampleModels.EXTERNAL_FILE), new byte[144]);
    all.soundOnesAreAccepted();
    for (long seed = first; seed < first + count; seed++) {
      all.compile(seed);
    }
    System.out.printf(
        "%d damaged files, %d refused, %d faults, slowest %.1f s%n",
        count, all.refused, all.faults, all.slowest);
    System.exit(all.faults == 0 ? 0 : 1);
  }

  /** Otherwise the damage would be of no use. */
  private void soundOnesAreAccepted() throws IOException {
    for (int i = 0; i < models.size(); i++) {
      Path file = folder.resolve("sound.onnx");
      Files.write(file, models.get(i).toByteArray());
      require(CommandRun.of("compile", "--network", file.toString()), "model " + i);
    }
    for (boolean npz : new boolean[] {false, true}) {
      Path sound = network(npz, npz ? npz(null).toBytes() : safetensors().bytes());
      require(CommandRun.of("compile", "--network", sound.toString()), "npz " + npz);
    }
  }

  private static void require(CommandRun run, String what) {
    if (run.exit() != 0) {
      throw new IllegalStateException("sound " + what + " is refused: " + run.err());
    }
  }

  /**
   * What does not load is refused as the command line says it, where a tenth is run in any case.
   */
  private void compile(long seed) throws IOException {
    Path damaged = damaged(new SplittableRandom(seed));
    double begin = seconds();
    Thread watch = watch(seed);
    String complaint;
    try {
      new NetworkFiles(Path.of("")).load(damaged.toString());
      complaint = complaint(seed, damaged);
    } catch (InputProblem e) {
      refused++;
      boolean line = e.getMessage().length() < 2000 && e.getMessage().startsWith("" + damaged);
      complaint = !line ? e.getMessage() : seed % 10 == 0 ? complaint(seed, damaged) : "";
    } catch (RuntimeException | Error e) {
      complaint = e.toString();
    }
    watch.interrupt();
    double taken = seconds() - begin;
    slowest = Math.max(slowest, taken);
    if (!complaint.isEmpty() || taken > LONGEST_SECONDS) {
      faults++;
      System.out.printf("seed %d after %.1f s: %s%n", seed, taken, complaint);
    }
  }

  /** What is wrong with how the command line takes a file; nothing for done, or a line and 2. */
  private static String complaint(long seed, Path damaged) {
    String command = seed % 2 == 0 ? "compile" : "run";
    CommandRun run = CommandRun.of(command, "--network", damaged.toString());
    // What a file that can be read leaves out is said before its weights are looked at.
    String said = run.err().replaceAll("primesim: left to the host: [^\n]*\n", "");
    boolean line =
        run.exit() == 2
            && run.out().isEmpty()
            && said.startsWith("primesim: ")
            && said.indexOf('\n') == said.length() - 1;
    return run.exit() == 0 || line ? "" : "exit " + run.exit() + ": " + run.err().strip();
  }

  /** Seconds of processor of this thread: other programs may make the machine slow. */
  private static double seconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  /** Ends the process where a file keeps it busy for good. */
  private static Thread watch(long seed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                Thread.sleep(120_000);
                System.out.printf("seed %d: hangs%n", seed);
                System.out.flush();
                Runtime.getRuntime().halt(1);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private Path damaged(SplittableRandom random) throws IOException {
    Damage damage = new Damage(random);
    int kind = random.nextInt(10);
    if (kind < 6) {
      ModelProto sound = models.get(random.nextInt(models.size()));
      byte[] bytes =
          kind < 3 ? damage.bytes(sound.toByteArray()) : damage.message(sound).toByteArray();
      return Files.write(folder.resolve("damaged.onnx"), bytes);
    }
    if (kind < 8) {
      SafetensorsBytes sound = safetensors();
      byte[] bytes =
          kind == 6 ? damage.bytes(sound.bytes()) : sound.bytes(damage.text(sound.header()));
      return network(false, bytes);
    }
    return network(true, kind == 8 ? damage.bytes(npz(null).toBytes()) : npz(damage).toBytes());
  }

  private Path network(boolean npz, byte[] weights) throws IOException {
    Path network = Files.createDirectories(folder.resolve(npz ? "npz" : "safetensors"));
    Files.writeString(network.resolve("network.yaml"), YAML);
    Files.write(network.resolve(npz ? "weights.npz" : "weights.safetensors"), weights);
    return network;
  }

  private static SafetensorsBytes safetensors() {
    SafetensorsBytes file = new SafetensorsBytes();
    for (String array : ARRAYS) {
      file.floats(name(array), shape(array), values(array));
    }
    return file;
  }

  /** An archive; the header of one of its arrays is damaged where {@code damage} is given. */
  private static NpzBytes npz(Damage damage) {
    NpzBytes file = new NpzBytes();
    for (String array : ARRAYS) {
      file.floats(name(array), shape(array), values(array));
    }
    if (damage != null) {
      String header = NpzBytes.header("<f4", shape(ARRAYS[0]));
      file.raw(name(ARRAYS[0]), damage.text(header), new byte[4 * values(ARRAYS[0]).length]);
    }
    return file;
  }

  private static String name(String array) {
    return array.substring(0, array.indexOf(' '));
  }

  private static int[] shape(String array) {
    return java.util.Arrays.stream(array.substring(array.indexOf(' ') + 1).split(" ", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static float[] values(String array) {
    int size = java.util.Arrays.stream(shape(array)).reduce(1, (a, b) -> a * b);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 0.1f * (i % 7);
    }
    return values;
  }
}
