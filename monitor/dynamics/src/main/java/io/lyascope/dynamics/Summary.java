package io.lyascope.dynamics;

import io.lyascope.snapshot.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;

/** From the running sums of all sequences to the spectrum and what is derived from it. */
final class Summary {

  private static final double NEAR_ZERO = 0.01;

  private Summary() {}

  static LyapunovSpectrum of(Course course, Stop stopped, List<Growth> growths, Moments moments) {
    TangentMap map = course.map();
    Protocol protocol = course.protocol();
    Exponents exponents = Exponents.of(growths, map.timeStep());
    double[] values = exponents.values();
    double[] finite = exponents.finite().toArray();
    int resolved = exponents.resolvedCount();
    Optional<Intervals> intervals =
        Uncertainty.of(
            Batches.of(growths, map.timeStep()), values, exponents.order(), map.tangentSize());
    return new LyapunovSpectrum(
        protocol,
        stopped,
        intervals
            .filter(all -> exponents.widest(all.exponents()) < protocol.tolerance())
            .isPresent(),
        boxed(values),
        growths.size() > 1 ? Optional.of(boxed(exponents.standardError())) : Optional.empty(),
        intervals,
        boxed(exponents.resolution()),
        resolved,
        values.length - resolved,
        values[0],
        values[values.length - 1],
        Estimate.mean(values),
        Estimate.variance(values),
        present(finite, DoubleStream.of(finite).min()),
        present(finite, DoubleStream.of(finite).average()),
        present(finite, OptionalDouble.of(Estimate.variance(finite))),
        count(values, value -> value == Double.NEGATIVE_INFINITY),
        count(values, value -> value > NEAR_ZERO),
        count(values, value -> Math.abs(value) <= NEAR_ZERO),
        entropyRate(values),
        kaplanYorkeDimension(values, map.tangentSize()),
        log10Condition(values, growths, protocol, map.timeStep()),
        growths.stream().mapToDouble(Growth::participationRatio).average().orElseThrow(),
        moments.dimension(),
        moments.activityDimension(),
        course.gradients().map(all -> all.analysis(growths, exponents.order())));
  }

  /**
   * The sum of what is positive, in any order (Engelken 2023: the Kolmogorov-Sinai entropy rate
   * under weak conditions).
   */
  static double entropyRate(double[] values) {
    return DoubleStream.of(values).filter(value -> value > 0).sum();
  }

  /**
   * k + (lambda_1 + .. + lambda_k) / |lambda_k+1| with the largest k whose sum is not negative
   * (Kaplan and Yorke 1979).
   *
   * @param values descending
   * @param size how many exponents there are in all
   */
  static OptionalDouble kaplanYorkeDimension(double[] values, int size) {
    double sum = 0;
    for (int k = 0; k < values.length; k++) {
      if (sum + values[k] < 0) {
        return OptionalDouble.of(k + sum / Math.abs(values[k]));
      }
      sum += values[k];
    }
    return values.length == size ? OptionalDouble.of(size) : OptionalDouble.empty();
  }

  private static double log10Condition(
      double[] values, List<Growth> growths, Protocol protocol, double timeStep) {
    double interval =
        switch (protocol.orthonormalizeEvery()) {
          case Protocol.Interval.Every(int steps) -> steps;
          case Protocol.Interval.Auto() ->
              growths.stream().mapToInt(Growth::longest).max().orElseThrow();
        };
    double smallest = values[values.length - 1];
    return smallest == Double.NEGATIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : (values[0] - smallest) * timeStep * interval / Math.log(10);
  }

  private static int count(double[] values, DoublePredicate condition) {
    return (int) Arrays.stream(values).filter(condition).count();
  }

  private static OptionalDouble present(double[] finite, OptionalDouble value) {
    return finite.length == 0 ? OptionalDouble.empty() : value;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
