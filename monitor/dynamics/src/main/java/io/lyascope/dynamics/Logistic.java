package io.lyascope.dynamics;

/**
 * The sigmoid s and tanh with derivatives that keep their relative accuracy in saturation, where s
 * (1 - s) and 1 - tanh^2 round to zero.
 */
final class Logistic {

  private Logistic() {}

  static double sigmoid(double a) {
    double e = Math.exp(-Math.abs(a));
    return a >= 0 ? 1 / (1 + e) : e / (1 + e);
  }

  /** s'(a) = e^-|a| / (1 + e^-|a|)^2. */
  static double sigmoidSlope(double a) {
    double e = Math.exp(-Math.abs(a));
    return e / ((1 + e) * (1 + e));
  }

  /** sech(a)^2 = 4 e^-2|a| / (1 + e^-2|a|)^2. */
  static double tanhSlope(double a) {
    double e = Math.exp(-2 * Math.abs(a));
    return 4 * e / ((1 + e) * (1 + e));
  }
}
