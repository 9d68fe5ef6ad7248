package io.github.primesim.trace;

import java.util.List;
import java.util.Objects;

/**
 * What was compiled, how, and for which hardware.
 *
 * @param network name of the network
 * @param weights origin of the weights: trained, synthetic or imported
 * @param networkDigest sha-256 of structure and weights, hexadecimal
 * @param hardware name of the hardware
 * @param hardwareDigest sha-256 of the resolved hardware, or {@link #ANY_DIGEST}
 * @param overrides keys of the hardware that were set on the command line, as {@code key=value}
 * @param mapping name of the scheme
 * @param crossbarRows wordlines of a crossbar
 * @param crossbarBitlines bitlines of a crossbar
 * @param signs pairs or independent
 * @param replication none, network or layer
 * @param seed seed of whatever was drawn
 * @param instances independent copies of the whole network on the chip, each on banks of its own
 * @param banksPerInstance banks of one copy; programs name banks from 0 to this number less one
 * @param copies copies of the network that work side by side within an instance, an image each; an
 *     instance handles that many images at a time
 * @param batch images of the batch, 0 for the steady state of an endless one
 * @param cellUtilization non-zero weight cells over all cells of the arrays kept
 * @param ffBefore share of the FF cells of the banks of one instance in use without replication
 * @param ffAfter the same with replication
 * @param indexMemoryBits index memory of the reorder buffers, all replicas
 * @param activityImages images on which the activity of the inputs was measured, 0 where it is a
 *     mean
 */
public record TraceHeader(
    String network,
    String weights,
    String networkDigest,
    String hardware,
    String hardwareDigest,
    List<String> overrides,
    String mapping,
    int crossbarRows,
    int crossbarBitlines,
    String signs,
    String replication,
    long seed,
    int instances,
    int banksPerInstance,
    int copies,
    int batch,
    double cellUtilization,
    double ffBefore,
    double ffAfter,
    long indexMemoryBits,
    int activityImages) {
  /** Version of the text format. */
  public static final int VERSION = 1;

  /** Hardware digest of a trace written by hand, which fits whatever has the hardware's name. */
  public static final String ANY_DIGEST = "*";

  /** Most banks, FF subarrays of a bank, mats of a subarray, and lines of a crossbar. */
  public static final int MOST_UNITS = Bounds.MOST_INDEX;

  static final List<String> WEIGHTS = List.of("trained", "synthetic", "imported");
  static final List<String> SIGNS = List.of("pairs", "independent");
  static final List<String> REPLICATION = List.of("none", "network", "layer");

  public TraceHeader {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(networkDigest, "network digest");
    Objects.requireNonNull(hardware, "hardware");
    Objects.requireNonNull(hardwareDigest, "hardware digest");
    Objects.requireNonNull(mapping, "mapping");
    overrides = List.copyOf(overrides);
    Bounds.oneOf("weights", weights, WEIGHTS);
    Bounds.oneOf("signs", signs, SIGNS);
    Bounds.oneOf("replication", replication, REPLICATION);
    Bounds.require("crossbar rows", crossbarRows, 1, Bounds.MOST_INDEX);
    Bounds.require("crossbar bitlines", crossbarBitlines, 1, Bounds.MOST_INDEX);
    Bounds.require("instances", instances, 1, Bounds.MOST_INDEX);
    Bounds.require("banks", banksPerInstance, 1, Bounds.MOST_INDEX);
    Bounds.require("copies", copies, 1, Bounds.MOST_INDEX);
    Bounds.require("batch", batch, 0, Integer.MAX_VALUE);
    Bounds.share("cell utilization", cellUtilization);
    Bounds.share("FF utilization before replication", ffBefore);
    Bounds.share("FF utilization after replication", ffAfter);
    Bounds.count("index memory bits", indexMemoryBits);
    Bounds.require("activity images", activityImages, 0, Integer.MAX_VALUE);
  }

  /** Whether the trace was made for hardware with this digest, or for any of its name. */
  public boolean fitsHardwareDigest(String digest) {
    return hardwareDigest.equals(ANY_DIGEST) || hardwareDigest.equals(digest);
  }
}
