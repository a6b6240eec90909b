package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Takes the components along four unit vectors out of one vector or two, whose elements are a
 * multiple of eight: each is read once for the four scalar products and once to take them away.
 * Written out for the reasons of {@link VectorTiles}.
 */
final class VectorDeflation {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private VectorDeflation() {}

  /** With vectors of eight, one for the partial sums of each unit vector; two columns at a time. */
  static void byWide(double[] values, int units, int at, int size, double[] parts) {
    int second = units + size, third = second + size, fourth = third + size;
    int next = at + size;
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector a = zero, b = zero, c = zero, d = zero;
    DoubleVector e = zero, f = zero, g = zero, h = zero;
    for (int i = 0; i < size; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, values, at + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, values, next + i);
      DoubleVector q = DoubleVector.fromArray(SPECIES, values, units + i);
      a = v.fma(q, a);
      e = w.fma(q, e);
      q = DoubleVector.fromArray(SPECIES, values, second + i);
      b = v.fma(q, b);
      f = w.fma(q, f);
      q = DoubleVector.fromArray(SPECIES, values, third + i);
      c = v.fma(q, c);
      g = w.fma(q, g);
      q = DoubleVector.fromArray(SPECIES, values, fourth + i);
      d = v.fma(q, d);
      h = w.fma(q, h);
    }
    a.intoArray(parts, 0);
    b.intoArray(parts, 8);
    c.intoArray(parts, 16);
    d.intoArray(parts, 24);
    takeAway(values, units, at, size, parts);
    e.intoArray(parts, 0);
    f.intoArray(parts, 8);
    g.intoArray(parts, 16);
    h.intoArray(parts, 24);
    takeAway(values, units, next, size, parts);
  }

  /** With vectors of four, two for the partial sums of each unit vector. */
  static void byNarrow(double[] values, int units, int at, int size, double[] parts) {
    int second = units + size, third = second + size, fourth = third + size;
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector a0 = zero, a1 = zero, b0 = zero, b1 = zero;
    DoubleVector c0 = zero, c1 = zero, d0 = zero, d1 = zero;
    for (int i = 0; i < size; i += 2 * LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, values, at + i);
      a0 = v.fma(DoubleVector.fromArray(SPECIES, values, units + i), a0);
      b0 = v.fma(DoubleVector.fromArray(SPECIES, values, second + i), b0);
      c0 = v.fma(DoubleVector.fromArray(SPECIES, values, third + i), c0);
      d0 = v.fma(DoubleVector.fromArray(SPECIES, values, fourth + i), d0);
      v = DoubleVector.fromArray(SPECIES, values, at + i + LANES);
      a1 = v.fma(DoubleVector.fromArray(SPECIES, values, units + i + LANES), a1);
      b1 = v.fma(DoubleVector.fromArray(SPECIES, values, second + i + LANES), b1);
      c1 = v.fma(DoubleVector.fromArray(SPECIES, values, third + i + LANES), c1);
      d1 = v.fma(DoubleVector.fromArray(SPECIES, values, fourth + i + LANES), d1);
    }
    a0.intoArray(parts, 0);
    a1.intoArray(parts, 4);
    b0.intoArray(parts, 8);
    b1.intoArray(parts, 12);
    c0.intoArray(parts, 16);
    c1.intoArray(parts, 20);
    d0.intoArray(parts, 24);
    d1.intoArray(parts, 28);
    takeAway(values, units, at, size, parts);
  }

  private static void takeAway(double[] values, int units, int at, int size, double[] parts) {
    int second = units + size, third = second + size, fourth = third + size;
    DoubleVector a = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfEight(parts, 0));
    DoubleVector b = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfEight(parts, 8));
    DoubleVector c = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfEight(parts, 16));
    DoubleVector d = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfEight(parts, 24));
    for (int i = 0; i < size; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, values, at + i);
      v = a.fma(DoubleVector.fromArray(SPECIES, values, units + i), v);
      v = b.fma(DoubleVector.fromArray(SPECIES, values, second + i), v);
      v = c.fma(DoubleVector.fromArray(SPECIES, values, third + i), v);
      v = d.fma(DoubleVector.fromArray(SPECIES, values, fourth + i), v);
      v.intoArray(values, at + i);
    }
  }
}
