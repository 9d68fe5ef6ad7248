package io.github.primesim.network.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.primesim.cli.CommandRun;
import io.github.primesim.network.Network;
import io.github.primesim.network.Recurrence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Models that others published, from PyTorch, TensorFlow, Keras and Paddle: imported, compared with
 * ONNX Runtime in all outputs, compiled and simulated.
 */
class PublishedModelsTest {
  private static final long SEED = 5;

  /** Of the largest output: float32 sums in another order through up to a hundred layers. */
  private static final double TOLERANCE = 1e-4;

  static Stream<Arguments> models() {
    Map<String, Double> at16 = Map.of("sr", 16000.0);
    Map<String, Double> at8 = Map.of("sr", 8000.0);
    Map<String, List<Integer>> legacy =
        Map.of("input", List.of(1, 512), "h", List.of(2, 1, 64), "c", List.of(2, 1, 64));
    Map<String, List<Integer>> fifth =
        Map.of("input", List.of(1, 576), "state", List.of(2, 1, 128));
    Map<String, List<Integer>> fifthAt8 =
        Map.of("input", List.of(1, 288), "state", List.of(2, 1, 128));
    Map<String, List<Integer>> none = Map.of();
    return Stream.of(
        arguments(NpmModels.VOICE, "silero_vad_legacy.onnx", legacy, at16, 2),
        arguments(NpmModels.VOICE, "silero_vad_v5.onnx", fifth, at16, 1),
        arguments(NpmModels.VOICE, "silero_vad_v5.onnx", fifthAt8, at8, 1),
        arguments(NpmModels.VOICE, "silero_vad_v6.onnx", fifth, at16, 1),
        arguments(
            NpmModels.TEXT,
            "ch_PP-OCRv4_det_infer.onnx",
            Map.of("x", List.of(1, 3, 64, 64)),
            Map.of(),
            0),
        arguments(
            NpmModels.TEXT,
            "ch_PP-OCRv4_rec_infer.onnx",
            Map.of("x", List.of(1, 3, 48, 32)),
            Map.of(),
            0),
        arguments(
            NpmModels.TEXT,
            "ch_ppocr_mobile_v2.0_cls_infer.onnx",
            Map.of("x", List.of(1, 3, 48, 96)),
            Map.of(),
            0),
        arguments(
            NpmModels.WORDS, "melspectrogram.onnx", Map.of("input", List.of(1, 1280)), Map.of(), 0),
        arguments(NpmModels.WORDS, "embedding_model.onnx", none, Map.of(), 0),
        arguments(NpmModels.WORDS, "alexa_v0.1.onnx", none, Map.of(), 0),
        arguments(NpmModels.WORDS, "hey_mycroft_v0.1.onnx", none, Map.of(), 0),
        arguments(NpmModels.WORDS, "hey_rhasspy_v0.1.onnx", none, Map.of(), 0),
        arguments(NpmModels.WORDS, "timer_v0.1.onnx", none, Map.of(), 0),
        arguments(NpmModels.WORDS, "weather_v0.1.onnx", none, Map.of(), 0));
  }

  @ParameterizedTest
  @MethodSource("models")
  void computesWhatTheReferenceComputesAndRuns(
      NpmModels models,
      String file,
      Map<String, List<Integer>> shapes,
      Map<String, Double> values,
      int recurrences)
      throws IOException {
    Path model = models.model(file);

    OnnxNetwork read =
        Reference.agrees(model, new ImportOptions(shapes, values, false), SEED, TOLERANCE);

    assertThat(read.left()).isEmpty();
    Network network = read.network();
    assertThat(network.layers().stream().filter(layer -> layer instanceof Recurrence))
        .hasSize(recurrences);
    List<String> options = new ArrayList<>(List.of("run", "--network", model.toString()));
    shapes.forEach(
        (name, shape) -> {
          options.add("--input-shape");
          options.add(name + "=" + String.join("x", shape.stream().map(e -> "" + e).toList()));
        });
    values.forEach(
        (name, value) -> {
          options.add("--input-value");
          options.add(name + "=" + value.intValue());
        });
    JsonNode result = run(options);
    assertThat(result.at("/weights").asString()).isEqualTo("imported");
    assertThat(result.at("/cycles").asLong()).isPositive();
    assertThat(result.at("/crossbars/mapped").asLong()).isPositive();
    assertThat(result.at("/layers").valueStream().map(each -> each.at("/name").asString()))
        .containsAll(network.weightedLayers().stream().map(layer -> layer.name()).toList());
  }

  /**
   * A second network runs where the first one is sure: which branch is taken, only data can say.
   */
  @Test
  void whatDependsOnDataIsNamedAndBothBranchesAreMapped() throws IOException {
    Path model = NpmModels.WORDS.model("hey_jarvis_v0.1.onnx");

    CommandRun refused = CommandRun.of("compile", "--network", model.toString());
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "primesim: "
                + model
                + ": node 'Cast_31' (Cast): it makes integers of what layers give, allowed:"
                + " constants\n");

    CommandRun skipped =
        CommandRun.of("compile", "--network", model.toString(), "--skip-unsupported", "--json");
    assertThat(skipped.exit()).isZero();
    assertThat(skipped.err().lines().map(line -> line.replaceFirst("\\): .*", ")")))
        .containsExactly(
            "primesim: left to the host: node 'Cast_31' (Cast)",
            "primesim: left to the host: node 'If_32' (If)");
    JsonNode result = JsonMapper.shared().readTree(skipped.out());
    assertThat(
            result
                .at("/layers")
                .valueStream()
                .filter(layer -> layer.at("/rows").asInt() > 0)
                .map(layer -> layer.at("/rows").asInt() + "x" + layer.at("/columns").asInt()))
        .containsExactly("1537x128", "129x128", "129x1", "1537x64", "65x64", "65x1");
  }

  private static JsonNode run(List<String> options) {
    options.add("--json");
    CommandRun run = CommandRun.of(options.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    return JsonMapper.shared().readTree(run.out());
  }
}
