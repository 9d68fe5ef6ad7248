/**
 * Pruning: which weights become zero. The schemes know what a crossbar is: they ask the geometry
 * for row blocks, or a mapping for its crossbars. They change no weight that stays; fitting those
 * again is training's, and the mask is what passes between the two.
 */
package io.github.primesim.pruning;
