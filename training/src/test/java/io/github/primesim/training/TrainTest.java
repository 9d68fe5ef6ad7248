package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
  @TempDir private Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    return Train.commandLine(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  private void refused(String part, String... arguments) {
    err.reset();
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8).strip().lines()).hasSize(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(part);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void helpNamesTheNetworks() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("lenet5-mnist", "--mask", "--data");
  }

  @Test
  void unusableInputIsRefusedOnOneLine() throws IOException {
    String work = folder.resolve("work").toString();
    String empty = Files.createDirectory(folder.resolve("empty")).toString();
    refused("there are: lenet5-mnist", "lenet6", "--work", work);
    refused("--epochs", "lenet5-mnist", "--work", work, "--epochs", "many");
    refused("--wind-down 2", "lenet5-mnist", "--work", work, "--wind-down", "2");
    refused("below the planned 4", "lenet5-mnist", "--work", work, "--wind-down", "4:1");
    refused("Missing required parameter", "--seed", "3");
    refused("train-images-idx3-ubyte", "lenet5-mnist", "--work", work, "--data", empty);
  }

  @Test
  void aFolderInUseIsRefused() throws IOException {
    Path work = Files.createDirectory(folder.resolve("work"));
    try (java.nio.channels.FileChannel channel =
            java.nio.channels.FileChannel.open(
                work.resolve("lock"),
                java.nio.file.StandardOpenOption.CREATE,
                java.nio.file.StandardOpenOption.WRITE);
        java.nio.channels.FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      refused("another training is using", "lenet5-mnist", "--work", work.toString());
    }
  }
}
