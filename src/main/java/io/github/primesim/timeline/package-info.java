/**
 * What happens when: slices of time on the tracks of a memory, as a viewer shows them. Knows
 * neither how they come about nor how they are written down.
 */
package io.github.primesim.timeline;
