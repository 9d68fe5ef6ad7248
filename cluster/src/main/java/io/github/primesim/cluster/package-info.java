/** Sweeps on a cluster: the points are tasks of Apache Spark, the files are those of primesim. */
package io.github.primesim.cluster;
