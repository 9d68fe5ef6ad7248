package io.github.primesim.device;

import io.github.primesim.device.Timings.Service;
import io.github.primesim.metrics.Action;
import io.github.primesim.timeline.Place;
import io.github.primesim.timeline.Track;
import io.github.primesim.trace.Command;
import io.github.primesim.trace.Loop;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Step;
import io.github.primesim.trace.Together;
import io.github.primesim.trace.Trace;
import io.github.primesim.trace.TraceWriter;
import io.github.primesim.trace.Verb;
import java.util.ArrayList;
import java.util.List;

/**
 * The stages, commands and uses of a trace by the numbers they have in {@link Sequencers}, each
 * with the track that shows it. Read off the trace alone.
 *
 * <p>A stage is a place of its own, with a track for its images and one for each command of its
 * programs.
 */
final class TrackPlan {
  /** A stage of an instance. */
  record PlannedStage(String layer, Track track) {
    Place place() {
      return track.place();
    }
  }

  /** A command of a program; its track is made when it is first needed. */
  static final class Lane {
    private final PlannedStage stage;
    private final int node;
    private final Command command;
    private final String prefix;
    private final int order;
    private final String name;
    private Track track;

    private Lane(PlannedStage stage, int node, Command command, String prefix, int order) {
      this.stage = stage;
      this.node = node;
      this.command = command;
      this.prefix = prefix;
      this.order = order;
      this.name = Verb.of(command).key() + " " + stage.layer();
    }

    int node() {
      return node;
    }

    Command command() {
      return command;
    }

    String layer() {
      return stage.layer();
    }

    /** Verb and layer. */
    String name() {
      return name;
    }

    Track track() {
      if (track == null) {
        track = new Track(stage.place(), prefix + TraceWriter.text(command), order);
      }
      return track;
    }
  }

  /** One use of a unit by a command, as {@link CommandRules.Listener#uses} has it. */
  record PlannedUse(
      Lane lane, UnitKind kind, int bank, int subarray, int first, int width, Service service) {}

  private final CommandRules rules;
  private final List<PlannedStage> stages = new ArrayList<>();
  private final List<Lane> stations = new ArrayList<>();
  private final List<PlannedUse> uses = new ArrayList<>();

  TrackPlan(Trace trace, Timings timings, int instances) {
    rules = new CommandRules(timings);
    for (int instance = 0; instance < instances; instance++) {
      int firstBank = instance * trace.header().banksPerInstance();
      for (int number = 0; number < trace.stages().size(); number++) {
        Stage stage = trace.stages().get(number);
        String name = (instances == 1 ? "" : "instance " + instance + ", ") + "stage " + number;
        Place place = new Place(name + ": " + stage.layer(), stages.size());
        stages.add(new PlannedStage(stage.layer(), new Track(place, "images", 0)));
        new StageWalk(firstBank).add(stage);
      }
    }
  }

  /** The stage at a node. */
  PlannedStage stage(int node) {
    return stages.get(node);
  }

  /** Stages of all instances. */
  int stages() {
    return stages.size();
  }

  /** The command on whose track a station is shown: its first one. */
  Lane station(int number) {
    return stations.get(number);
  }

  PlannedUse use(int number) {
    return uses.get(number);
  }

  /** Goes through the programs of a stage in the order of the trace. */
  private final class StageWalk {
    private final int firstBank;
    private int lanes;

    StageWalk(int firstBank) {
      this.firstBank = firstBank;
    }

    void add(Stage stage) {
      for (int number = 0; number < stage.programs().size(); number++) {
        Program program = stage.programs().get(number);
        String prefix = "bank " + (firstBank + program.bank()) + ", program " + number + ": ";
        add(program.steps(), program.bank(), prefix);
      }
    }

    /** A step that is no loop is a station, whatever loops surround it. */
    private void add(List<? extends Step> steps, int bank, String prefix) {
      for (Step step : steps) {
        if (step instanceof Loop loop) {
          add(loop.body(), bank, prefix);
        } else if (step instanceof Together together) {
          List<Lane> each = together.commands().stream().map(c -> add(c, bank, prefix)).toList();
          stations.add(each.get(0));
        } else {
          stations.add(add((Command) step, bank, prefix));
        }
      }
    }

    private Lane add(Command command, int bank, String prefix) {
      int node = stages.size() - 1;
      Lane lane = new Lane(stages.get(node), node, command, prefix, ++lanes);
      rules.describe(
          command,
          firstBank,
          bank,
          new CommandRules.Listener() {
            @Override
            public void uses(
                UnitKind kind, int ofBank, int subarray, int first, int width, Service service) {
              uses.add(new PlannedUse(lane, kind, ofBank, subarray, first, width, service));
            }

            @Override
            public void counts(Action action, int inBank, long amount) {
              // What is counted takes no time.
            }
          });
      return lane;
    }
  }
}
