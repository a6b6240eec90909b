package io.lyascope.aelle;

import java.util.List;
import java.util.Locale;

/** Figures of merit, each from one judgement. */
enum Metric {
  RECALL,
  PRECISION,
  F1,
  /** That a good run gets a better score than a bad one. */
  AUC,
  /** Rank correlation of scores and outcomes. */
  SPEARMAN,
  /** Explained variance of the outcomes' normal scores. */
  R2,
  /** Mean squared error of the probabilities. */
  BRIER,
  /** The share of the compute that stopping saves. */
  SAVED,
  /** The share of the good runs that stopping costs. */
  GOOD_STOPPED;

  /** What follows from the order of scores alone, where nothing tells what they mean. */
  static final List<Metric> OF_ORDER = List.of(AUC, SPEARMAN);

  /** What a learning curve is drawn from. */
  static final List<Metric> OF_LEARNING = List.of(AUC, BRIER);

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** NaN where it is not defined. */
  double of(Judgement j, double progress) {
    return switch (this) {
      case RECALL -> Scores.of(j.called(), j.good()).recall();
      case PRECISION -> Scores.of(j.called(), j.good()).precision();
      case F1 -> Scores.of(j.called(), j.good()).f1();
      case AUC -> Ranking.auc(j.scores(), j.good());
      case SPEARMAN -> Ranking.spearman(j.scores(), j.targets());
      case R2 -> r2(j.scores(), j.targets());
      case BRIER -> brier(j.probabilities(), j.good());
      case SAVED -> share(j.stopped(), null) * (1 - progress);
      case GOOD_STOPPED -> share(j.stopped(), j.good());
    };
  }

  static double r2(double[] predicted, double[] actual) {
    double mean = 0;
    for (double a : actual) {
      mean += a / actual.length;
    }
    double left = 0;
    double all = 0;
    for (int i = 0; i < actual.length; i++) {
      left += Math.pow(actual[i] - predicted[i], 2);
      all += Math.pow(actual[i] - mean, 2);
    }
    return 1 - left / all;
  }

  static double brier(double[] probabilities, boolean[] good) {
    double sum = 0;
    for (int i = 0; i < good.length; i++) {
      sum += Math.pow(probabilities[i] - (good[i] ? 1 : 0), 2);
    }
    return sum / good.length;
  }

  private static double share(boolean[] is, boolean[] among) {
    double hits = 0;
    double all = 0;
    for (int i = 0; i < is.length; i++) {
      if (among == null || among[i]) {
        all++;
        hits += is[i] ? 1 : 0;
      }
    }
    return hits / all;
  }
}
