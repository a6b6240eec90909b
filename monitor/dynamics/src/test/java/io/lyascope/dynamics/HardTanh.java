package io.lyascope.dynamics;

/**
 * Mean-field theory of a rate network of hard tanh units with dt = 1 (Engelken 2023, equations 20
 * to 22), per unit. Misprints are put right: p = erf(1 / sqrt(2 var h)), and (22) holds below
 * lambda_1 = 1/2 with the branch W_-1.
 *
 * @param active p, the part of the units that is not saturated
 * @param largest lambda_1
 */
record HardTanh(double active, double largest) {

  /** h is Gaussian with the variance that it brings forth: g^2 mean(phi(h)^2) + sigma^2. */
  static HardTanh of(double gain, double noiseVariance) {
    double variance = gain * gain;
    double change = 1;
    while (Math.abs(change) > 1e-10) {
      change = gain * gain * meanSquare(variance) + noiseVariance - variance;
      variance += change;
    }
    double active = errorFunction(1 / Math.sqrt(2 * variance));
    return new HardTanh(active, Math.log(gain * Math.sqrt(active)));
  }

  /** Of phi(h) over Gaussian h, by the trapezoidal rule. */
  private static double meanSquare(double variance) {
    double sum = 0;
    double weights = 0;
    for (double x = -8; x <= 8; x += 0.01) {
      double weight = Math.exp(-x * x / 2);
      double phi = Math.clamp(Math.sqrt(variance) * x, -1.0, 1.0);
      weights += weight;
      sum += weight * phi * phi;
    }
    return sum / weights;
  }

  /** (20) at i / N. */
  double exponent(double quantile) {
    return quantile < active
        ? largest + Math.log1p(-quantile / active) / 2
        : Double.NEGATIVE_INFINITY;
  }

  /** (21), by H / N. */
  double entropyRate() {
    return active * (largest + Math.expm1(-2 * largest) / 2);
  }

  /** (22), by D / N: where the integral of (20) from zero on comes back to zero. */
  double dimension() {
    double a = 2 * largest - 1;
    return active * (1 - a / lambert(a * Math.exp(a)));
  }

  /** W_-1 of a number between -1/e and 0, by bisection of w e^w. */
  private static double lambert(double value) {
    double low = -50;
    double high = -1;
    while (high - low > 1e-13) {
      double w = (low + high) / 2;
      boolean above = w * Math.exp(w) > value;
      low = above ? w : low;
      high = above ? high : w;
    }
    return high;
  }

  /** By Simpson's rule. */
  private static double errorFunction(double x) {
    int steps = 1000;
    double sum = 0;
    for (int i = 0; i <= steps; i++) {
      double t = x * i / steps;
      double weight = i == 0 || i == steps ? 1 : i % 2 == 0 ? 2 : 4;
      sum += weight * Math.exp(-t * t);
    }
    return 2 / Math.sqrt(Math.PI) * sum * x / steps / 3;
  }
}
