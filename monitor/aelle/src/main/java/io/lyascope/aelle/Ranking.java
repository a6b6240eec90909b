package io.lyascope.aelle;

import java.util.Arrays;

/** What depends on the order of numbers alone. */
final class Ranking {

  private Ranking() {}

  /** Ranks from 1 on; equal values share the mean of theirs, NaN is the largest. */
  static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] shared = new double[sorted.length];
    for (int begin = 0; begin < sorted.length; ) {
      int end = begin;
      while (end < sorted.length && Double.compare(sorted[end], sorted[begin]) == 0) {
        end++;
      }
      Arrays.fill(shared, begin, end, (begin + 1 + end) / 2.0);
      begin = end;
    }
    return Arrays.stream(values).map(v -> shared[Arrays.binarySearch(sorted, v)]).toArray();
  }

  /**
   * The probability that a good run has a lower score than a bad one, ties counting half; NaN if
   * one kind is missing.
   */
  static double auc(double[] scores, boolean[] good) {
    double[] ranks = ranks(scores);
    double sum = 0;
    double bad = 0;
    for (int i = 0; i < good.length; i++) {
      if (!good[i]) {
        sum += ranks[i];
        bad++;
      }
    }
    return (sum - bad * (bad + 1) / 2) / (bad * (good.length - bad));
  }

  /** Spearman's rank correlation; NaN if one side is constant. */
  static double spearman(double[] a, double[] b) {
    return correlation(ranks(a), ranks(b));
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(Double.NaN);
    double meanB = Arrays.stream(b).average().orElse(Double.NaN);
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
