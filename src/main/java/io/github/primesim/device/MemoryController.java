package io.github.primesim.device;

import io.github.primesim.metrics.Stall;
import io.github.primesim.metrics.StallCounts;
import io.github.primesim.trace.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The controller of the memory: lets the stages of each instance take image after image.
 *
 * <p>Times of ends are known before they come, so the controller needs no events: it is told when a
 * program will end and works out what that starts. A <em>node</em> is a stage of an instance.
 *
 * <p>With {@code copies} of the network in an instance, an image here is the group of images that
 * the copies handle together.
 */
final class MemoryController {
  private final List<Stage> stages;
  private final int bufferedImages;
  private final ImageLog log;

  /** Null if nobody watches. */
  private final Witness witness;

  private final int[] images;
  private final long pace;
  private final int[][] consumers;
  private Sequencers sequencers;

  // By node.
  private final int[] begun;
  private final int[] ended;
  private final int[] programsUnderWay;
  private final long[] latestEnd;
  private final long[] began;
  private final long[][] ends;
  private final StallCounts.Builder[] waited;

  private final int[] worklist;
  private final boolean[] listed;
  private int worklistSize;
  private boolean stopped;

  /**
   * A controller that has started nothing.
   *
   * @param images for each instance how many images it gets
   * @param pace cycles between two images that are let in, 0 to let in what there is room for
   * @param log is told of every image of every stage and says when it has seen enough
   * @param witness is told what happens, or null
   */
  MemoryController(
      List<Stage> stages,
      int bufferedImages,
      int[] images,
      long pace,
      ImageLog log,
      Witness witness) {
    this.stages = stages;
    this.bufferedImages = bufferedImages;
    this.images = images.clone();
    this.pace = pace;
    this.log = log;
    this.witness = witness;
    int nodes = stages.size() * images.length;
    begun = new int[nodes];
    ended = new int[nodes];
    programsUnderWay = new int[nodes];
    latestEnd = new long[nodes];
    began = new long[nodes];
    waited = new StallCounts.Builder[nodes];
    worklist = new int[nodes];
    listed = new boolean[nodes];
    // Stages next to each other are at most bufferedImages apart.
    int most = Arrays.stream(images).max().orElse(0);
    ends = new long[nodes][Math.min(bufferedImages, most) + 2];
    List<List<Integer>> consumersOf = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      consumersOf.add(new ArrayList<>());
      for (int producer : stages.get(stage).producers()) {
        consumersOf.get(producer).add(stage);
      }
    }
    consumers = new int[stages.size()][];
    Arrays.setAll(
        consumers, stage -> consumersOf.get(stage).stream().mapToInt(Integer::intValue).toArray());
  }

  /** Starts at cycle 0 what can start. */
  void start(Sequencers ofPrograms) {
    sequencers = ofPrograms;
    for (int node = begun.length - 1; node >= 0; node--) {
      lookAt(node);
    }
    settle();
  }

  /** A program of a stage will end at {@code time}. */
  void programEnds(int node, long time) {
    latestEnd[node] = Math.max(latestEnd[node], time);
    if (--programsUnderWay[node] == 0) {
      lookAt(node);
    }
  }

  /** Works out everything that follows from what is known. */
  void settle() {
    sequencers.settle();
    while (worklistSize > 0 && !stopped) {
      int node = worklist[--worklistSize];
      listed[node] = false;
      if (begun[node] > ended[node]) {
        if (programsUnderWay[node] == 0) {
          end(node);
        }
      } else {
        begin(node);
      }
      sequencers.settle();
    }
  }

  /** Whether the log has seen enough. */
  boolean stopped() {
    return stopped;
  }

  private void begin(int node) {
    int stage = node % stages.size();
    int first = node - stage;
    int image = begun[node];
    if (image == images[node / stages.size()]) {
      return;
    }
    long produced = 0;
    for (int producer : stages.get(stage).producers()) {
      if (ended[first + producer] <= image) {
        return;
      }
      produced = Math.max(produced, end(first + producer, image));
    }
    long consumed = 0;
    if (image >= bufferedImages) {
      for (int consumer : consumers[stage]) {
        if (ended[first + consumer] <= image - bufferedImages) {
          return;
        }
        consumed = Math.max(consumed, end(first + consumer, image - bufferedImages));
      }
    }
    long letIn = stages.get(stage).producers().isEmpty() ? image * pace : 0;
    long idle = Math.max(letIn, image == 0 ? 0 : end(node, image - 1));
    long time = Math.max(idle, Math.max(produced, consumed));
    begun[node]++;
    began[node] = time;
    latestEnd[node] = time;
    programsUnderWay[node] = sequencers.programs(node);
    log.begins(image, time);
    waited[node] = null;
    if (log.wantsWaits(image)) {
      waited[node] = new StallCounts.Builder();
      if (image > 0) {
        waited[node].add(Stall.PRODUCER, Math.max(0, produced - Math.max(idle, consumed)));
        waited[node].add(Stall.CONSUMER, Math.max(0, consumed - Math.max(idle, produced)));
      }
    }
    if (witness != null) {
      witness.begins(node, image, time);
      if (image > 0) {
        witness.waits(node, Stall.PRODUCER, Math.max(idle, consumed), produced);
        witness.waits(node, Stall.CONSUMER, Math.max(idle, produced), consumed);
      }
    }
    if (programsUnderWay[node] == 0) {
      lookAt(node);
    } else {
      sequencers.start(node, time);
    }
  }

  private void end(int node) {
    int image = ended[node]++;
    ends[node][image % ends[node].length] = latestEnd[node];
    sequencers.collectWaits(node, waited[node]);
    log.ends(node, image, began[node], latestEnd[node], waited[node]);
    if (witness != null) {
      witness.ends(node, image, began[node], latestEnd[node]);
    }
    stopped = log.complete();
    lookAt(node);
    int stage = node % stages.size();
    int first = node - stage;
    for (int producer : stages.get(stage).producers()) {
      lookAt(first + producer);
    }
    for (int consumer : consumers[stage]) {
      lookAt(first + consumer);
    }
  }

  private long end(int node, int image) {
    return ends[node][image % ends[node].length];
  }

  private void lookAt(int node) {
    if (!listed[node]) {
      listed[node] = true;
      worklist[worklistSize++] = node;
    }
  }
}
