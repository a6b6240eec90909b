package io.lyascope.bench;

import io.lyascope.dynamics.LyapunovSpectrum;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How far a spectrum is off. Only exponents count that rounding leaves meaningful in the reference.
 *
 * @param largest of the differences of the exponents
 * @param first the difference of the largest exponents
 * @param mean the difference of the means
 */
record Deviation(double largest, double first, double mean) {

  private static final double RESOLVED = 1e-7;

  static Deviation of(LyapunovSpectrum measured, LyapunovSpectrum reference) {
    double largest = 0;
    double sum = 0;
    int count = 0;
    for (int i = 0; i < reference.exponents().size(); i++) {
      if (reference.resolution().get(i) < RESOLVED) {
        double difference = measured.exponents().get(i) - reference.exponents().get(i);
        largest = Math.max(largest, Math.abs(difference));
        sum += difference;
        count++;
      }
    }
    double first = Math.abs(measured.max() - reference.max());
    return new Deviation(largest, first, Math.abs(sum / count));
  }

  /** The median of each of the three. */
  static Deviation median(List<Deviation> several) {
    return new Deviation(
        middle(several, Deviation::largest),
        middle(several, Deviation::first),
        middle(several, Deviation::mean));
  }

  private static double middle(List<Deviation> several, ToDoubleFunction<Deviation> part) {
    List<Deviation> sorted = new ArrayList<>(several);
    sorted.sort(Comparator.comparingDouble(part));
    return part.applyAsDouble(sorted.get(sorted.size() / 2));
  }

  Map<String, Object> fields() {
    return Map.of("largest", largest, "first", first, "mean", mean);
  }
}
