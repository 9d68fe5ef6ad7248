package io.github.primesim.experiment.evaluation;

/**
 * One design to be measured.
 *
 * @param scheme name of a mapping scheme
 * @param size wordlines and bitlines of a crossbar
 */
record Case(Subject subject, Treatment treatment, String scheme, int size) {
  private static final String DENSE = "dense";

  /** The dense mapping of the same weights on crossbars of {@code other} wordlines. */
  Case dense(int other) {
    return new Case(subject, treatment.ofBaseline(), DENSE, other);
  }

  /** Such as {@code 32x32}. */
  String crossbar() {
    return size + "x" + size;
  }

  @Override
  public String toString() {
    return subject.network() + ", " + crossbar() + ", " + scheme;
  }
}
