package io.github.primesim.functional;

import io.github.primesim.hardware.ConversionBits;
import io.github.primesim.hardware.CrossbarGeometry;
import io.github.primesim.mapping.LayerMapping;
import io.github.primesim.network.IntegerMatrix;
import io.github.primesim.network.LabelledImages;
import io.github.primesim.network.Layer;
import io.github.primesim.network.Network;
import io.github.primesim.network.Weights;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Runs images through a network on the crossbars it was mapped to, in PRIME's arithmetic, and
 * measures what they do there: how often each wordline is driven and how strongly, and what the
 * sense amplifiers give out. What a layer reads is what the crossbars before it gave.
 *
 * <p>Images go through the network in groups, layer by layer, so that the weights of one layer are
 * in memory at a time. A group is as large as its intermediate values allow; nothing depends on it.
 */
public final class ActivityMeter {
  /** Intermediate values of a group of images at most. */
  private static final long VALUES_AT_A_TIME = ForwardPass.MOST_VALUES;

  private final Network network;
  private final Weights weights;
  private final NetworkCalibration calibration;
  private final CrossbarGeometry geometry;
  private final ConversionBits bits;
  private final LabelledImages images;
  private final Map<Layer, List<LayerMapping>> mappings = new HashMap<>();

  /**
   * @param calibration dynamic fixed point of the network
   * @param geometry crossbars it is mapped to
   * @param bits conversions of the composed parts
   * @param images at least one
   */
  public ActivityMeter(
      Network network,
      Weights weights,
      NetworkCalibration calibration,
      CrossbarGeometry geometry,
      ConversionBits bits,
      LabelledImages images) {
    this.network = network;
    this.weights = weights;
    this.calibration = calibration;
    this.geometry = geometry;
    this.bits = bits;
    this.images = images;
  }

  /** Steps that measuring takes: a layer with weights for an image is one. */
  public int steps() {
    return Math.multiplyExact(images.count(), network.weightedLayers().size());
  }

  /** A weight matrix has been mapped; those of a layer come in their order. */
  public void mapped(Layer layer, LayerMapping mapping) {
    mappings.computeIfAbsent(layer, each -> new ArrayList<>()).add(mapping);
  }

  /**
   * Runs the images, when all layers have been mapped.
   *
   * @param done is told how many of the {@link #steps} are over
   */
  public Measurement measure(IntConsumer done) {
    Counters counters = new Counters(done);
    ForwardPass pass = ForwardPass.streamed(network, counters);
    int together = together();
    for (int first = 0; first < images.count(); first += together) {
      List<float[]> group = new ArrayList<>();
      for (int image = first; image < Math.min(first + together, images.count()); image++) {
        group.add(Accuracy.input(images, image));
      }
      counters.images = group.size();
      pass.run(group);
    }
    return new Measurement(images.count(), calibration.basis(), counters.layers());
  }

  /** Makes the products of a layer when its turn comes, and counts what goes in and comes out. */
  private final class Counters implements ForwardPass.Products {
    private final Map<String, InputActivity> inputs = new LinkedHashMap<>();
    private final Map<String, CodeStatistics> codes = new LinkedHashMap<>();
    private final IntConsumer done;
    private int steps;

    /** Images of the group that is under way. */
    private int images;

    Counters(IntConsumer done) {
      this.done = done;
      for (Layer layer : network.weightedLayers()) {
        Calibration format = calibration.layer(layer.name());
        inputs.put(layer.name(), new InputActivity(network, layer, format, calibration.formats()));
        codes.put(layer.name(), new CodeStatistics());
      }
    }

    @Override
    public LayerProduct of(Layer layer, int group) {
      if (group == 0) {
        done.accept(steps);
        steps += images;
      }
      return product(layer, group, codes.get(layer.name()));
    }

    @Override
    public void reads(Layer layer, int step, float[] values) {
      inputs.get(layer.name()).add(step, values);
    }

    Map<String, LayerMeasurement> layers() {
      Map<String, LayerMeasurement> layers = new LinkedHashMap<>();
      inputs.forEach(
          (name, activity) ->
              layers.put(
                  name,
                  new LayerMeasurement(
                      activity, codes.get(name).nonZero(), codes.get(name).largest())));
      return layers;
    }
  }

  /** Images whose intermediate values fit, at least one. */
  private int together() {
    long values = network.input().size();
    for (Layer layer : network.layers()) {
      values += network.outputShape(layer.name()).size();
    }
    return (int) Math.max(1, Math.min(images.count(), VALUES_AT_A_TIME / values));
  }

  private LayerProduct product(Layer layer, int group, CodeStatistics codes) {
    Formats formats = calibration.formats();
    Calibration format = calibration.layer(layer.name());
    IntegerMatrix matrix = PrimeInference.cells(weights, layer, group, format, formats, geometry);
    double lsb = PrimeInference.lsb(format, matrix, formats, geometry);
    PrimeArithmetic arithmetic =
        new PrimeArithmetic(formats, bits, PrimeInference.lsbExponent(lsb, format, matrix));
    Conversion conversion = arithmetic.counting(codes);
    PackedCrossbars crossbars =
        new PackedCrossbars(mappings.get(layer).get(group), matrix, formats);
    QuantizedInput levels = new QuantizedInput(format, formats, matrix.rows(), layer.bias());
    return (input, vectors, output, at) -> {
      levels.fill(input, vectors);
      long[] sums = crossbars.run(levels, conversion);
      for (int i = 0; i < sums.length; i++) {
        output[at + i] = (float) (sums[i] * lsb);
      }
    };
  }
}
