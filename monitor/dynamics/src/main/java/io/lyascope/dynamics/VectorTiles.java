package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles whose sums stay in registers: six rows by four vectors where there are 32 vector registers,
 * two rows by four where there are 16 (256-bit machines). Written out, because only local variables
 * are kept in registers, and without helpers of our own, because in a method of this length
 * HotSpot's compiler has used up its nodes ({@code NodeCountInliningCutoff}): what is not marked
 * for inlining is then called, with vectors that are allocated for each turn of the loop.
 */
final class VectorTiles {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Float> SINGLE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int FLOATS = SINGLE.length();
  private static final int WIDTH = Arithmetic.WIDTH;

  private VectorTiles() {}

  static void fourWide(
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
   * Two rows by four vectors, in half of 16 registers: C2 reads all the numbers of a before it
   * multiplies, so that of a tile of six rows some sums would wait in memory.
   *
   * @param from the first row of b that takes part: sums begin with it, or go on from c
   */
  static void twoRows(
      double[] a,
      int a0,
      int a1,
      double[] b,
      int bAt,
      int from,
      int to,
      double[] c,
      int c0,
      int c1) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    DoubleVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    if (from > 0) {
      c00 = DoubleVector.fromArray(SPECIES, c, c0);
      c01 = DoubleVector.fromArray(SPECIES, c, c0 + LANES);
      c02 = DoubleVector.fromArray(SPECIES, c, c0 + 2 * LANES);
      c03 = DoubleVector.fromArray(SPECIES, c, c0 + 3 * LANES);
      c10 = DoubleVector.fromArray(SPECIES, c, c1);
      c11 = DoubleVector.fromArray(SPECIES, c, c1 + LANES);
      c12 = DoubleVector.fromArray(SPECIES, c, c1 + 2 * LANES);
      c13 = DoubleVector.fromArray(SPECIES, c, c1 + 3 * LANES);
    }
    int next = a1 - a0;
    int at = bAt + from * WIDTH;
    for (int i = a0 + from; i < a0 + to; i++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, at);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, at + LANES);
      DoubleVector b2 = DoubleVector.fromArray(SPECIES, b, at + 2 * LANES);
      DoubleVector b3 = DoubleVector.fromArray(SPECIES, b, at + 3 * LANES);
      DoubleVector v = DoubleVector.broadcast(SPECIES, a[i]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = DoubleVector.broadcast(SPECIES, a[i + next]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      at += WIDTH;
    }
    c00.intoArray(c, c0);
    c01.intoArray(c, c0 + LANES);
    c02.intoArray(c, c0 + 2 * LANES);
    c03.intoArray(c, c0 + 3 * LANES);
    c10.intoArray(c, c1);
    c11.intoArray(c, c1 + LANES);
    c12.intoArray(c, c1 + 2 * LANES);
    c13.intoArray(c, c1 + 3 * LANES);
  }

  static void sixSingles(
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bAt,
      int depth,
      float[] c,
      int cAt,
      int cStride) {
    int a1 = a0 + aStride, a2 = a1 + aStride, a3 = a2 + aStride, a4 = a3 + aStride;
    int a5 = a4 + aStride;
    FloatVector zero = FloatVector.zero(SINGLE);
    FloatVector c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
    FloatVector c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
    int at = bAt;
    for (int p = 0; p < depth; p++) {
      FloatVector b0 = FloatVector.fromArray(SINGLE, b, at);
      FloatVector b1 = FloatVector.fromArray(SINGLE, b, at + FLOATS);
      FloatVector v = FloatVector.broadcast(SINGLE, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = FloatVector.broadcast(SINGLE, a[a1 + p]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = FloatVector.broadcast(SINGLE, a[a2 + p]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = FloatVector.broadcast(SINGLE, a[a3 + p]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      v = FloatVector.broadcast(SINGLE, a[a4 + p]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      v = FloatVector.broadcast(SINGLE, a[a5 + p]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      at += WIDTH;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + FLOATS);
    c10.intoArray(c, cAt + cStride);
    c11.intoArray(c, cAt + cStride + FLOATS);
    c20.intoArray(c, cAt + 2 * cStride);
    c21.intoArray(c, cAt + 2 * cStride + FLOATS);
    c30.intoArray(c, cAt + 3 * cStride);
    c31.intoArray(c, cAt + 3 * cStride + FLOATS);
    c40.intoArray(c, cAt + 4 * cStride);
    c41.intoArray(c, cAt + 4 * cStride + FLOATS);
    c50.intoArray(c, cAt + 5 * cStride);
    c51.intoArray(c, cAt + 5 * cStride + FLOATS);
  }

  /** As {@link #twoRows}. */
  static void twoSingles(
      float[] a,
      int a0,
      int aStride,
      float[] b,
      int bAt,
      int depth,
      float[] c,
      int cAt,
      int cStride) {
    FloatVector zero = FloatVector.zero(SINGLE);
    FloatVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    FloatVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    int at = bAt;
    for (int i = a0; i < a0 + depth; i++) {
      FloatVector b0 = FloatVector.fromArray(SINGLE, b, at);
      FloatVector b1 = FloatVector.fromArray(SINGLE, b, at + FLOATS);
      FloatVector b2 = FloatVector.fromArray(SINGLE, b, at + 2 * FLOATS);
      FloatVector b3 = FloatVector.fromArray(SINGLE, b, at + 3 * FLOATS);
      FloatVector v = FloatVector.broadcast(SINGLE, a[i]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = FloatVector.broadcast(SINGLE, a[i + aStride]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      at += WIDTH;
    }
    c00.intoArray(c, cAt);
    c01.intoArray(c, cAt + FLOATS);
    c02.intoArray(c, cAt + 2 * FLOATS);
    c03.intoArray(c, cAt + 3 * FLOATS);
    c10.intoArray(c, cAt + cStride);
    c11.intoArray(c, cAt + cStride + FLOATS);
    c12.intoArray(c, cAt + cStride + 2 * FLOATS);
    c13.intoArray(c, cAt + cStride + 3 * FLOATS);
  }
}
