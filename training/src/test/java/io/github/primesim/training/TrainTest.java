package io.github.primesim.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.primesim.training.dataset.Tone;
import io.github.primesim.training.storage.Npz;
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

  /** One take to test on and 26 to train on, of ten digits. */
  @Test
  void imagesAloneAreWrittenWithoutTraining() throws IOException {
    Path tones = Files.createDirectory(folder.resolve("tones"));
    for (int take = 4; take < 31; take++) {
      for (int digit = 0; digit < 10; digit++) {
        Tone.write(tones.resolve(digit + "_ann_" + take + ".wav"), 300 + 200 * digit, 900);
      }
    }
    Path work = folder.resolve("work");
    Path images = folder.resolve("images");
    assertThat(
            run("lstm5-spoken-digits", "--data=" + tones, "--work=" + work, "--images=" + images))
        .isZero();
    Npz test = Npz.read(images.resolve("test-images.npz"));
    assertThat(test.shape("images")).containsExactly(10, 48, 32);
    assertThat(test.bytes("labels")).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(Npz.read(images.resolve("calibration-images.npz")).shape("images"))
        .containsExactly(256, 48, 32);
    assertThat(work.resolve("checkpoint.npz")).doesNotExist();
    refused("--data DIR", "lstm5-spoken-digits", "--work=" + work);
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
