/** The training program: the recipes of the networks that primesim ships and the command line. */
package io.github.primesim.training;
