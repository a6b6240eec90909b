package io.lyascope.aelle;

/**
 * How well good runs were told from bad ones.
 *
 * @param recall the share of the good ones that were called so; NaN where there are none
 * @param precision the share of what was called good that is; NaN where nothing was
 */
record Scores(double recall, double precision) {

  static Scores of(boolean[] called, boolean[] good) {
    double hits = 0;
    double calls = 0;
    double wins = 0;
    for (int i = 0; i < good.length; i++) {
      hits += called[i] && good[i] ? 1 : 0;
      calls += called[i] ? 1 : 0;
      wins += good[i] ? 1 : 0;
    }
    return new Scores(hits / wins, hits / calls); // 0 / 0 is NaN
  }

  /** Their harmonic mean: 0 if no good run was found, NaN if there was none to find. */
  double f1() {
    if (Double.isNaN(recall)) {
      return Double.NaN;
    }
    return recall == 0 ? 0 : 2 * recall * precision / (recall + precision);
  }
}
