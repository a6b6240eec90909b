package io.lyascope.aelle;

import java.util.Arrays;

/** Which final values are good. */
public sealed interface Good {

  /** The best runs of the training make up this share of it. */
  record Quantile(double share) implements Good {}

  /** Everything better than this value of the metric. */
  record Value(double limit) implements Good {}

  /** The badness below which a run is good, by these of the training. */
  default double threshold(double[] badness, Goal goal) {
    return switch (this) {
      case Value(double limit) -> goal.badness(limit);
      case Quantile(double share) -> quantile(badness, share);
    };
  }

  /** The mean of the two neighbours where the share falls between them. */
  private static double quantile(double[] badness, double share) {
    double[] sorted = Arrays.stream(badness).sorted().toArray();
    double at = share * sorted.length;
    int above = Math.clamp((int) Math.floor(at), 0, sorted.length - 1);
    int below = Math.clamp((int) Math.ceil(at) - 1, 0, sorted.length - 1);
    return Double.isInfinite(sorted[above]) ? sorted[above] : (sorted[below] + sorted[above]) / 2;
  }
}
