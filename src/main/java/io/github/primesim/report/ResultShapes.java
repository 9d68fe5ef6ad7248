package io.github.primesim.report;

import io.github.primesim.experiment.CrossbarFill;
import io.github.primesim.experiment.sweep.Iso;
import java.util.stream.IntStream;

/**
 * Documents as pages and figures need them. What {@code docs/result.schema.json} and {@code
 * docs/sweep.md} say beyond that may be missing, as in folders of earlier versions, but is not
 * something else.
 */
final class ResultShapes {
  private static final Shape CROSSBARS =
      Shape.keys().with(Shape.COUNT, "mapped").perhaps(Shape.COUNT, "dense", "lowerBound");

  private static final Shape PROVENANCE =
      Shape.keys()
          .perhaps(Shape.TEXT, "version", "hardwareDigest", "networkDigest")
          .perhaps(Shape.INTEGER, "seed")
          .perhaps(Shape.list(Shape.TEXT), "overrides");

  private static final Shape LAYER =
      Shape.keys()
          .with(Shape.TEXT, "name")
          .with(Shape.COUNT, "cycles")
          .with(CROSSBARS, "crossbars")
          .perhaps(Shape.TEXT, "kind")
          .perhaps(Shape.COUNT, "rows", "columns", "positions", "nonZeros", "replicas")
          .perhaps(Shape.COUNT, "metadataBits", "macs")
          .perhaps(Shape.map(Shape.COUNT), "stallCycles", "pipelinedStallCycles");

  private static final Shape ENERGY_ROW =
      Shape.keys()
          .with(Shape.TEXT, "layer", "component")
          .with(Shape.NUMBER, "pj")
          .perhaps(Shape.TEXT, "level", "action")
          .perhaps(Shape.NUMBER, "count", "pjEach");

  private static final Shape BREAKDOWN =
      Shape.list(
          Shape.keys()
              .with(Shape.TEXT, "name")
              .with(Shape.NUMBER, "pj")
              .perhaps(Shape.NUMBER, "share", "pjPerMac", "pjPerMm2"));

  private static final Shape DRIVE =
      Shape.keys()
          .with(Shape.list(Shape.NUMBER), "activeRows")
          .with(Shape.NUMBER, "pj")
          .perhaps(Shape.list(Shape.NUMBER), "meanSquares")
          .perhaps(Shape.NUMBER, "wordlineDrives", "cellInputSquares", "cellInputSquareLevels");

  private static final Shape ACTIVITY =
      Shape.keys()
          .with(Shape.SOME, "images")
          .with(Shape.TEXT, "meanBasis")
          .with(Shape.NUMBER, "energyRatio", "arrayEnergyRatio")
          .perhaps(Shape.NUMBER, "meanEnergyPj")
          .with(
              Shape.list(
                  Shape.keys()
                      .with(Shape.TEXT, "name")
                      .with(Shape.NUMBER, "ratio", "zeroCodes", "largestCodes")
                      .with(DRIVE, "data", "mean")
                      .perhaps(Shape.COUNT, "conversions")),
              "layers");

  /** A result that was simulated. */
  static final Shape RESULT =
      Shape.keys()
          .with(Shape.TEXT, "network", "weights", "hardware", "mapping", "signs", "replication")
          .with(Shape.text("[0-9]+x[0-9]+", "a text such as 256x256"), "crossbar")
          .perhaps(Shape.COUNT, "batch", "instances", "copies", "banks")
          .perhaps(Shape.SOME, "activityImages")
          .with(CROSSBARS, "crossbars")
          .with(
              Shape.keys().with(Shape.NUMBER, "cells", "ffAfter").perhaps(Shape.NUMBER, "ffBefore"),
              "utilization")
          .with(Shape.COUNT, "indexMemoryBits")
          .perhaps(Shape.COUNT, "metadataBits", "macs", "cycles", "events")
          .with(Shape.NUMBER, "latencyNs", "throughputPerSecond")
          .perhaps(Shape.NUMBER, "intervalCycles")
          .perhaps(Shape.TRUTH, "throughputExact")
          .with(Shape.some(LAYER), "layers")
          .perhaps(Shape.map(Shape.COUNT), "stallCycles", "pipelinedStallCycles")
          .with(
              Shape.keys()
                  .with(Shape.NUMBER, "total")
                  .with(Shape.map(Shape.NUMBER), "byComponent")
                  .perhaps(Shape.map(Shape.NUMBER), "byLayer", "byLevel", "byAction", "byBank"),
              "energyPj")
          .with(Shape.NUMBER, "pjPerMac", "topsPerWatt")
          .perhaps(Shape.NUMBER, "tops", "watts", "topsPerMm2", "wattsPerMm2")
          .perhaps(ACTIVITY, "activity")
          .perhaps(Shape.map(BREAKDOWN), "breakdown")
          .with(Shape.some(ENERGY_ROW), "energyRows")
          .with(
              Shape.keys()
                  .with(Shape.NUMBER, "compute")
                  .with(Shape.map(Shape.NUMBER), "byComponent")
                  .perhaps(Shape.NUMBER, "total"),
              "areaUm2")
          .perhaps(Shape.keys().with(Shape.COUNT, "cells").with(Shape.NUMBER, "pj"), "programming")
          .with(PROVENANCE, "provenance");

  /** What a comparison says beside its two results. */
  static final Shape GAIN =
      Shape.keys()
          .with(Shape.keys().with(Shape.NUMBER, "latency", "throughput"), "speedup")
          .with(Shape.NUMBER, "energyRatio");

  private static final Shape FILL =
      Shape.keys()
          .with(
              Shape.keys()
                  .with(
                      Shape.map(
                          IntStream.range(0, CrossbarFill.BINS)
                              .mapToObj(bin -> Integer.toString(bin * 100 / CrossbarFill.BINS))
                              .toList(),
                          Shape.COUNT),
                      "histogram"),
              "utilization");

  /** What {@code compile} says of a network, as far as pages show it. */
  static final Shape MAPPING =
      Shape.keys()
          .with(
              Shape.list(Shape.keys().with(Shape.TEXT, "name").perhaps(FILL, "mappingReport")),
              "layers")
          .with(FILL, "mappingReport");

  /** Maps of crossbars. */
  static final Shape MAPS =
      Shape.keys()
          .with(
              Shape.list(
                  Shape.keys()
                      .with(Shape.TEXT, "name")
                      .with(Shape.SOME, "rows", "columns", "step")
                      .with(Shape.SOME, "crossbarRows", "crossbarColumns")
                      .with(Shape.COUNT, "arrays")
                      .with(
                          Shape.list(
                              Shape.text("(-|[0-9]+)( (-|[0-9]+))*", "numbers and - in a text")),
                          "perMille")),
              "layers");

  /** What a sweep says of itself. */
  static final Shape SWEEP =
      Shape.keys()
          .with(Shape.TEXT, "name")
          .perhaps(Shape.REMARK, "description", "shard")
          .with(Shape.COUNT, "points")
          .with(Shape.list(Shape.TEXT), "keys")
          .perhaps(
              Shape.keys()
                  .perhaps(
                      Shape.keys().perhaps(Shape.NUMBER, Iso.AREAS.toArray(String[]::new)),
                      "within")
                  .perhaps(Shape.list(Shape.TEXT), "per"),
              "iso")
          .perhaps(
              Shape.keys()
                  .perhaps(Shape.TEXT, "version")
                  .perhaps(Shape.map(Shape.TEXT), "networks", "hardware"),
              "provenance");

  private ResultShapes() {}
}
