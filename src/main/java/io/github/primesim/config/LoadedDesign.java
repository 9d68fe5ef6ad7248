package io.github.primesim.config;

import io.github.primesim.functional.ActivityMeter;
import io.github.primesim.functional.NetworkCalibration;
import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.lowering.CompileRequest;
import io.github.primesim.mapping.Mapping;
import io.github.primesim.mapping.MappingOptions;
import io.github.primesim.mapping.Mappings;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.units.InputProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A design ready to be compiled.
 *
 * @param request what to compile, and how
 * @param calibration dynamic fixed point of the network
 * @param hardware the memory, as its file has it
 * @param networkFolder where the network was found
 * @param images folder where images for it may stand
 * @param left what of an imported network is left to the host, a line each
 */
public record LoadedDesign(
    CompileRequest request,
    NetworkCalibration calibration,
    LoadedHardware hardware,
    Path networkFolder,
    Path images,
    List<String> left) {

  /**
   * The same design with another mapping.
   *
   * @param option option that names the mapping, for the refusal
   */
  public LoadedDesign withMapping(String option, String mapping) {
    checkMapping(option, mapping);
    return new LoadedDesign(
        request.withMapping(mapping(mapping, request.seed())),
        calibration,
        hardware,
        networkFolder,
        images,
        left);
  }

  /** Name of the mapping. */
  public String mapping() {
    return request.mapping().name();
  }

  /** Whether there are images to measure the network with where it says that they are. */
  boolean hasTestImages() {
    return Files.exists(images.resolve(ImageFiles.ARCHIVE));
  }

  /** Images to calibrate and to measure the network with, of which there are. */
  public List<Path> imageArchives() {
    return Stream.of(CalibrationFiles.IMAGES, ImageFiles.ARCHIVE)
        .map(images::resolve)
        .filter(Files::isRegularFile)
        .toList();
  }

  /**
   * Images to measure the accuracy of the network with.
   *
   * @param data folder or archive of images; those beside the network where empty
   * @param limit how many to read, as written; all where empty
   * @throws InputProblem if there are none, they do not fit the network, or its weights are
   *     synthetic
   */
  public LabelledImages testImages(Optional<Path> data, Optional<String> limit) {
    TestImages.requireWeights(request.network());
    return ImageFiles.readLabelled(
        path(data),
        count("--limit", limit.orElse(Integer.toString(Integer.MAX_VALUE))),
        request.network());
  }

  /**
   * What measures the activity of real inputs.
   *
   * @param data folder or archive of images; those beside the network where empty
   * @param count how many to read at most, as written
   * @throws InputProblem if there are none, or they do not fit the network
   */
  public ActivityMeter meter(Optional<Path> data, String count) {
    int limit = count("--images", count);
    if (data.isEmpty() && !hasTestImages()) {
      throw new InputProblem(
          "--activity data: "
              + images
              + " holds no "
              + ImageFiles.ARCHIVE
              + "; allowed: --data with images that the network reads, or --activity mean");
    }
    CrossbarGeometry geometry = CrossbarGeometry.of(request.hardware(), request.signs());
    return new ActivityMeter(
        request.network(),
        request.weights(),
        calibration,
        geometry,
        ConversionBits.of(request.hardware(), geometry.rows()),
        ImageFiles.read(path(data), limit, request.network()));
  }

  private Path path(Optional<Path> data) {
    if (data.isEmpty() && !hasTestImages()) {
      throw new InputProblem(
          images + ": holds no " + ImageFiles.ARCHIVE + ", name images with --data");
    }
    return data.orElse(images.resolve(ImageFiles.ARCHIVE));
  }

  private static int count(String option, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // Refused below, like 0.
    }
    throw new InputProblem(option + " '" + text + "': allowed: an integer, 1 or more");
  }

  /** The scheme of that name, drawing from {@code seed} where it draws. */
  static Mapping mapping(String name, long seed) {
    return Mappings.named(name, new MappingOptions(seed, MappingOptions.DEFAULT.threads()));
  }

  static void checkMapping(String option, String mapping) {
    if (!Mappings.names().contains(mapping)) {
      throw new InputProblem(
          option
              + " '"
              + mapping
              + "' is unknown, allowed: "
              + String.join(", ", Mappings.names()));
    }
  }
}
