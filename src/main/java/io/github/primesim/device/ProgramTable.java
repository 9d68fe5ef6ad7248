package io.github.primesim.device;

import io.github.primesim.device.DecodedProgram.Pipeline;
import io.github.primesim.device.DecodedProgram.Station;
import io.github.primesim.device.DecodedProgram.Use;
import io.github.primesim.hardware.HardwareSpec;
import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Program;
import io.github.primesim.trace.Stage;
import io.github.primesim.trace.Trace;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All programs of a run, decoded once, with what need not be simulated left out, exactly:
 *
 * <ul>
 *   <li>A unit with at least as many servers as it can have requests at a time never makes anyone
 *       wait: it is a delay, not a queue. The requests at a time are bounded by the programs that
 *       may run side by side and, within a program, by the commands of a pipeline.
 *   <li>Programs that queue at the same units, directly or through others, form a <em>cluster</em>.
 *       Clusters do not influence each other but through the ends of stages. Clusters that are
 *       equal but for the numbers of their units (replicas in other banks) behave alike: the first
 *       is simulated and stands for all.
 *   <li>A cluster within one stage finds all its units idle at each begin of the stage, so it takes
 *       the same time for each image: it is simulated once, on its own.
 * </ul>
 */
final class ProgramTable {
  /**
   * A program that is simulated.
   *
   * @param weight programs it stands for
   */
  record Entry(DecodedProgram program, int weight) {}

  /**
   * A cluster whose programs belong to one stage.
   *
   * @param shape what decides its timing; clusters of the same shape take the same time
   * @param weight clusters of the stage it stands for
   */
  record Lone(int node, LongBuffer shape, List<DecodedProgram> programs, int weight) {}

  private final List<Entry> entries;
  private final List<Lone> lone;
  private final UnitDirectory directory;
  private final boolean[] queues;
  private final int nodes;
  private final int latches;
  private final int registers;

  private ProgramTable(
      List<Entry> entries,
      List<Lone> lone,
      UnitDirectory directory,
      boolean[] queues,
      int nodes,
      HardwareSpec spec) {
    this.entries = entries;
    this.lone = lone;
    this.directory = directory;
    this.queues = queues;
    this.nodes = nodes;
    this.latches = spec.organization().inputLatchesPerWordline().count();
    this.registers = spec.organization().outputRegistersPerMat().count();
  }

  /**
   * The programs of one image that has the memory to itself. Stages that must follow each other
   * never meet then, so each group of stages that may run at the same time has units of its own.
   */
  static ProgramTable ofSingleImage(Trace trace, HardwareSpec spec, Timings timings) {
    return build(trace, spec, timings, 1, epochs(trace.stages()), false);
  }

  /** The programs of one image whose stages never meet, each with a memory to itself. */
  static ProgramTable ofStagesAlone(Trace trace, HardwareSpec spec, Timings timings) {
    int[] apart = new int[trace.stages().size()];
    Arrays.setAll(apart, stage -> stage);
    return build(trace, spec, timings, 1, apart, false);
  }

  /** The programs of {@code instances} instances that may all run at the same time. */
  static ProgramTable ofManyImages(Trace trace, HardwareSpec spec, Timings timings, int instances) {
    return build(trace, spec, timings, instances, new int[trace.stages().size()], false);
  }

  /**
   * The same without leaving anything out, for those who want to see every unit: each program is
   * simulated for each image, and every use of a unit is an event.
   */
  static ProgramTable everything(Trace trace, HardwareSpec spec, Timings timings, int instances) {
    return build(trace, spec, timings, instances, new int[trace.stages().size()], true);
  }

  private static ProgramTable build(
      Trace trace,
      HardwareSpec spec,
      Timings timings,
      int instances,
      int[] epochs,
      boolean everything) {
    UnitDirectory directory = new UnitDirectory(spec);
    CommandRules rules = new CommandRules(timings);
    List<DecodedProgram> programs = new ArrayList<>();
    int nodes = 0;
    for (int instance = 0; instance < instances; instance++) {
      int firstBank = instance * trace.header().banksPerInstance();
      for (int stage = 0; stage < trace.stages().size(); stage++) {
        for (Program program : trace.stages().get(stage).programs()) {
          programs.add(
              ProgramDecoder.decode(program, rules, directory, firstBank, epochs[stage], nodes));
        }
        nodes++;
      }
    }
    if (everything) {
      boolean[] all = new boolean[directory.size()];
      Arrays.fill(all, true);
      List<Entry> entries = programs.stream().map(each -> new Entry(each, 1)).toList();
      return new ProgramTable(entries, List.of(), directory, all, nodes, spec);
    }
    boolean[] queues = queues(programs, directory);
    List<Lone> lone = new ArrayList<>();
    List<Entry> entries = distinct(programs, queues, lone);
    return new ProgramTable(entries, List.copyOf(lone), directory, queues, nodes, spec);
  }

  /**
   * Numbers groups of stages so that stages of different groups are never active at the same time
   * while there is one image: every stage of one needs, directly or not, every stage of the other.
   */
  static int[] epochs(List<Stage> stages) {
    int count = stages.size();
    boolean[][] needs = new boolean[count][count];
    for (int stage = 0; stage < count; stage++) {
      for (int producer : stages.get(stage).producers()) {
        needs[stage][producer] = true;
        for (int earlier = 0; earlier < producer; earlier++) {
          needs[stage][earlier] |= needs[producer][earlier];
        }
      }
    }
    Groups groups = new Groups(count);
    for (int stage = 0; stage < count; stage++) {
      for (int other = 0; other < stage; other++) {
        if (!needs[stage][other]) {
          groups.join(stage, other);
        }
      }
    }
    int[] epochs = new int[count];
    Arrays.setAll(epochs, groups::of);
    return epochs;
  }

