package io.lyascope.aelle;

/** How well good runs were told from bad ones: shares of what was called good and what is. */
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
    return new Scores(wins == 0 ? 0 : hits / wins, calls == 0 ? 0 : hits / calls);
  }

  /** Their harmonic mean; 0 if nothing was found. */
  double f1() {
    return recall + precision == 0 ? 0 : 2 * recall * precision / (recall + precision);
  }
}
