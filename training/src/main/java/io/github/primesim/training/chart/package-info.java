/** Curves of what trainings and prunings wrote as CSV, for the documents. */
package io.github.primesim.training.chart;
