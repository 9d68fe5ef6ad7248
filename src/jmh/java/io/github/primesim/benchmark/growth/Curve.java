package io.github.primesim.benchmark.growth;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/**
 * A series as it was measured.
 *
 * @param costs of the points, in their order
 */
record Curve(Series series, List<Cost> costs) {

  /**
   * The exponent of {@code cost ~ size^e} that fits all points best, by least squares of the
   * logarithms. What does not grow, such as Java's start, draws it down.
   */
  double exponent(ToDoubleFunction<Cost> cost) {
    SimpleRegression fit = new SimpleRegression();
    for (int i = 0; i < costs.size(); i++) {
      fit.addData(
          Math.log((double) series.points().get(i).size()),
          Math.log(cost.applyAsDouble(costs.get(i))));
    }
    return fit.getSlope();
  }

  /**
   * The exponent from the last point but one to the last, where what does not grow weighs least.
   */
  double lastExponent(ToDoubleFunction<Cost> cost) {
    int last = costs.size() - 1;
    return Math.log(cost.applyAsDouble(costs.get(last)) / cost.applyAsDouble(costs.get(last - 1)))
        / Math.log(
            (double) series.points().get(last).size() / series.points().get(last - 1).size());
  }
}
