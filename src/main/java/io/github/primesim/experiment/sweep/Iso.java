package io.github.primesim.experiment.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What must not differ between points that are compared.
 *
 * @param equal keys, or {@value #CELLS}, that must be the same
 * @param within columns of the results whose largest value may exceed the least by a share only
 * @param per points that agree in all of these keys are compared; without any, all are
 */
public record Iso(List<String> equal, Map<String, Double> within, List<String> per) {
  /** The ReRAM cells of all FF subarrays. */
  public static final String CELLS = "cells";

  /** Columns that {@link #within} may speak of. */
  public static final List<String> AREAS = List.of("areaUm2", "computeAreaUm2");

  /** Nothing is asked for. */
  public static final Iso NONE = new Iso(List.of(), Map.of(), List.of());

  public Iso {
    equal = List.copyOf(equal);
    within = Collections.unmodifiableMap(new LinkedHashMap<>(within));
    per = List.copyOf(per);
  }
}
