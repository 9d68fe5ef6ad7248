package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.primesim.functional.FloatInference;
import io.github.primesim.network.Network;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** What ONNX Runtime, another implementation of the format, computes for the same file. */
final class Reference {
  private static final OrtEnvironment ENVIRONMENT =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "primesim");

  private Reference() {}

  /** Inputs drawn uniformly from -1 to 1. */
  static float[] drawn(Network network, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] input = new float[network.input().size()];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) (2 * random.nextDouble() - 1);
    }
    return input;
  }

  /** Imports a file, runs it in floating point, and compares all outputs. */
  static OnnxNetwork agrees(Path file, ImportOptions options, long seed, double tolerance) {
    OnnxNetwork read = OnnxFile.read(file, options);
    float[] input = drawn(read.network(), seed);
    float[] expected = outputs(file, options, input);
    float[] found = new FloatInference(read.network(), read.weights()).run(input);
    assertThat(found).as("%s: number of outputs", file.getFileName()).hasSameSizeAs(expected);
    double largest = 1;
    for (float each : expected) {
      largest = Math.max(largest, Math.abs(each));
    }
    for (int i = 0; i < expected.length; i++) {
      assertThat(Math.abs(found[i] - expected[i]) / largest)
          .as(
              "%s, seed %d, output %d: %s for %s",
              file.getFileName(), seed, i, found[i], expected[i])
          .isLessThanOrEqualTo(tolerance);
    }
    return read;
  }

  /** All outputs behind one another. */
  static float[] outputs(Path file, ImportOptions options, float[] input) {
    try (OrtSession session = ENVIRONMENT.createSession(file.toString())) {
      Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
      int at = 0;
      for (Map.Entry<String, NodeInfo> each : session.getInputInfo().entrySet()) {
        String name = each.getKey();
        long[] stated = ((TensorInfo) each.getValue().getInfo()).getShape();
        if (options.values().containsKey(name)) {
          long[] value = {options.values().get(name).longValue()};
          inputs.put(name, OnnxTensor.createTensor(ENVIRONMENT, LongBuffer.wrap(value), stated));
          continue;
        }
        List<Integer> given = options.shapes().get(name);
        long[] shape =
            given != null
                ? given.stream().mapToLong(extent -> extent).toArray()
                : Arrays.stream(stated).map(extent -> Math.max(extent, 1)).toArray();
        int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        FloatBuffer values = FloatBuffer.wrap(input, at, size).slice();
        inputs.put(name, OnnxTensor.createTensor(ENVIRONMENT, values, shape));
        at += size;
      }
      List<Float> all = new ArrayList<>();
      try (OrtSession.Result result = session.run(inputs)) {
        for (Map.Entry<String, OnnxValue> each : result) {
          FloatBuffer values = ((OnnxTensor) each.getValue()).getFloatBuffer();
          while (values.hasRemaining()) {
            all.add(values.get());
          }
        }
      }
      float[] outputs = new float[all.size()];
      for (int i = 0; i < outputs.length; i++) {
        outputs[i] = all.get(i);
      }
      return outputs;
    } catch (OrtException e) {
      throw new AssertionError(file + ": the reference refuses it: " + e.getMessage(), e);
    }
  }
}
