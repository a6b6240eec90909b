package io.lyascope.dynamics;

/**
 * Sigmoids of one gate's units, with 1 - s kept beside s: their product is the derivative, which
 * thereby keeps its relative accuracy in saturation, where 1 - s rounds to zero.
 */
final class Logistic {

  /** s(a). */
  final double[] value;

  /** 1 - s(a) = s(-a). */
  final double[] rest;

  Logistic(int units) {
    this.value = new double[units];
    this.rest = new double[units];
  }

  void set(int unit, double a) {
    double e = Math.exp(-Math.abs(a));
    double larger = 1 / (1 + e);
    double smaller = e / (1 + e);
    value[unit] = a >= 0 ? larger : smaller;
    rest[unit] = a >= 0 ? smaller : larger;
  }

  double slope(int unit) {
    return value[unit] * rest[unit];
  }
}
