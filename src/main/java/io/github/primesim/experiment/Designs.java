package io.github.primesim.experiment;

import io.github.primesim.lowering.CompileRequest;
import java.util.List;

/** Where an experiment over many designs gets them from: it names files, and reads none. */
@FunctionalInterface
public interface Designs {
  /**
   * A design ready to be compiled, with the replication and signs of an ordinary run.
   *
   * @param network name of a network
   * @param mapping name of a mapping scheme
   * @param crossbar wordlines and bitlines such as {@code 32x32}; as in the hardware where empty
   * @param sets keys of the hardware to be set, as {@code key=value}
   * @throws io.github.primesim.units.InputProblem if it is unusable
   */
  CompileRequest of(String network, String mapping, String crossbar, List<String> sets);
}
