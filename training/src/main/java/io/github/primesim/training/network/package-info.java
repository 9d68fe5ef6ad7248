/**
 * Network topologies: each layer knows its shapes, its parameters, its line in {@code network.yaml}
 * and how PyTorch computes it. A further kind of layer is one further class.
 */
package io.github.primesim.training.network;
