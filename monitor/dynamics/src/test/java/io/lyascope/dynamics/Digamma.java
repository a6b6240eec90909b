package io.lyascope.dynamics;

/**
 * The logarithmic derivative of the gamma function, which the mean of log chi-square is made of.
 */
final class Digamma {

  private Digamma() {}

  /** By recurrence and Stirling's series. */
  static double of(double x) {
    double sum = 0;
    double y = x;
    for (; y < 10; y++) {
      sum -= 1 / y;
    }
    double square = 1 / (y * y);
    return sum
        + Math.log(y)
        - 1 / (2 * y)
        - square * (1.0 / 12 - square * (1.0 / 120 - square / 252));
  }

  /** Its derivative at x, the trigamma function. */
  static double slope(double x) {
    double h = 1e-4 * x;
    return (of(x + h) - of(x - h)) / (2 * h);
  }

  /**
   * The mean of log |w| of a vector w of {@code size} independent Gaussians of this variance: the
   * length is chi-distributed.
   */
  static double meanLogLength(int size, double variance) {
    return (of(size / 2.0) + Math.log(2 * variance)) / 2;
  }
}
