package io.github.primesim.report;

import io.github.primesim.experiment.CompiledNetwork;
import io.github.primesim.experiment.Version;
import io.github.primesim.timeline.Execution;
import io.github.primesim.timeline.Place;
import io.github.primesim.timeline.Recording;
import io.github.primesim.timeline.Slice;
import io.github.primesim.timeline.Slice.Kind;
import io.github.primesim.timeline.Timeline;
import io.github.primesim.timeline.Track;
import io.github.primesim.timeline.Window;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * A timeline as a file in Chrome's trace event format, which Perfetto and chrome://tracing open.
 * Written slice by slice: what is kept in memory are the tracks.
 *
 * <p>A place is a process of the format, a track a thread, a slice a complete event. A microsecond
 * of the file is a cycle: viewers compute in whole nanoseconds, so a cycle of any other length
 * could come out a nanosecond short and break the nesting of slices.
 *
 * <p>Source: Trace Event Format, the Chromium authors.
 */
public final class TraceEvents implements Timeline {
  /**
   * Colours of chrome://tracing by cause. Perfetto colours by name, and the name of a stall is its
   * cause.
   */
  private static final Map<String, String> COLOURS =
      Map.ofEntries(
          Map.entry("senseAmplifier", "terrible"),
          Map.entry("bufferRead", "rail_response"),
          Map.entry("bufferWrite", "rail_animation"),
          Map.entry("ffPort", "bad"),
          Map.entry("globalDataLines", "rail_load"),
          Map.entry("interBankPath", "black"),
          Map.entry("matAccumulator", "olive"),
          Map.entry("subarrayAccumulator", "yellow"),
          Map.entry("reorderPort", "thread_state_iowait"),
          Map.entry("activationUnit", "startup"),
          Map.entry("poolingUnit", "heap_dump_stack_frame"),
          Map.entry("elementwiseUnit", "detailed_memory_dump"),
          Map.entry("inputLatch", "grey"),
          Map.entry("outputRegister", "thread_state_runnable"),
          Map.entry("producer", "background_memory_dump"),
          Map.entry("consumer", "light_memory_dump"));

  private final JsonGenerator json;
  private final Map<Track, Integer> threads = new HashMap<>();
  private final Set<Place> processes = new HashSet<>();

  private TraceEvents(OutputStream out) {
    // The file belongs to whoever opened it.
    json =
        JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build()
            .createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
  }

  /** Records a run. */
  @FunctionalInterface
  public interface Source {
    Recording record(Timeline timeline);
  }

  /**
   * Writes a file.
   *
   * @param network what ran
   * @param execution which of its runs {@code source} records
   * @param window what of it
   */
  public static Recording write(
      OutputStream out,
      CompiledNetwork network,
      Execution execution,
      Window window,
      Source source) {
    TraceEvents events = new TraceEvents(out);
    try (JsonGenerator json = events.json) {
      json.writeStartObject();
      json.writeStringProperty("displayTimeUnit", "ms");
      json.writeArrayPropertyStart("traceEvents");
      Recording recording = source.record(events);
      json.writeEndArray();
      json.writeObjectPropertyStart("otherData");
      json.writeStringProperty("generator", "primesim " + Version.current());
      json.writeStringProperty("network", network.network());
      json.writeStringProperty("mapping", network.mapping());
      json.writeStringProperty("crossbar", network.crossbar());
      json.writeStringProperty("hardware", network.hardware());
      json.writeStringProperty("hardwareDigest", network.provenance().hardwareDigest());
      json.writeStringProperty("networkDigest", network.provenance().networkDigest());
      json.writeStringProperty("execution", execution.key());
      json.writeStringProperty("timeUnit", "1 us is 1 cycle");
      json.writeNumberProperty("cycleNs", recording.cycleNs());
      json.writeNumberProperty("fromCycle", window.fromCycle());
      json.writeNumberProperty("untilCycle", recording.untilCycle());
      json.writeBooleanProperty("cut", recording.cut());
      json.writeNumberProperty("slices", recording.slices());
      json.writeEndObject();
      json.writeEndObject();
      json.writeRaw('\n');
      return recording;
    }
  }

  @Override
  public void add(Slice slice) {
    int thread = thread(slice.track());
    begin("X", slice.track().place(), thread);
    json.writeNumberProperty("ts", slice.beginCycle());
    json.writeNumberProperty("dur", slice.cycles());
    json.writeStringProperty("name", name(slice));
    json.writeStringProperty("cat", slice.kind().key());
    if (waits(slice.kind())) {
      json.writeStringProperty("cname", COLOURS.get(slice.name()));
    }
    json.writeObjectPropertyStart("args");
    json.writeStringProperty("layer", slice.layer());
    json.writeNumberProperty("image", slice.image());
    if (slice.iteration() != Slice.NO_ITERATION) {
      json.writeNumberProperty("iteration", slice.iteration());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static String name(Slice slice) {
    return waits(slice.kind()) ? "waits: " + slice.name() : slice.name();
  }

  private static boolean waits(Kind kind) {
    return kind == Kind.STALL || kind == Kind.QUEUED;
  }

  private int thread(Track track) {
    Integer known = threads.get(track);
    if (known != null) {
      return known;
    }
    int thread = threads.size() + 1;
    threads.put(track, thread);
    Place place = track.place();
    if (processes.add(place)) {
      metadata("process_name", place, thread, place.name());
      metadata("process_sort_index", place, thread, place.order());
    }
    metadata("thread_name", place, thread, track.name());
    metadata("thread_sort_index", place, thread, track.order());
    return thread;
  }

  private void metadata(String name, Place place, int thread, String value) {
    metadata(name, place, thread);
    json.writeStringProperty("name", value);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void metadata(String name, Place place, int thread, int order) {
    metadata(name, place, thread);
    json.writeNumberProperty("sort_index", order);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void metadata(String name, Place place, int thread) {
    begin("M", place, thread);
    json.writeStringProperty("name", name);
    json.writeObjectPropertyStart("args");
  }

  /** Process 0 would be the idle process of an operating system. */
  private void begin(String phase, Place place, int thread) {
    json.writeRaw('\n');
    json.writeStartObject();
    json.writeStringProperty("ph", phase);
    json.writeNumberProperty("pid", place.order() + 1);
    json.writeNumberProperty("tid", thread);
  }
}
