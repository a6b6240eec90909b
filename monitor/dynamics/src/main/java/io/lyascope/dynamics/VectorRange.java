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
   * Four stretches at a time without a look across the lanes: if all of four neighbours are large
   * enough somewhere, then so is the largest of each. Whether a number is above a bound shows in
   * the sign bit after an addition, since comparing and choosing take longer.
   */
  static boolean areWithin(double[] values, int size, int count, double least, double most) {
    if (size % LANES != 0 || count % 4 != 0) {
      return false;
    }
    long toMost = Long.MAX_VALUE - Double.doubleToRawLongBits(most);
    long toLeast = Long.MIN_VALUE - Double.doubleToRawLongBits(least);
    LongVector above = LongVector.zero(BITS);
    LongVector everywhere = LongVector.broadcast(BITS, Long.MIN_VALUE);
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
        above = above.or(a.add(toMost)).or(b.add(toMost)).or(c.add(toMost)).or(d.add(toMost));
        LongVector all = a.add(toLeast).and(b.add(toLeast)).and(c.add(toLeast));
        reached = reached.or(all.and(d.add(toLeast)));
      }
      everywhere = everywhere.and(reached);
    }
    return above.reduceLanes(VectorOperators.OR) >= 0
        && everywhere.reduceLanes(VectorOperators.OR) < 0;
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
