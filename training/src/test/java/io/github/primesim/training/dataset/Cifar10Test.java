package io.github.primesim.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.training.UnusableInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10Test {
  @TempDir private Path folder;

  /** Two images a file; image i has red i, green its column, blue its row. */
  @BeforeEach
  void write() throws IOException {
    int image = 0;
    for (int batch = 1; batch <= 6; batch++) {
      BufferedImage picture = new BufferedImage(1024, 2, BufferedImage.TYPE_INT_RGB);
      for (int row = 0; row < 2; row++, image++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          picture.setRGB(pixel, row, image << 16 | (pixel % 32) << 8 | pixel / 32);
        }
      }
      String name = batch == 6 ? "test_batch.png" : "data_batch_" + batch + ".png";
      ImageIO.write(picture, "png", folder.resolve(name).toFile());
    }
    Files.writeString(folder.resolve("train_lables.json"), "[0,1,2,3,4,5,6,7,8,9]");
    Files.writeString(folder.resolve("test_lables.json"), "[9, 4]");
  }

  @Test
  void aRowIsAnImageAndChannelsComeOneAfterTheOther() {
    ImageDataset data = Cifar10.read(folder);
    assertThat(data.training().count()).isEqualTo(10);
    assertThat(data.test().count()).isEqualTo(2);
    assertThat(data.test().label(1)).isEqualTo(4);
    byte[] pixels = data.training().pixels();
    int image = 7 * 3 * 1024;
    assertThat(pixels[image + 500]).isEqualTo((byte) 7);
    assertThat(pixels[image + 1024 + 9 * 32 + 20]).as("column in green").isEqualTo((byte) 20);
    assertThat(pixels[image + 2048 + 9 * 32 + 20]).as("row in blue").isEqualTo((byte) 9);
  }

  @Test
  void whatDoesNotFitIsRefusedByName() throws IOException {
    Files.writeString(folder.resolve("test_lables.json"), "[9, 10]");
    refused("test_lables.json: label 1 is 10; 0 to 9 is allowed");
    Files.writeString(folder.resolve("test_lables.json"), "[9]");
    refused("test_lables.json: 1 labels, fewer than there are images");
    Files.writeString(folder.resolve("test_lables.json"), "[9, 1, 1]");
    refused("test_lables.json: 3 labels for 2 images");
    Files.writeString(folder.resolve("test_lables.json"), "{");
    refused("test_lables.json: is no JSON array of labels");
    Files.writeString(folder.resolve("data_batch_3.png"), "no picture");
    refused("data_batch_3.png: is no PNG image");
    ImageIO.write(
        new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB),
        "png",
        folder.resolve("data_batch_3.png").toFile());
    refused("data_batch_3.png: 32 pixels wide");
    Files.delete(folder.resolve("data_batch_3.png"));
    refused("data_batch_3.png: no such file");
  }

  private void refused(String message) {
    assertThatThrownBy(() -> Cifar10.read(folder))
        .isInstanceOf(UnusableInput.class)
        .hasMessageContaining(message);
  }
}
