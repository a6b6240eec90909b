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
    fold(parts);
    takeAway(values, units, at, size, parts, 0);
    e.intoArray(parts, 0);
    f.intoArray(parts, 8);
    g.intoArray(parts, 16);
    h.intoArray(parts, 24);
    fold(parts);
    takeAway(values, units, next, size, parts, 0);
  }

  /** Eight partial sums of each scalar product become four, and all stand side by side. */
  private static void fold(double[] parts) {
    for (int unit = 0; unit < Arithmetic.UNITS; unit++) {
      for (int i = 0; i < 4; i++) {
        parts[4 * unit + i] = parts[8 * unit + i] + parts[8 * unit + 4 + i];
      }
    }
  }

  /** With vectors of four, for one column. */
  static void byNarrow(double[] values, int units, int at, int size, double[] parts) {
    project(values, units, at, size, parts, 0);
    takeAway(values, units, at, size, parts, 0);
  }

  /** The same for two columns, from which the unit vectors are taken away together. */
  static void byNarrowPair(double[] values, int units, int at, int size, double[] parts) {
    project(values, units, at, size, parts, 0);
    project(values, units, at + size, size, parts, 16);
    takeAwayFromBoth(values, units, at, size, parts);
  }

  /** Two vectors for the partial sums of each scalar product, folded into one. */
  private static void project(
      double[] values, int units, int at, int size, double[] parts, int to) {
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
    a0.add(a1).intoArray(parts, to);
    b0.add(b1).intoArray(parts, to + 4);
    c0.add(c1).intoArray(parts, to + 8);
    d0.add(d1).intoArray(parts, to + 12);
  }

  /**
   * @param from where the partial sums are, four of each scalar product
   */
  private static void takeAway(
      double[] values, int units, int at, int size, double[] parts, int from) {
    int second = units + size, third = second + size, fourth = third + size;
    DoubleVector a = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, from));
    DoubleVector b = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, from + 4));
    DoubleVector c = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, from + 8));
    DoubleVector d = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, from + 12));
    for (int i = 0; i < size; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, values, at + i);
      v = a.fma(DoubleVector.fromArray(SPECIES, values, units + i), v);
      v = b.fma(DoubleVector.fromArray(SPECIES, values, second + i), v);
      v = c.fma(DoubleVector.fromArray(SPECIES, values, third + i), v);
      v = d.fma(DoubleVector.fromArray(SPECIES, values, fourth + i), v);
      v.intoArray(values, at + i);
    }
  }

  private static void takeAwayFromBoth(
      double[] values, int units, int at, int size, double[] parts) {
    int second = units + size, third = second + size, fourth = third + size;
    int next = at + size;
    DoubleVector a = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 0));
    DoubleVector b = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 4));
    DoubleVector c = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 8));
    DoubleVector d = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 12));
    DoubleVector e = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 16));
    DoubleVector f = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 20));
    DoubleVector g = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 24));
    DoubleVector h = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfFour(parts, 28));
    for (int i = 0; i < size; i += LANES) {
      DoubleVector v = DoubleVector.fromArray(SPECIES, values, at + i);
      DoubleVector w = DoubleVector.fromArray(SPECIES, values, next + i);
      DoubleVector q = DoubleVector.fromArray(SPECIES, values, units + i);
      v = a.fma(q, v);
      w = e.fma(q, w);
      q = DoubleVector.fromArray(SPECIES, values, second + i);
      v = b.fma(q, v);
      w = f.fma(q, w);
      q = DoubleVector.fromArray(SPECIES, values, third + i);
      v = c.fma(q, v);
      w = g.fma(q, w);
      q = DoubleVector.fromArray(SPECIES, values, fourth + i);
      v = d.fma(q, v);
      w = h.fma(q, w);
      v.intoArray(values, at + i);
      w.intoArray(values, next + i);
    }
  }
}
