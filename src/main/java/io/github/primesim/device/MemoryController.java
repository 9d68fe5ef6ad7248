package io.github.primesim.device;

import static io.github.primesim.device.ProgramLayout.NONE;

import io.github.primesim.metrics.Counts;
import io.github.primesim.metrics.Stall;
import io.github.primesim.trace.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The controller of the memory: lets the stages of each instance take image after image.
 *
 * <p>Times of ends are known before they come, so the controller needs no events but those that let
 * an image in: it is told when a program will end and works out what that starts. A <em>node</em>
 * is a stage of an instance.
 *
 * <p>With {@code copies} of the network in an instance, an image here is the group of images that
 * the copies handle together.
 */
final class MemoryController implements StageControl {
  // Words of a node: images begun, images ended, programs under way, latest end of the others,
  // begin of the present image, when the next one is let in; then the ends of its last images.
  static final int BEGUN = 0;
  static final int ENDED = 1;
  static final int UNDER_WAY = 2;
  static final int LATEST_END = 3;
  static final int BEGAN = 4;
  static final int LETS_IN_AT = 5;
  static final int ENDS = 6;

  private final List<Stage> stages;
  private final LoneClusters lone;
  private final int bufferedImages;
  private final ImageLog log;

  private final ImageProgress progress;

  /** Null if nobody watches. */
  private final Witness witness;

  private final int[] images;
  private final long pace;
  private final int[][] producers;
  private final int[][] consumers;
  private final int kept;
  private ProgramLayout layout;
  private Sequencers sequencers;
  private FastForward forward;
  private long[] state;

  // Of the image that a node has begun, if the log wants to know.
  private final long[] waitedForProducers;
  private final long[] waitedForConsumers;

  private final int[] worklist;
  private final boolean[] listed;
  private int worklistSize;
  private boolean stopped;

