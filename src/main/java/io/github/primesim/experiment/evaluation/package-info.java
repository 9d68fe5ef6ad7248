/**
 * The evaluation of the sparse paper on this model: gains over crossbar sizes and over networks,
 * what clearing crossbars costs, how full crossbars are, where a gain goes on its way from weights
 * to speed, and how far the figures hang on what is assumed.
 *
 * <p>Source: Lin, Zhu, Wang, Xie, Learning the Sparsity for ReRAM, ASP-DAC 2019. Its results are
 * set beside ours and never fitted.
 */
package io.github.primesim.experiment.evaluation;
