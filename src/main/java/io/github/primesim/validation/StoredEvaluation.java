package io.github.primesim.validation;

import java.util.List;
import java.util.Map;

/**
 * What {@code primesim evaluate --out} wrote into {@code docs/evaluation}: figures of designs that
 * take too long to be simulated again for every validation.
 *
 * @param rows designs of one part of the evaluation, each with its columns by name
 * @param digests of the networks and memories that were measured, by name
 */
public record StoredEvaluation(List<Map<String, String>> rows, Map<String, String> digests) {
  public StoredEvaluation {
    rows = rows.stream().map(Map::copyOf).toList();
    digests = Map.copyOf(digests);
  }
}
