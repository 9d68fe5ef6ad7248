package io.github.primesim.experiment;

import java.util.Optional;

/**
 * How many images the mapped crossbars of a design classify as labelled.
 *
 * @param images images classified
 * @param ideal images right with ideal cells and wires
 * @param chips the same on chips that differ from them, where they are asked for
 */
public record CrossbarAccuracy(int images, int ideal, Optional<ChipAccuracy> chips) {}
