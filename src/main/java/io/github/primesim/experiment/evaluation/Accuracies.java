package io.github.primesim.experiment.evaluation;

import java.util.OptionalDouble;

/**
 * Accuracies of one network after each way of pruning, as shares from 0 to 1; empty where none was
 * measured.
 *
 * @param title the paper's name of the network
 * @param network name of ours, or of the publication
 * @param dense before pruning
 * @param pruned pruned by magnitude and trained again
 * @param crossbars pruned by crossbars and trained again
 * @param segments pruned by column segments and trained again
 */
public record Accuracies(
    String title,
    String network,
    OptionalDouble dense,
    OptionalDouble pruned,
    OptionalDouble crossbars,
    OptionalDouble segments) {}
