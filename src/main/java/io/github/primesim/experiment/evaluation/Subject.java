package io.github.primesim.experiment.evaluation;

import java.util.Optional;

/**
 * A network that stands for one of the paper's.
 *
 * @param title the paper's name of its network
 * @param network name of ours
 * @param sparsity share of zero weights that the paper reports for its network
 * @param segments name of ours pruned by column segments and trained again, where there is one
 */
public record Subject(String title, String network, double sparsity, Optional<String> segments) {}
