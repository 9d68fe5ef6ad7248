package io.github.primesim.lowering;

import java.util.List;

/**
 * Where everything lies.
 *
 * @param instances independent copies of the network, each on banks of its own
 * @param banks banks of an instance
 * @param copies copies of the whole network within an instance
 * @param plans copies of each layer with weights, in the order of the layers
 * @param floorplan mats of each copy
 */
record Layout(int instances, int banks, int copies, List<LayerPlan> plans, Floorplan floorplan) {
  /** Mats in use in an instance. */
  long mats() {
    return LayerPlan.mats(plans) * copies;
  }
}