  /**
   * A controller that has started nothing.
   *
   * @param lone what is known of programs that are not simulated with the others
   * @param images for each instance how many images it gets
   * @param pace cycles between two images that are let in, 0 to let in what there is room for
   * @param log is told of every image of every stage and says when it has seen enough
   * @param progress is told of the images of the first instance
   * @param witness is told what happens, or null
   */
  MemoryController(
      List<Stage> stages,
      LoneClusters lone,
      int bufferedImages,
      int[] images,
      long pace,
      ImageLog log,
      ImageProgress progress,
      Witness witness) {
    this.stages = stages;
    this.lone = lone;
    this.bufferedImages = bufferedImages;
    this.images = images.clone();
    this.pace = pace;
    this.log = log;
    this.progress = progress;
    this.witness = witness;
    int nodes = stages.size() * images.length;
    waitedForProducers = new long[nodes];
    waitedForConsumers = new long[nodes];
    worklist = new int[nodes];
    listed = new boolean[nodes];
    // Stages next to each other are at most bufferedImages apart.
    kept = Math.min(bufferedImages, Arrays.stream(images).max().orElse(0)) + 2;
    producers = new int[stages.size()][];
    List<List<Integer>> consumersOf = new ArrayList<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      producers[stage] =
          stages.get(stage).producers().stream().mapToInt(Integer::intValue).toArray();
      consumersOf.add(new ArrayList<>());
      for (int producer : producers[stage]) {
        consumersOf.get(producer).add(stage);
      }
    }
    consumers = new int[stages.size()][];
    Arrays.setAll(
        consumers, stage -> consumersOf.get(stage).stream().mapToInt(Integer::intValue).toArray());
  }

  /** Stages of all instances. */
  int nodes() {
    return worklist.length;
  }

  /** Words of the state of a node. */
  int wordsOfNode() {
    return ENDS + kept;
  }

  /** Ends of images that are kept of a node. */
  int keptEnds() {
    return kept;
  }

  /** Producers of a stage of one instance. */
  int[] producers(int stage) {
    return producers[stage];
  }

  /** Stages of one instance. */
  int stages() {
    return stages.size();
  }

  /** Images that a node gets. */
  int images(int node) {
    return images[node / stages.size()];
  }

  /** The first images have nothing to wait for, as many as this. */
  int bufferedImages() {
    return bufferedImages;
  }

  /** Whether images are alike but for their number, from the second to the last but one. */
  boolean imagesAreAlike() {
    return pace == 0 && !log.isEndless();
  }

  /** Starts at cycle 0 what can start. */
  void start(ProgramLayout ofPrograms, long[] words, Sequencers ofAll, FastForward leavingOut) {
    layout = ofPrograms;
    state = words;
    sequencers = ofAll;
    forward = leavingOut;
    for (int node = nodes() - 1; node >= 0; node--) {
      state[layout.node(node) + LETS_IN_AT] = NONE;
      lookAt(node);
    }
    settle();
  }

  @Override
  public void programEnds(int node, long time) {
    int words = layout.node(node);
    state[words + LATEST_END] = Math.max(state[words + LATEST_END], time);
    if (--state[words + UNDER_WAY] == 0) {
      lookAt(node);
    }
  }

  @Override
  public void letIn(int node) {
    state[layout.node(node) + LETS_IN_AT] = NONE;
    start(node, sequencers.time());
  }

  @Override
  public void scheduleAnew() {
    for (int node = 0; node < nodes(); node++) {
      long letsIn = state[layout.node(node) + LETS_IN_AT];
      if (letsIn != NONE) {
        sequencers.letInAt(node, letsIn);
      }
    }
  }

  @Override
  public void settle() {
    sequencers.settle();
    while (worklistSize > 0 && !stopped) {
      int node = worklist[--worklistSize];
      listed[node] = false;
      int words = layout.node(node);
      if (state[words + BEGUN] > state[words + ENDED]) {
        if (state[words + UNDER_WAY] == 0) {
          end(node);
        }
      } else {
        begin(node);
      }
      sequencers.settle();
    }
  }

  @Override
  public boolean stopped() {
    return stopped;
  }

  private void begin(int node) {
    int words = layout.node(node);
    int stage = node % stages.size();
    int first = node - stage;
    int image = (int) state[words + BEGUN];
    if (image == images(node) || state[words + LETS_IN_AT] != NONE) {
      return;
    }
    long produced = 0;
    for (int producer : producers[stage]) {
      if (state[layout.node(first + producer) + ENDED] <= image) {
        return;
      }
      produced = Math.max(produced, end(first + producer, image));
    }
    long consumed = 0;
    if (image >= bufferedImages) {
      for (int consumer : consumers[stage]) {
        if (state[layout.node(first + consumer) + ENDED] <= image - bufferedImages) {
          return;
        }
        consumed = Math.max(consumed, end(first + consumer, image - bufferedImages));
      }
    }
    boolean source = producers[stage].length == 0;
    long letIn = source ? image * pace : 0;
    long idle = Math.max(letIn, image == 0 ? 0 : end(node, image - 1));
    long time = Math.max(idle, Math.max(produced, consumed));
    waitedForProducers[node] = image == 0 ? 0 : produced - Math.max(idle, consumed);
    waitedForConsumers[node] = image == 0 ? 0 : consumed - Math.max(idle, produced);
    if (witness != null) {
      witness.begins(node, image, time);
      if (image > 0) {
        witness.waits(node, Stall.PRODUCER, Math.max(idle, consumed), produced);
        witness.waits(node, Stall.CONSUMER, Math.max(idle, produced), consumed);
      }
    }
    if (source && image > 0) {
      // Not before its time, so that what is computed ahead ends with the images under way.
      state[words + LETS_IN_AT] = time;
      sequencers.letInAt(node, time);
    } else {
      start(node, time);
    }
  }

  private void start(int node, long time) {
    int words = layout.node(node);
    int image = (int) state[words + BEGUN]++;
    state[words + BEGAN] = time;
    state[words + LATEST_END] = time + lone.cycles(node);
    state[words + UNDER_WAY] = sequencers.programs(node);
    log.begins(node, image, time, producers[node % stages.size()].length == 0);
    if (state[words + UNDER_WAY] == 0) {
      lookAt(node);
    } else {
      sequencers.start(node, time);
    }
  }

  private void end(int node) {
    int words = layout.node(node);
    int image = (int) state[words + ENDED]++;
    long end = state[words + LATEST_END];
    state[words + ENDS + image % kept] = end;
    log.ends(node, image, state[words + BEGAN], end, waits(node, image));
    if (node < stages.size()) {
      progress.ends(stages.get(node).layer(), image + 1L, log.isEndless() ? 0 : images(node));
    }
    if (witness != null) {
      witness.ends(node, image, state[words + BEGAN], end);
    }
    sequencers.forgetWaits(node);
    stopped = log.complete();
    if (forward != null && node == stages.size() - 1) {
      forward.imageEnds();
    }
    lookAt(node);
    int stage = node % stages.size();
    int first = node - stage;
    for (int producer : producers[stage]) {
      lookAt(first + producer);
    }
    for (int consumer : consumers[stage]) {
      lookAt(first + consumer);
    }
  }

  /** What a stage waited for during an image, or null if nobody wants to know. */
  private Counts<Stall> waits(int node, int image) {
    if (!log.wantsWaits(node, image)) {
      return null;
    }
    Counts.Builder<Stall> waited = new Counts.Builder<>(Stall.class);
    waited.add(Stall.PRODUCER, Math.max(0, waitedForProducers[node]));
    waited.add(Stall.CONSUMER, Math.max(0, waitedForConsumers[node]));
    waited.add(lone.waits(node));
    sequencers.addWaits(node, waited);
    return waited.build();
  }

  private long end(int node, long image) {
    return state[layout.node(node) + ENDS + (int) (image % kept)];
  }

  private void lookAt(int node) {
    if (!listed[node]) {
      listed[node] = true;
      worklist[worklistSize++] = node;
    }
  }
}
