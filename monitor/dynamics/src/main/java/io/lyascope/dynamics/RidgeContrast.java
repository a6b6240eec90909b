package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How far the ridges of a field of finite-time exponents stand above its background, in nats per
 * layer: the mean of the largest 5 % of the exponents (at least one of them) minus their median.
 *
 * <p>Storm 2024, figure 3(b), compares the mean over the decision boundary with the mean over the
 * centre of the input plane; ridge and background have become one where the two agree. The boundary
 * of a network is not known here, but it is where the exponents are largest, and most of the inputs
 * are far from it. The difference is not divided by the standard deviation: that vanishes together
 * with the ridges, and their ratio would stay at about 2 for a field without any.
 */
final class RidgeContrast {

  private static final double RIDGE = 0.05;

  private RidgeContrast() {}

  /** Of at least one exponent; empty where all of them are negative infinity. */
  static OptionalDouble of(double[] exponents) {
    double[] sorted = exponents.clone();
    Arrays.sort(sorted);
    int count = sorted.length;
    if (sorted[count - 1] == Double.NEGATIVE_INFINITY) {
      return OptionalDouble.empty();
    }
    int ridge = Math.max(1, (int) Math.round(RIDGE * count));
    double top = Arrays.stream(sorted, count - ridge, count).average().orElseThrow();
    double background = (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
    // A ridge that is itself partly dead is no ridge above anything.
    return top == Double.NEGATIVE_INFINITY
        ? OptionalDouble.empty()
        : OptionalDouble.of(top - background);
  }
}
