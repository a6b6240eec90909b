package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The intervals of a spectrum, from its batches; {@link Intervals} says how and why. */
final class Uncertainty {

  private Uncertainty() {}

  /**
   * Empty for a single batch.
   *
   * @param exponents descending
   * @param order the columns of the exponents
   * @param size how many exponents there are in all
   */
  static Optional<Intervals> of(Batches batches, double[] exponents, int[] order, int size) {
    if (batches.count() < 2) {
      return Optional.empty();
    }
    int last = exponents.length - 1;
    List<Interval> each =
        IntStream.range(0, exponents.length)
            .mapToObj(i -> batches.interval(exponents[i], rates -> rates[order[i]]))
            .toList();
    Interval max =
        batches.interval(exponents[0], rates -> DoubleStream.of(rates).max().orElseThrow());
    Interval min =
        batches.interval(exponents[last], rates -> DoubleStream.of(rates).min().orElseThrow());
    return Optional.of(
        new Intervals(
            max,
            min,
            entropy(batches, exponents, max),
            dimension(batches, exponents, max, size),
            each));
  }

  private static Interval entropy(Batches batches, double[] exponents, Interval max) {
    return batches
        .interval(Summary.entropyRate(exponents), Summary::entropyRate)
        .notNegative()
        .including(Math.max(0, max.high()));
  }

  private static Optional<Interval> dimension(
      Batches batches, double[] exponents, Interval max, int size) {
    double value = dimension(exponents, size);
    Interval interval = batches.interval(value, rates -> dimension(rates, size)).notNegative();
    if (Double.isNaN(value) || interval.width() == Double.POSITIVE_INFINITY) {
      return Optional.empty();
    }
    return Optional.of(max.contains(0) ? interval.including(0).including(1) : interval);
  }

  /** NaN where it is not known. */
  private static double dimension(double[] rates, int size) {
    double[] descending = rates.clone();
    Arrays.sort(descending);
    for (int i = 0, j = descending.length - 1; i < j; i++, j--) {
      double small = descending[i];
      descending[i] = descending[j];
      descending[j] = small;
    }
    return Summary.kaplanYorkeDimension(descending, size).orElse(Double.NaN);
  }
}
