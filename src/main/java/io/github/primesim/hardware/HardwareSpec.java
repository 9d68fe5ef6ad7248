package io.github.primesim.hardware;

/**
 * A complete PRIME memory as one tree of numbers.
 *
 * @param name name by which the file is known
 * @param description one line on what the file describes
 */
public record HardwareSpec(
    String name,
    String description,
    Organization organization,
    Quantization quantization,
    Cell cell,
    Timing timing,
    Energy energy,
    Leakage leakage,
    Area area) {}
