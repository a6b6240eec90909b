package io.lyascope.dynamics;

import java.util.Arrays;

/** Mean values of a few independent samples and how far they can be trusted. */
final class Estimate {

  /** The 97.5 % points of Student's t for 1 to 10 degrees of freedom. */
  private static final double[] STUDENT = {
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228
  };

  private Estimate() {}

  static double mean(double[] samples) {
    return Arrays.stream(samples).sum() / samples.length;
  }

  /** The population's variance; infinite where a sample is. */
  static double variance(double[] samples) {
    double mean = mean(samples);
    if (Double.isInfinite(mean)) {
      return Double.POSITIVE_INFINITY;
    }
    return Arrays.stream(samples).map(x -> (x - mean) * (x - mean)).sum() / samples.length;
  }

  /** Sample standard deviation / sqrt(n); NaN for one sample, infinite where a sample is. */
  static double standardError(double[] samples) {
    int n = samples.length;
    return n == 1 ? Double.NaN : Math.sqrt(variance(samples) / (n - 1));
  }

  /**
   * The 97.5 % point of Student's t, beyond the table the normal distribution's with Fisher's first
   * corrections.
   */
  static double student(int freedom) {
    return freedom <= STUDENT.length
        ? STUDENT[freedom - 1]
        : 1.96 + 2.372 / freedom + 2.8 / (freedom * (double) freedom);
  }
}
