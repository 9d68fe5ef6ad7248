package io.github.primesim.experiment.evaluation;

import io.github.primesim.experiment.CrossbarFill;

/**
 * How full the crossbars of a design are.
 *
 * @param title the paper's name of the network
 * @param network name of ours
 * @param weights trained, synthetic or imported
 * @param scheme mapping scheme
 * @param size wordlines and bitlines of a crossbar
 * @param fill mean, histogram, and both readings of "under 20 %"
 */
public record Filling(
    String title, String network, String weights, String scheme, int size, CrossbarFill fill) {}
