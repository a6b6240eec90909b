package io.lyascope.dynamics;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Over how many directions a matrix is spread.
 *
 * @param participationRatio (sum s^2) / (sum s)^2 of the singular values, in (0, 1], 1 = rank one
 *     (Vogt 2023, chapter 4, appendix B)
 * @param effectiveDimension its inverse, from 1 to the number of singular values
 * @param rank how many singular values rounding cannot explain
 */
public record EffectiveRank(double participationRatio, double effectiveDimension, int rank) {

  /**
   * Of a matrix that is not zero.
   *
   * @param singularValues in any order
   * @param noise singular values up to this one may come from rounding
   */
  static EffectiveRank of(double[] singularValues, double noise) {
    double largest = DoubleStream.of(singularValues).max().orElseThrow();
    double[] scaled = Arrays.stream(singularValues).map(s -> s / largest).toArray();
    double sum = DoubleStream.of(scaled).sum();
    double squares = DoubleStream.of(scaled).map(s -> s * s).sum();
    int rank = (int) DoubleStream.of(singularValues).filter(s -> s > noise).count();
    return new EffectiveRank(squares / (sum * sum), sum * sum / squares, rank);
  }
}