  /** The units at which a request may find all servers taken. */
  private static boolean[] queues(List<DecodedProgram> programs, UnitDirectory directory) {
    int[] requests = new int[directory.size()];
    int[] ofProgram = new int[directory.size()];
    int[] ofPipeline = new int[directory.size()];
    int[] lastCommand = new int[directory.size()];
    int command = 0;
    for (DecodedProgram program : programs) {
      for (Pipeline pipeline : program.pipelines()) {
        for (Station station : pipeline.stations()) {
          for (List<Use> uses : station.commands()) {
            command++;
            for (Use use : uses) {
              for (int unit = use.unit(); unit < use.unit() + use.width(); unit++) {
                if (lastCommand[unit] != command) {
                  lastCommand[unit] = command;
                  ofPipeline[unit]++;
                }
              }
            }
          }
        }
        // A unit that comes again has nothing left to add.
        pipeline.eachUnit(
            unit -> {
              ofProgram[unit] = Math.max(ofProgram[unit], ofPipeline[unit]);
              ofPipeline[unit] = 0;
            });
      }
      program.eachUnit(
          unit -> {
            requests[unit] += ofProgram[unit];
            ofProgram[unit] = 0;
          });
    }
    boolean[] queues = new boolean[directory.size()];
    for (int unit = 0; unit < queues.length; unit++) {
      queues[unit] = requests[unit] > directory.servers(unit);
    }
    return queues;
  }

  /** Sorts the clusters; those of several stages are returned, in the order of the trace. */
  private static List<Entry> distinct(
      List<DecodedProgram> programs, boolean[] queues, List<Lone> lone) {
    Groups groups = new Groups(programs.size());
    int[] firstUser = new int[queues.length];
    Arrays.fill(firstUser, -1);
    for (int program = 0; program < programs.size(); program++) {
      int user = program;
      programs
          .get(program)
          .eachUnit(
              unit -> {
                if (queues[unit]) {
                  if (firstUser[unit] < 0) {
                    firstUser[unit] = user;
                  }
                  groups.join(user, firstUser[unit]);
                }
              });
    }
    // Members in the order of the trace, which decides who is served first.
    Map<Integer, List<Integer>> clusters = new LinkedHashMap<>();
    for (int program = 0; program < programs.size(); program++) {
      clusters.computeIfAbsent(groups.of(program), g -> new ArrayList<>()).add(program);
    }
    int[] weights = new int[programs.size()];
    Map<LongBuffer, List<Integer>> kinds = new HashMap<>();
    Map<LoneKind, Lone> loneKinds = new LinkedHashMap<>();
    for (List<Integer> members : clusters.values()) {
      List<DecodedProgram> cluster = members.stream().map(programs::get).toList();
      int node = cluster.get(0).node();
      if (cluster.stream().allMatch(program -> program.node() == node)) {
        LongBuffer shape = ClusterShape.ofOneStage(cluster, queues);
        loneKinds.merge(
            new LoneKind(node, shape),
            new Lone(node, shape, cluster, 1),
            (first, same) ->
                new Lone(node, first.shape(), first.programs(), first.weight() + same.weight()));
      } else {
        List<Integer> first = kinds.putIfAbsent(ClusterShape.of(cluster, queues), members);
        for (int member : first == null ? members : first) {
          weights[member]++;
        }
      }
    }
    lone.addAll(loneKinds.values());
    List<Entry> entries = new ArrayList<>();
    for (int program = 0; program < programs.size(); program++) {
      if (weights[program] > 0) {
        entries.add(new Entry(programs.get(program), weights[program]));
      }
    }
    return entries;
  }

  private record LoneKind(int node, LongBuffer shape) {
    // Written out, like everywhere on the way of a short run: the virtual machine takes
    // milliseconds to put together the one that a record has by itself.
    @Override
    public int hashCode() {
      return 31 * shape.hashCode() + node;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LoneKind kind && kind.node == node && kind.shape.equals(shape);
    }
  }

  /** The programs to simulate together, in the order of the trace. */
  List<Entry> entries() {
    return entries;
  }

  /** The clusters to simulate on their own. */
  List<Lone> lone() {
    return lone;
  }

  /** The shape of a part of a lone cluster, as that of a cluster. */
  LongBuffer shapeOfLone(DecodedProgram part) {
    return ClusterShape.ofOneStage(List.of(part), queues);
  }

  /** Stages of all instances. */
  int nodes() {
    return nodes;
  }

  /** Servers of all units; a unit is known by its first one. */
  int servers() {
    return directory.size();
  }

  /** Servers of a unit. */
  int servers(int unit) {
    return directory.servers(unit);
  }

  /** Whether a request for a use may have to wait. */
  boolean queues(Use use) {
    return queues(use, queues);
  }

  static boolean queues(Use use, boolean[] queues) {
    for (int unit = use.unit(); unit < use.unit() + use.width(); unit++) {
      if (queues[unit]) {
        return true;
      }
    }
    return false;
  }

  /** Places between two stations, 0 if a result stays in its station until the next takes it. */
  int places(Station station, Station next) {
    int before = next.computes() ? latches : Integer.MAX_VALUE;
    int behind = station.computes() ? registers : Integer.MAX_VALUE;
    int places = Math.min(before, behind);
    return places == Integer.MAX_VALUE ? 0 : places;
  }

  /** What a station waits for when all places behind it are taken. */
  Stall stallForPlace(Station station, Station next) {
    return next.computes() && (!station.computes() || latches <= registers)
        ? Stall.INPUT_LATCH
        : Stall.OUTPUT_REGISTER;
  }
}
