package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The exponents of all sequences: averaged in column order, then sorted.
 *
 * @param values descending
 * @param standardError sample standard deviation over sequences / sqrt(B), in the same order; NaN
 *     for one sequence
 * @param resolution the largest over sequences
 * @param order their columns
 */
record Exponents(double[] values, double[] standardError, double[] resolution, int[] order) {

  private static final double RESOLVED = 1e-7;

  /** The exponents of these sums, per {@code timeStep} of time a step. */
  static Exponents of(List<Growth> growths, double timeStep) {
    int count = growths.getFirst().columns();
    double[] means = new double[count];
    Arrays.setAll(means, i -> mean(growths, i) / timeStep);
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> means[i]).reversed())
            .mapToInt(Integer::intValue)
            .toArray();
    return new Exponents(
        sorted(order, i -> means[i]),
        sorted(order, i -> Estimate.standardError(rates(growths, i)) / timeStep),
        sorted(order, i -> resolution(growths, i) / timeStep),
        order);
  }

  int count() {
    return values.length;
  }

  /** Whether rounding leaves exponent i its digits; a dead one is not resolved. */
  boolean resolved(int i) {
    return resolution[i] < RESOLVED;
  }

  int resolvedCount() {
    return (int) IntStream.range(0, count()).filter(this::resolved).count();
  }

  /** The exponents without the dead ones. */
  DoubleStream finite() {
    return IntStream.range(0, count()).filter(this::resolved).mapToDouble(i -> values[i]);
  }

  /** The widest interval among the resolved exponents; infinite if there is none. */
  double widest(List<Interval> intervals) {
    return IntStream.range(0, count())
        .filter(this::resolved)
        .mapToDouble(i -> intervals.get(i).width())
        .max()
        .orElse(Double.POSITIVE_INFINITY);
  }

  private static double[] sorted(int[] order, IntToDoubleFunction value) {
    return Arrays.stream(order).mapToDouble(value).toArray();
  }

  private static double[] rates(List<Growth> growths, int i) {
    return growths.stream().mapToDouble(growth -> growth.rate(i)).toArray();
  }

  private static double mean(List<Growth> growths, int i) {
    return Estimate.mean(rates(growths, i));
  }

  private static double resolution(List<Growth> growths, int i) {
    return growths.stream().mapToDouble(growth -> growth.resolution(i)).max().orElseThrow();
  }
}
