/**
 * Published figures and how a figure of ours is judged against them: grade of the evidence,
 * strength, tolerance, verdict. Knows nothing of how figures are computed.
 */
package io.github.primesim.claim;
