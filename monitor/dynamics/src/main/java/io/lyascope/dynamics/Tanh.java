package io.lyascope.dynamics;

/** Hyperbolic tangents of some units, with their derivatives. */
final class Tanh {

  final double[] value;
  final double[] slope;

  Tanh(int units) {
    this.value = new double[units];
    this.slope = new double[units];
  }

  void set(int unit, double a) {
    value[unit] = Math.tanh(a);
    slope[unit] = slope(a, value[unit]);
  }

  /**
   * sech(a)^2, from the tangent where that costs no digits, else as 4 e^-2|a| / (1 + e^-2|a|)^2: 1
   * - tanh^2 rounds to zero in saturation.
   */
  static double slope(double a, double tanh) {
    if (Math.abs(tanh) < 0.9) {
      return (1 - tanh) * (1 + tanh);
    }
    double e = Math.exp(-2 * Math.abs(a));
    return 4 * e / ((1 + e) * (1 + e));
  }
}
