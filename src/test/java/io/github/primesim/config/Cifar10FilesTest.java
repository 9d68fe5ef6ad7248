package io.github.primesim.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Shape;
import io.github.primesim.units.InputProblem;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Cifar10FilesTest {
  @TempDir private Path folder;

  /** Another value for each image, channel and pixel, so that an exchange of two is seen. */
  private static int value(int image, int channel, int pixel) {
    return (71 * image + 37 * channel + 3 * pixel + pixel / 32) & 0xff;
  }

  private static byte[] binary(int... labels) {
    byte[] bytes = new byte[labels.length * 3073];
    for (int image = 0; image < labels.length; image++) {
      bytes[image * 3073] = (byte) labels[image];
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          bytes[image * 3073 + 1 + channel * 1024 + pixel] = (byte) value(image, channel, pixel);
        }
      }
    }
    return bytes;
  }

  private void picture(int width, int height, int type, String labels) throws IOException {
    BufferedImage image = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(
            x, y, 0xff << 24 | value(y, 0, x) << 16 | value(y, 1, x) << 8 | value(y, 2, x));
      }
    }
    ImageIO.write(image, "png", folder.resolve("test_batch.png").toFile());
    Files.writeString(folder.resolve("test_lables.json"), labels);
  }

  private static void isFirst(LabelledImages images, int count) {
    assertThat(images.count()).isEqualTo(count);
    assertThat(images.shape()).isEqualTo(new Shape(3, 32, 32));
    for (int image = 0; image < count; image++) {
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          assertThat(images.pixel(image, channel * 1024 + pixel))
              .isEqualTo(value(image, channel, pixel));
        }
      }
    }
    assertThat(images.labels()).containsExactly(Arrays.copyOf(new byte[] {7, 0, 9}, count));
  }

  @Test
  void theBinaryVersionIsRead() throws IOException {
    Files.write(folder.resolve("test_batch.bin"), binary(7, 0, 9));
    isFirst(ImageFiles.read(folder, 2), 2);
    isFirst(ImageFiles.read(folder, 100), 3);
  }

  @Test
  void thePictureIsReadWithAndWithoutTransparency() throws IOException {
    picture(1024, 3, BufferedImage.TYPE_INT_RGB, "[7, 0, 9]");
    isFirst(ImageFiles.read(folder, 2), 2);
    picture(1024, 3, BufferedImage.TYPE_INT_ARGB, "[7, 0, 9]");
    isFirst(ImageFiles.read(folder, 100), 3);
  }

  private void refused(String message) {
    assertThatThrownBy(() -> ImageFiles.read(folder, 10))
        .isInstanceOf(InputProblem.class)
        .hasMessageStartingWith(folder.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aDamagedBinaryVersionIsRefused() throws IOException {
    Files.write(folder.resolve("test_batch.bin"), Arrays.copyOf(binary(7, 0), 6145));
    refused("has 6145 bytes, allowed: a multiple of 3073");
    Files.write(folder.resolve("test_batch.bin"), new byte[0]);
    refused("has 0 bytes");
    Files.write(folder.resolve("test_batch.bin"), binary(7, 10));
    refused("photograph 1 is of class 10, allowed: 0 to 9");
  }

  @Test
  void aDamagedPictureIsRefused() throws IOException {
    picture(1024, 3, BufferedImage.TYPE_INT_RGB, "[7, 0]");
    refused("is 1024 x 3 pixels, allowed: 1024 wide and 2 high");
    picture(1000, 2, BufferedImage.TYPE_INT_RGB, "[7, 0]");
    refused("is 1000 x 2 pixels");
    picture(1024, 2, BufferedImage.TYPE_BYTE_GRAY, "[7, 0]");
    refused("has 1 colours of 8 bits");
    picture(1024, 2, BufferedImage.TYPE_INT_RGB, "[7, -1]");
    refused("photograph 1 is of class -1");
    picture(1024, 2, BufferedImage.TYPE_INT_RGB, "[7, ");
    refused("is not a JSON array of classes");
    picture(1024, 2, BufferedImage.TYPE_INT_RGB, "[]");
    refused("holds 0 classes");
    byte[] whole = Files.readAllBytes(folder.resolve("test_batch.png"));
    Files.writeString(folder.resolve("test_lables.json"), "[7, 0]");
    for (int length : new int[] {0, 10, 40, whole.length / 2}) {
      Files.write(folder.resolve("test_batch.png"), Arrays.copyOf(whole, length));
      refused("is no readable PNG picture");
    }
    Files.delete(folder.resolve("test_lables.json"));
    refused("cannot be read");
  }
}
