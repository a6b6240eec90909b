package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Looks at the size of elements, as bits, which are in the same order as absolute values. */
final class VectorRange {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> BITS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorRange() {}

  /**
   * Four stretches at a time without a look across the lanes: if the least of four neighbours is
   * large enough somewhere, then so is the largest of each.
   */
  static boolean areWithin(double[] values, int size, int count, double least, double most) {
    if (size % LANES != 0 || count % 4 != 0) {
      return false;
    }
    LongVector highest = LongVector.zero(BITS);
    LongVector lowest = LongVector.broadcast(BITS, Long.MAX_VALUE);
    for (int i = 0; i < count; i += 4) {
      LongVector reached = LongVector.zero(BITS);
      for (int at = i * size; at < (i + 1) * size; at += LANES) {
        LongVector a =
            DoubleVector.fromArray(SPECIES, values, at)
                .viewAsIntegralLanes()
                .reinterpretAsLongs()
                .and(Long.MAX_VALUE);
        LongVector b =
            DoubleVector.fromArray(SPECIES, values, at + size)
                .viewAsIntegralLanes()
                .reinterpretAsLongs()
                .and(Long.MAX_VALUE);
        LongVector c =
            DoubleVector.fromArray(SPECIES, values, at + 2 * size)
                .viewAsIntegralLanes()
                .reinterpretAsLongs()
                .and(Long.MAX_VALUE);
        LongVector d =
            DoubleVector.fromArray(SPECIES, values, at + 3 * size)
                .viewAsIntegralLanes()
                .reinterpretAsLongs()
                .and(Long.MAX_VALUE);
        highest = highest.max(a.max(b).max(c.max(d)));
        reached = reached.max(a.min(b).min(c.min(d)));
      }
      lowest = lowest.min(reached);
    }
    return highest.reduceLanes(VectorOperators.MAX) <= Double.doubleToRawLongBits(most)
        && lowest.reduceLanes(VectorOperators.MAX) >= Double.doubleToRawLongBits(least);
  }

  /** The largest absolute value as bits. */
  static long largestBits(double[] values, int at, int count) {
    LongVector largest = LongVector.zero(BITS);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      LongVector bits =
          DoubleVector.fromArray(SPECIES, values, at + i)
              .viewAsIntegralLanes()
              .reinterpretAsLongs();
      largest = largest.max(bits.and(Long.MAX_VALUE));
    }
    long most = largest.reduceLanes(VectorOperators.MAX);
    for (int i = whole; i < count; i++) {
      most = Math.max(most, Double.doubleToRawLongBits(values[at + i]) & Long.MAX_VALUE);
    }
    return most;
  }
}
