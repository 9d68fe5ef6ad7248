package io.github.primesim.device;

import io.github.primesim.device.TrackPlan.Lane;
import io.github.primesim.device.TrackPlan.PlannedUse;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.kernel.Experiment;
import io.github.primesim.metrics.Stall;
import io.github.primesim.timeline.Recording;
import io.github.primesim.timeline.Slice;
import io.github.primesim.timeline.Slice.Kind;
import io.github.primesim.timeline.Timeline;
import io.github.primesim.timeline.Track;
import io.github.primesim.timeline.Window;
import io.github.primesim.trace.Command.Compute;
import io.github.primesim.trace.Trace;
import java.util.Arrays;

/** Turns what the engine tells into slices on tracks, as far as a window shows them. */
final class Recorder implements Witness {
  private static final long NOT_UNDER_WAY = -1;

  private final TrackPlan plan;
  private final UnitTracks units;
  private final Timings timings;
  private final Window window;
  private final Timeline timeline;

  // By node.
  private final int[] image;
  private final long[] underWaySince;

  private Experiment experiment;
  private long slices;
  private boolean cut;
  private long endCycle;

  Recorder(
      Trace trace,
      HardwareSpec spec,
      Timings timings,
      int instances,
      Window window,
      Timeline timeline) {
    this.plan = new TrackPlan(trace, timings, instances);
    this.units = new UnitTracks(plan.stages(), spec.organization().ffSubarraysPerBank().count());
    this.timings = timings;
    this.window = window;
    this.timeline = timeline;
    image = new int[plan.stages()];
    underWaySince = new long[plan.stages()];
    Arrays.fill(underWaySince, NOT_UNDER_WAY);
  }

  /** Runs what this is the witness of, as far as the window wants to see it. */
  Recording record(Experiment watched) {
    experiment = watched;
    if (window.toCycle() == Window.END) {
      watched.run();
    } else {
      watched.runUntil(window.toCycle());
    }
    long until =
        watched.pendingEvents() == 0 ? endCycle : Math.min(watched.now(), window.toCycle());
    for (int node = 0; node < image.length; node++) {
      if (underWaySince[node] != NOT_UNDER_WAY) {
        String layer = plan.stage(node).layer();
        Track track = plan.stage(node).track();
        add(track, Kind.IMAGE, layer + " (goes on)", underWaySince[node], until, node, layer);
      }
    }
    return new Recording(slices, until, cut, endCycle, timings.clock().periodNs());
  }

  @Override
  public void begins(int node, int begun, long begin) {
    image[node] = begun;
    underWaySince[node] = begin;
  }

  @Override
  public void waits(int node, Stall cause, long from, long until) {
    TrackPlan.PlannedStage stage = plan.stage(node);
    add(stage.track(), Kind.STALL, cause.key(), from, until, node, stage.layer());
  }

  @Override
  public void ends(int node, int ended, long begin, long end) {
    TrackPlan.PlannedStage stage = plan.stage(node);
    add(stage.track(), Kind.IMAGE, stage.layer(), begin, end, node, stage.layer());
    underWaySince[node] = NOT_UNDER_WAY;
    endCycle = Math.max(endCycle, end);
  }

  @Override
  public void waitsForPlace(int station, Stall cause, long iteration, long from, long until) {
    add(plan.station(station), Kind.STALL, cause.key(), from, until, iteration);
  }

  @Override
  public void serves(int number, int server, long iteration, long arrival, long begin) {
    PlannedUse use = plan.use(number);
    Lane lane = use.lane();
    long end = begin + use.service().cycles();
    String cause = use.kind().stall().key();
    add(lane, Kind.STALL, cause, arrival, begin, iteration);
    if (!window.shows(begin, end)) {
      return;
    }
    add(lane, Kind.COMMAND, use.kind().key(), begin, end, iteration);
    add(lane, Kind.QUEUED, cause, end - use.service().queuedCycles(), end, iteration);
    for (int unit = use.first(); unit < use.first() + use.width(); unit++) {
      Track track = units.unit(use.kind(), use.bank(), use.subarray(), unit, server);
      add(track, Kind.UNIT, lane, lane.name(), begin, end, iteration);
      if (lane.command() instanceof Compute compute) {
        conversions(compute, use, unit, begin, iteration);
      }
    }
  }

  /** The wordlines are driven before the columns of a slice are converted. */
  private void conversions(Compute compute, PlannedUse use, int mat, long begin, long iteration) {
    Track track = units.senseAmplifiers(use.bank(), use.subarray(), mat);
    long time = begin;
    for (int pass = 0; pass < compute.passes(); pass++) {
      for (int slice = 0; slice < compute.slices().size(); slice++) {
        if (!compute.slices().get(slice).isEmpty()) {
          long from = time + timings.driving();
          time = from + timings.converting(compute, slice);
          add(track, Kind.CONVERSION, use.lane(), "input slice " + slice, from, time, iteration);
        }
      }
    }
  }

  private void add(Lane lane, Kind kind, String name, long begin, long end, long iteration) {
    if (end > begin && window.shows(begin, end)) {
      add(lane.track(), kind, lane, name, begin, end, iteration);
    }
  }

  private void add(
      Track track, Kind kind, Lane lane, String name, long begin, long end, long iteration) {
    add(
        new Slice(
            track, kind, name, begin, end - begin, lane.layer(), image[lane.node()], iteration));
  }

  private void add(
      Track track, Kind kind, String name, long begin, long end, int node, String layer) {
    add(new Slice(track, kind, name, begin, end - begin, layer, image[node], Slice.NO_ITERATION));
  }

  private void add(Slice slice) {
    if (slice.cycles() <= 0 || !window.shows(slice.beginCycle(), slice.endCycle())) {
      return;
    }
    timeline.add(slice);
    if (++slices >= window.mostSlices() && !cut) {
      cut = true;
      experiment.stop();
    }
  }
}
