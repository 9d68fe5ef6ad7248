package io.github.primesim.kernel;

import java.util.ArrayList;
import java.util.List;

/** An entity that writes down what it handles, as "time:event/payload". */
final class Recorder extends Entity {
  final List<String> seen = new ArrayList<>();

  Recorder(Experiment experiment, String name) {
    super(experiment, name);
  }

  @Override
  protected void handle(int event, long payload) {
    seen.add(now() + ":" + event + "/" + payload);
  }
}
