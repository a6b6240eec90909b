package io.lyascope.dynamics;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The partial sums of a scalar product, {@link Arithmetic#PARTS} of them whatever the vectors'
 * length, folded into four; the elements are a multiple of them.
 */
final class VectorSums {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int PARTS = Arithmetic.PARTS;

  private VectorSums() {}

  /** With vectors of eight. */
  static void two(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    DoubleVector s0 = DoubleVector.zero(SPECIES), s1 = s0;
    for (int i = 0; i < count; i += PARTS) {
      s0 =
          DoubleVector.fromArray(SPECIES, x, xAt + i)
              .fma(DoubleVector.fromArray(SPECIES, y, yAt + i), s0);
      s1 =
          DoubleVector.fromArray(SPECIES, x, xAt + i + LANES)
              .fma(DoubleVector.fromArray(SPECIES, y, yAt + i + LANES), s1);
    }
    s0.add(s1).intoArray(parts, 0);
    Arithmetic.fold(parts, 0, LANES);
  }

  /** With vectors of four. */
  static void four(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    DoubleVector s0 = DoubleVector.zero(SPECIES), s1 = s0, s2 = s0, s3 = s0;
    for (int i = 0; i < count; i += PARTS) {
      s0 =
          DoubleVector.fromArray(SPECIES, x, xAt + i)
              .fma(DoubleVector.fromArray(SPECIES, y, yAt + i), s0);
      s1 =
          DoubleVector.fromArray(SPECIES, x, xAt + i + LANES)
              .fma(DoubleVector.fromArray(SPECIES, y, yAt + i + LANES), s1);
      s2 =
          DoubleVector.fromArray(SPECIES, x, xAt + i + 2 * LANES)
              .fma(DoubleVector.fromArray(SPECIES, y, yAt + i + 2 * LANES), s2);
      s3 =
          DoubleVector.fromArray(SPECIES, x, xAt + i + 3 * LANES)
              .fma(DoubleVector.fromArray(SPECIES, y, yAt + i + 3 * LANES), s3);
    }
    s0.add(s2).add(s1.add(s3)).intoArray(parts, 0);
  }

  /** More sums than are worth a variable each: they stay in memory. */
  static void many(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    Arrays.fill(parts, 0, PARTS, 0);
    for (int i = 0; i < count; i += PARTS) {
      for (int part = 0; part < PARTS; part += LANES) {
        int at = i + part;
        DoubleVector.fromArray(SPECIES, x, xAt + at)
            .fma(
                DoubleVector.fromArray(SPECIES, y, yAt + at),
                DoubleVector.fromArray(SPECIES, parts, part))
            .intoArray(parts, part);
      }
    }
    Arithmetic.fold(parts, 0, PARTS);
  }
}
