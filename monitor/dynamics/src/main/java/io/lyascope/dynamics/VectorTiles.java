package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Tiles of six rows whose sums stay in registers: by four vectors where there are 32 vector
 * registers, by two where there are 16 (256-bit machines), which is as many as fit. Written out,
 * because only local variables are kept in registers, and calling the Vector API directly in loops,
 * because helpers of our own are no longer inlined in methods of this length and then allocate.
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
    store(c00, c01, c02, c03, c, cAt);
    store(c10, c11, c12, c13, c, cAt + stride);
    store(c20, c21, c22, c23, c, cAt + 2 * stride);
    store(c30, c31, c32, c33, c, cAt + 3 * stride);
    store(c40, c41, c42, c43, c, cAt + 4 * stride);
    store(c50, c51, c52, c53, c, cAt + 5 * stride);
  }

  private static void store(
      DoubleVector v0, DoubleVector v1, DoubleVector v2, DoubleVector v3, double[] c, int at) {
    v0.intoArray(c, at);
    v1.intoArray(c, at + LANES);
    v2.intoArray(c, at + 2 * LANES);
    v3.intoArray(c, at + 3 * LANES);
  }

  static void twoWide(
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
    DoubleVector c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
    DoubleVector c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
    int at = bAt;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, at);
      DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, at + LANES);
      DoubleVector v = DoubleVector.broadcast(SPECIES, a[a0 + p]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = DoubleVector.broadcast(SPECIES, a[a1 + p]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = DoubleVector.broadcast(SPECIES, a[a2 + p]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = DoubleVector.broadcast(SPECIES, a[a3 + p]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      v = DoubleVector.broadcast(SPECIES, a[a4 + p]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      v = DoubleVector.broadcast(SPECIES, a[a5 + p]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      at += WIDTH;
    }
    store(c00, c01, c, cAt);
    store(c10, c11, c, cAt + stride);
    store(c20, c21, c, cAt + 2 * stride);
    store(c30, c31, c, cAt + 3 * stride);
    store(c40, c41, c, cAt + 4 * stride);
    store(c50, c51, c, cAt + 5 * stride);
  }

  private static void store(DoubleVector v0, DoubleVector v1, double[] c, int at) {
    v0.intoArray(c, at);
    v1.intoArray(c, at + LANES);
  }

  static void single(
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
    store(c00, c01, c, cAt);
    store(c10, c11, c, cAt + cStride);
    store(c20, c21, c, cAt + 2 * cStride);
    store(c30, c31, c, cAt + 3 * cStride);
    store(c40, c41, c, cAt + 4 * cStride);
    store(c50, c51, c, cAt + 5 * cStride);
  }

  private static void store(FloatVector v0, FloatVector v1, float[] c, int at) {
    v0.intoArray(c, at);
    v1.intoArray(c, at + FLOATS);
  }
}
