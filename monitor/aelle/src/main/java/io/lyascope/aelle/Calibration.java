package io.lyascope.aelle;

import java.util.Arrays;

/**
 * From a score to a probability and to decisions, learnt from runs that the score's model had not
 * seen.
 *
 * @param slope of the logistic curve; positive scores are bad
 * @param offset of it
 * @param accept the probability from which on a run is called good: best F1
 * @param stop the probability below which a run may be stopped: at most 5 % of the good ones are
 *     expected to be
 */
record Calibration(double slope, double offset, double accept, double stop) {

  /** The share of good runs that stopping may cost. */
  static final double RISK = 0.05;

  private static final int NEWTON_STEPS = 50;

  /** From scores of unseen runs and whether those ended well. */
  static Calibration of(double[] scores, boolean[] good) {
    double[] curve = platt(scores, good);
    double[] probabilities =
        Arrays.stream(scores).map(s -> logistic(curve[0] * s + curve[1])).toArray();
    return new Calibration(
        curve[0], curve[1], bestF1(probabilities, good), stopBelow(probabilities, good, RISK));
  }

  double probability(double score) {
    return logistic(slope * score + offset);
  }

  /**
   * Platt's method: logistic regression on targets that are drawn in a little, so that it ends even
   * where the classes are separable.
   */
  private static double[] platt(double[] scores, boolean[] good) {
    long wins = count(good);
    double high = (wins + 1.0) / (wins + 2.0);
    double low = 1.0 / (good.length - wins + 2.0);
    double a = 0;
    double b = Math.log((wins + 1.0) / (good.length - wins + 1.0));
    for (int step = 0; step < NEWTON_STEPS; step++) {
      double ga = 1e-6 * a;
      double gb = 0;
      double haa = 1e-6;
      double hab = 0;
      double hbb = 1e-12;
      for (int i = 0; i < scores.length; i++) {
        double p = logistic(a * scores[i] + b);
        double error = p - (good[i] ? high : low);
        double weight = Math.max(1e-9, p * (1 - p));
        ga += error * scores[i];
        gb += error;
        haa += weight * scores[i] * scores[i];
        hab += weight * scores[i];
        hbb += weight;
      }
      double determinant = haa * hbb - hab * hab;
      double da = (hbb * ga - hab * gb) / determinant;
      double db = (haa * gb - hab * ga) / determinant;
      double shorten = Math.min(1, 2 / Math.max(1e-12, Math.hypot(da, db)));
      a -= shorten * da;
      b -= shorten * db;
    }
    return new double[] {a, b};
  }

  private static double bestF1(double[] probabilities, boolean[] good) {
    double best = -1;
    double at = 0.5;
    for (double threshold : Arrays.stream(probabilities).sorted().distinct().toArray()) {
      boolean[] called = new boolean[good.length];
      for (int i = 0; i < good.length; i++) {
        called[i] = probabilities[i] >= threshold;
      }
      double f1 = Scores.of(called, good).f1();
      if (f1 > best) {
        best = f1;
        at = threshold;
      }
    }
    return at;
  }

  /**
   * Conformal risk control: the largest threshold t such that (good runs below t + 1) / (good runs
   * + 1) is at most {@code risk}. Zero, which stops nothing, where there are too few good runs.
   */
  static double stopBelow(double[] probabilities, boolean[] good, double risk) {
    double[] ofGood = new double[(int) count(good)];
    int n = 0;
    for (int i = 0; i < good.length; i++) {
      if (good[i]) {
        ofGood[n++] = probabilities[i];
      }
    }
    Arrays.sort(ofGood);
    int mayBeLost = (int) Math.floor(risk * (n + 1)) - 1;
    return mayBeLost < 0 ? 0 : ofGood[mayBeLost];
  }

  private static long count(boolean[] good) {
    long count = 0;
    for (boolean one : good) {
      count += one ? 1 : 0;
    }
    return count;
  }

  private static double logistic(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
