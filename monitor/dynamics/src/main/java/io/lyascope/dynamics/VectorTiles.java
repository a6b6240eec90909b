package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost loops of products, one for each {@link Tile}. Written out, because only local
 * variables are kept in registers, and without helpers of our own, because in a method of this
 * length HotSpot's compiler has used up its nodes ({@code NodeCountInliningCutoff}): what is not
 * marked for inlining is then called, with vectors that are allocated for each turn of the loop.
 */
final class VectorTiles {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int WIDTH = Arithmetic.WIDTH;

  private VectorTiles() {}

  static void wide(
      double[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      int a4,
      int a5,
      double[] b,
      int bAt,
      int depth,
      double[] c,
      int cAt,
      int stride) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    DoubleVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    DoubleVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    DoubleVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    DoubleVector c40 = zero, c41 = zero, c42 = zero, c43 = zero;
    DoubleVector c50 = zero, c51 = zero, c52 = zero, c53 = zero;
    int at = bAt;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, at);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, at + LANES);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, at + 2 * LANES);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, at + 3 * LANES);
      DoubleVector v = DoubleVector.broadcast(SPECIES, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = DoubleVector.broadcast(SPECIES, a[a1 + p]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      v = DoubleVector.broadcast(SPECIES, a[a2 + p]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      c23 = v.fma(b3, c23);
      v = DoubleVector.broadcast(SPECIES, a[a3 + p]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
      c33 = v.fma(b3, c33);
      v = DoubleVector.broadcast(SPECIES, a[a4 + p]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      c42 = v.fma(b2, c42);
      c43 = v.fma(b3, c43);
      v = DoubleVector.broadcast(SPECIES, a[a5 + p]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      c52 = v.fma(b2, c52);
      c53 = v.fma(b3, c53);
      at += WIDTH;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c02.intoArray(c, cAt + 2 * LANES);
    c03.intoArray(c, cAt + 3 * LANES);
    c10.intoArray(c, cAt + stride);
    c11.intoArray(c, cAt + stride + LANES);
    c12.intoArray(c, cAt + stride + 2 * LANES);
    c13.intoArray(c, cAt + stride + 3 * LANES);
    c20.intoArray(c, cAt + 2 * stride);
    c21.intoArray(c, cAt + 2 * stride + LANES);
    c22.intoArray(c, cAt + 2 * stride + 2 * LANES);
    c23.intoArray(c, cAt + 2 * stride + 3 * LANES);
    c30.intoArray(c, cAt + 3 * stride);
    c31.intoArray(c, cAt + 3 * stride + LANES);
    c32.intoArray(c, cAt + 3 * stride + 2 * LANES);
    c33.intoArray(c, cAt + 3 * stride + 3 * LANES);
    c40.intoArray(c, cAt + 4 * stride);
    c41.intoArray(c, cAt + 4 * stride + LANES);
    c42.intoArray(c, cAt + 4 * stride + 2 * LANES);
    c43.intoArray(c, cAt + 4 * stride + 3 * LANES);
    c50.intoArray(c, cAt + 5 * stride);
    c51.intoArray(c, cAt + 5 * stride + LANES);
    c52.intoArray(c, cAt + 5 * stride + 2 * LANES);
    c53.intoArray(c, cAt + 5 * stride + 3 * LANES);
  }

  /**
   * The rows of a stand side by side, so that their places differ by constants: with an address for
   * each, HotSpot's compiler runs out of general registers.
   *
   * @param from the first row of b that takes part: sums begin with it, or go on from c
   */
  static void narrow(
      double[] a, int aAt, double[] b, int bAt, int from, int to, double[] c, int cAt, int stride) {
    int c1 = cAt + stride, c2 = c1 + stride, c3 = c2 + stride;
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero, c01 = zero, c10 = zero, c11 = zero;
    DoubleVector c20 = zero, c21 = zero, c30 = zero, c31 = zero;
    if (from > 0) {
      c00 = DoubleVector.fromArray(SPECIES, c, cAt);
      c01 = DoubleVector.fromArray(SPECIES, c, cAt + LANES);
      c10 = DoubleVector.fromArray(SPECIES, c, c1);
      c11 = DoubleVector.fromArray(SPECIES, c, c1 + LANES);
      c20 = DoubleVector.fromArray(SPECIES, c, c2);
      c21 = DoubleVector.fromArray(SPECIES, c, c2 + LANES);
      c30 = DoubleVector.fromArray(SPECIES, c, c3);
      c31 = DoubleVector.fromArray(SPECIES, c, c3 + LANES);
    }
    int ap = aAt + from * 4;
    int bp = bAt + from * WIDTH;
    for (int p = from; p < to; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bp);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bp + LANES);
      DoubleVector v = DoubleVector.broadcast(SPECIES, a[ap]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = DoubleVector.broadcast(SPECIES, a[ap + 1]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = DoubleVector.broadcast(SPECIES, a[ap + 2]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = DoubleVector.broadcast(SPECIES, a[ap + 3]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      ap += 4;
      bp += WIDTH;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + LANES);
    c10.intoArray(c, c1);
    c11.intoArray(c, c1 + LANES);
    c20.intoArray(c, c2);
    c21.intoArray(c, c2 + LANES);
    c30.intoArray(c, c3);
    c31.intoArray(c, c3 + LANES);
  }

  /**
   * Two rows by two narrow panels, for sums too short to be worth putting rows side by side.
   *
   * @param b0 where one panel begins
   * @param b1 where the other does, and {@code apart} how far apart their columns of c are
   */
  static void pair(
      double[] a,
      int a0,
      int a1,
      double[] b,
      int b0,
      int b1,
      int depth,
      double[] c,
      int c0,
      int c1,
      int apart) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    DoubleVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    int next = a1 - a0;
    int at0 = b0, at1 = b1;
    for (int i = a0; i < a0 + depth; i++) {
      DoubleVector v0 = DoubleVector.fromArray(SPECIES, b, at0);
      DoubleVector v1 = DoubleVector.fromArray(SPECIES, b, at0 + LANES);
      DoubleVector v2 = DoubleVector.fromArray(SPECIES, b, at1);
      DoubleVector v3 = DoubleVector.fromArray(SPECIES, b, at1 + LANES);
      DoubleVector v = DoubleVector.broadcast(SPECIES, a[i]);
      c00 = v.fma(v0, c00);
      c01 = v.fma(v1, c01);
      c02 = v.fma(v2, c02);
      c03 = v.fma(v3, c03);
      v = DoubleVector.broadcast(SPECIES, a[i + next]);
      c10 = v.fma(v0, c10);
      c11 = v.fma(v1, c11);
      c12 = v.fma(v2, c12);
      c13 = v.fma(v3, c13);
      at0 += WIDTH;
      at1 += WIDTH;
    }
    c00.intoArray(c, c0);
    c01.intoArray(c, c0 + LANES);
    c02.intoArray(c, c0 + apart);
    c03.intoArray(c, c0 + apart + LANES);
    c10.intoArray(c, c1);
    c11.intoArray(c, c1 + LANES);
    c12.intoArray(c, c1 + apart);
    c13.intoArray(c, c1 + apart + LANES);
  }

  /** Four vectors of a row of panels, from a column on. */
  static void row(double[] x, int xAt, Panels b, double[] c, int column) {
    double[] values = b.values();
    int at0 = place(b, column), at1 = place(b, column + LANES);
    int at2 = place(b, column + 2 * LANES), at3 = place(b, column + 3 * LANES);
    DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, column);
    DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, column + LANES);
    DoubleVector c2 = DoubleVector.fromArray(SPECIES, c, column + 2 * LANES);
    DoubleVector c3 = DoubleVector.fromArray(SPECIES, c, column + 3 * LANES);
    for (int p = 0, down = 0; p < b.depth(); p++, down += WIDTH) {
      DoubleVector v = DoubleVector.broadcast(SPECIES, x[xAt + p]);
      c0 = v.fma(DoubleVector.fromArray(SPECIES, values, at0 + down), c0);
      c1 = v.fma(DoubleVector.fromArray(SPECIES, values, at1 + down), c1);
      c2 = v.fma(DoubleVector.fromArray(SPECIES, values, at2 + down), c2);
      c3 = v.fma(DoubleVector.fromArray(SPECIES, values, at3 + down), c3);
    }
    c0.intoArray(c, column);
    c1.intoArray(c, column + LANES);
    c2.intoArray(c, column + 2 * LANES);
    c3.intoArray(c, column + 3 * LANES);
  }

  private static int place(Panels b, int column) {
    return b.panel(column - column % WIDTH) + column % WIDTH;
  }
}
