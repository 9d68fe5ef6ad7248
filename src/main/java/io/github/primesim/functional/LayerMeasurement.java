package io.github.primesim.functional;

/**
 * What was measured of a layer.
 *
 * @param inputs how strongly its wordlines were driven
 * @param nonZeroCodes conversions of all images whose code is not zero
 * @param largestCodes conversions of all images whose code is the largest of its bits
 */
public record LayerMeasurement(InputActivity inputs, long nonZeroCodes, long largestCodes) {}
