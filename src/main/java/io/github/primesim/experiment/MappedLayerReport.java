package io.github.primesim.experiment;

/**
 * What a mapping made of one layer with weights, or of all of them, beyond the number of crossbars.
 *
 * @param layer its name
 * @param cellBound fewest arrays whose cells hold the non-zero weights at all, were rows and
 *     columns free to move
 * @param fill how full the crossbars kept are
 * @param indexMemory index memory of one copy by kind
 * @param inputs how its inputs get into the order wanted: natural, producer-side, permuted or
 *     gathered
 * @param inputsReason who pays for that, in a few words
 * @param conversions results of sense amplifiers per inference
 * @param wordlineDrives wordlines driven per inference, that is row activations; an input slice
 *     that is zero drives nothing
 * @param nanoseconds wall time of reading, quantising and mapping; never in a result document
 */
public record MappedLayerReport(
    String layer,
    long cellBound,
    CrossbarFill fill,
    IndexMemory indexMemory,
    String inputs,
    String inputsReason,
    long conversions,
    long wordlineDrives,
    long nanoseconds) {}
