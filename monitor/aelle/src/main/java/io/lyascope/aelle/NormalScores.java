package io.lyascope.aelle;

import java.util.Arrays;

/**
 * A monotone map of a quantity to standard normal scores, from its order among known values: the
 * same for any unit, and blind to how far outliers lie out.
 *
 * @param knots some or all of the known values in ascending order; the outermost may be infinite
 */
record NormalScores(double[] knots) {

  private static final int MOST = 65;

  /** Of these values; NaN counts as positive infinity. */
  static NormalScores of(double[] values) {
    double[] sorted =
        Arrays.stream(values)
            .map(v -> Double.isNaN(v) ? Double.POSITIVE_INFINITY : v)
            .sorted()
            .toArray();
    if (sorted.length <= MOST) {
      return new NormalScores(sorted);
    }
    double[] knots = new double[MOST];
    for (int i = 0; i < MOST; i++) {
      knots[i] = sorted[(int) Math.round(i * (sorted.length - 1.0) / (MOST - 1))];
    }
    return new NormalScores(knots);
  }

  /** The normal quantile of the value's mean rank; between knots its rank is interpolated. */
  double score(double value) {
    double v = Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
    int below = 0;
    int equal = 0;
    for (double knot : knots) {
      if (knot < v) {
        below++;
      } else if (knot == v) {
        equal++;
      }
    }
    double rank = below + equal / 2.0;
    if (equal == 0 && below > 0 && below < knots.length) {
      double low = knots[below - 1];
      double high = knots[below];
      double share = Double.isFinite(high - low) ? (v - low) / (high - low) : 0.5;
      rank = below - 0.5 + share;
    }
    double edge = 0.5 / knots.length;
    return Normal.quantile(Math.clamp(rank / knots.length, edge, 1 - edge));
  }

  /** The value with this score; where that is infinite, the nearest finite one. */
  double value(double score) {
    double rank = rank(score);
    double low = knots[(int) Math.floor(rank)];
    double high = knots[(int) Math.ceil(rank)];
    if (Double.isFinite(high - low)) {
      return low + (rank - Math.floor(rank)) * (high - low);
    }
    if (Double.isFinite(low)) {
      return low;
    }
    return Double.isFinite(high) ? high : nearestFinite(low);
  }

  /** The least value that none with this score is above: infinite where that may be. */
  double upperBound(double score) {
    double high = knots[(int) Math.ceil(rank(score))];
    return high == Double.POSITIVE_INFINITY ? high : value(score);
  }

  private double rank(double score) {
    return Math.clamp(Normal.probability(score) * knots.length - 0.5, 0, knots.length - 1.0);
  }

  private double nearestFinite(double infinite) {
    var finite = Arrays.stream(knots).filter(Double::isFinite);
    return (infinite > 0 ? finite.max() : finite.min()).orElse(infinite);
  }
}
