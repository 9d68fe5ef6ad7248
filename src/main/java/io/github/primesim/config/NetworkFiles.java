package io.github.primesim.config;

import io.github.primesim.network.ArrayFile;
import io.github.primesim.network.NpzFile;
import io.github.primesim.network.Origin;
import io.github.primesim.network.StoredWeights;
import io.github.primesim.network.SyntheticWeights;
import io.github.primesim.network.Weights;
import io.github.primesim.network.onnx.ImportOptions;
import io.github.primesim.network.onnx.OnnxFile;
import io.github.primesim.network.onnx.OnnxNetwork;
import io.github.primesim.units.InputProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds networks: bundled ones in {@code networks/} of the installation, folders and ONNX files of
 * the user.
 *
 * <p>A network is a folder with {@code network.yaml} (see {@link NetworkYaml}) and, unless its
 * weights are synthetic, {@code weights.npz} or {@code weights.safetensors} (see {@link
 * StoredWeights}, and {@link PyTorchArrays} for the names that PyTorch writes).
 */
public final class NetworkFiles {
  private static final String DESCRIPTION = "network.yaml";
  private static final String NPZ = "weights.npz";
  private static final String SAFETENSORS = "weights.safetensors";
  private static final String ONNX = ".onnx";

  private final Path bundled;

  /**
   * The networks of an installation.
   *
   * @param installation the folder that holds {@code networks/}
   */
  public NetworkFiles(Path installation) {
    this.bundled = installation.resolve("networks");
  }

  /** Names of the bundled networks, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(bundled)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(bundled)) {
      return folders
          .filter(folder -> Files.isRegularFile(folder.resolve(DESCRIPTION)))
          .map(folder -> folder.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new InputProblem(bundled + ": cannot be listed: " + e.getMessage(), e);
    }
  }

  /** Names of the bundled networks that were trained, sorted. */
  public List<String> trained() {
    return names().stream()
        .filter(name -> load(name).network().origin() == Origin.TRAINED)
        .toList();
  }

  /**
   * Loads a network; its weights are checked in shape now, in value when a layer is read.
   *
   * @param nameOrPath name of a bundled network, or path of a folder or an ONNX file
   * @throws InputProblem if there is none or it is unusable
   */
  public LoadedNetwork load(String nameOrPath) {
    return load(nameOrPath, ImportOptions.NONE);
  }

  /**
   * The same with what an ONNX file leaves open.
   *
   * @throws InputProblem if there is none, it is unusable, or options are given for what is no ONNX
   *     file
   */
  public LoadedNetwork load(String nameOrPath, ImportOptions options) {
    Optional<Path> file =
        path(nameOrPath)
            .filter(path -> nameOrPath.toLowerCase(Locale.ROOT).endsWith(ONNX))
            .filter(Files::isRegularFile);
    if (file.isPresent()) {
      return onnx(file.get(), options);
    }
    refuseMissing(nameOrPath);
    if (!options.shapes().isEmpty() || !options.values().isEmpty() || options.skipUnsupported()) {
      throw new InputProblem(
          "--network '"
              + nameOrPath
              + "' is no ONNX file, which --input-shape, --input-value and --skip-unsupported are"
              + " for");
    }
    return load(folder(nameOrPath));
  }

  /** What can only be meant as a path is told as such, not as an unknown name. */
  private static void refuseMissing(String path) {
    boolean file = path.toLowerCase(Locale.ROOT).endsWith(ONNX);
    if ((file || path.contains("/")) && path(path).filter(Files::exists).isEmpty()) {
      throw new InputProblem(
          "network '"
              + path
              + "' does not exist, allowed: an ONNX file, or a folder with network.yaml");
    }
  }

  private static LoadedNetwork onnx(Path file, ImportOptions options) {
    OnnxNetwork read = OnnxFile.read(file, options);
    Path folder = file.toAbsolutePath().getParent();
    String digest = digest(options.toString(), read.files().toArray(Path[]::new));
    return new LoadedNetwork(read.network(), read.weights(), digest, folder, folder, read.left());
  }

  private Path folder(String nameOrFolder) {
    if (names().contains(nameOrFolder)) {
      return bundled.resolve(nameOrFolder);
    }
    Optional<Path> path = path(nameOrFolder);
    if (path.filter(Files::isDirectory).isPresent()) {
      return path.get();
    }
    throw new InputProblem(
        "network '"
            + nameOrFolder
            + "' is unknown, allowed: "
            + String.join(", ", names())
            + ", a folder with "
            + DESCRIPTION
            + ", or an ONNX file");
  }

  private static Optional<Path> path(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static LoadedNetwork load(Path folder) {
    Path description = folder.resolve(DESCRIPTION);
    YamlDocument document = StrictYaml.read(description);
    NetworkYaml yaml = NetworkYaml.of(document);
    Path images = images(folder, yaml, document);
    if (yaml.synthetic().isPresent()) {
      NetworkYaml.Synthetic model = yaml.synthetic().get();
      Weights weights =
          new SyntheticWeights(yaml.network(), model.seed(), model.sigma(), model.densities());
      return new LoadedNetwork(
          yaml.network(), weights, digest("", description), folder, images, List.of());
    }
    Path file = weights(folder);
    boolean npz = file.endsWith(NPZ);
    ArrayFile arrays =
        new PyTorchArrays(
            npz ? NpzFile.open(file) : SafetensorsFile.open(file),
            yaml.normalisations(),
            yaml.recurrences());
    Weights weights = new StoredWeights(yaml.network(), arrays, yaml.forms());
    return new LoadedNetwork(
        yaml.network(), weights, digest("", description, file), folder, images, List.of());
  }

  /** The folder of images; networks for the same data need not each hold a copy of them. */
  private static Path images(Path folder, NetworkYaml yaml, YamlDocument document) {
    if (yaml.images().isEmpty()) {
      return folder;
    }
    Optional<Path> named = path(yaml.images().get()).map(folder::resolve).map(Path::normalize);
    return named
        .filter(Files::isDirectory)
        .orElseThrow(
            () ->
                document.problem(
                    NetworkYaml.IMAGES, "allowed: a folder that exists, seen from " + folder));
  }

  /** The file of weights; which one is meant must not be left to a rule. */
  private static Path weights(Path folder) {
    boolean both = Files.exists(folder.resolve(NPZ)) && Files.exists(folder.resolve(SAFETENSORS));
    if (both) {
      throw new InputProblem(
          folder + ": holds " + NPZ + " and " + SAFETENSORS + ", allowed: one of them");
    }
    return folder.resolve(Files.exists(folder.resolve(SAFETENSORS)) ? SAFETENSORS : NPZ);
  }

  private static String digest(String text, Path... files) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    for (Path file : files) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new InputProblem(file + ": cannot be read: " + e.getMessage(), e);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
