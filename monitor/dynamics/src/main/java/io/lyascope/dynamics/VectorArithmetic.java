package io.lyascope.dynamics;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API. A tile keeps its sums in registers: six rows by four vectors where there are 32
 * vector registers, by two where there are 16 (256-bit machines), which is as many as fit.
 *
 * <p>Slower than plain Java by orders of magnitude until it is compiled; see {@link Kernels}.
 */
final class VectorArithmetic implements Arithmetic {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> BITS = LongVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final boolean FEW_REGISTERS = LANES == 4;
  private static final int STRIPE = LANES * (FEW_REGISTERS ? 2 : 4);

  @Override
  public void tile(
      double[] a, int aAt, double[] b, int bAt, int depth, double[] c, int cAt, int stride) {
    for (int left = 0; left < WIDTH; left += STRIPE) {
      if (FEW_REGISTERS) {
        twoWide(a, aAt, b, bAt + left, depth, c, cAt + left, stride);
      } else {
        fourWide(a, aAt, b, bAt + left, depth, c, cAt + left, stride);
      }
    }
  }

  private static void fourWide(
      double[] a, int aAt, double[] b, int bAt, int depth, double[] c, int cAt, int stride) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero, c01 = zero, c02 = zero, c03 = zero;
    DoubleVector c10 = zero, c11 = zero, c12 = zero, c13 = zero;
    DoubleVector c20 = zero, c21 = zero, c22 = zero, c23 = zero;
    DoubleVector c30 = zero, c31 = zero, c32 = zero, c33 = zero;
    DoubleVector c40 = zero, c41 = zero, c42 = zero, c43 = zero;
    DoubleVector c50 = zero, c51 = zero, c52 = zero, c53 = zero;
    int from = aAt;
    int at = bAt;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = load(b, at), b1 = load(b, at + LANES);
      DoubleVector b2 = load(b, at + 2 * LANES), b3 = load(b, at + 3 * LANES);
      DoubleVector v = all(a[from]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      c02 = v.fma(b2, c02);
      c03 = v.fma(b3, c03);
      v = all(a[from + 1]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      c12 = v.fma(b2, c12);
      c13 = v.fma(b3, c13);
      v = all(a[from + 2]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      c22 = v.fma(b2, c22);
      c23 = v.fma(b3, c23);
      v = all(a[from + 3]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      c32 = v.fma(b2, c32);
      c33 = v.fma(b3, c33);
      v = all(a[from + 4]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      c42 = v.fma(b2, c42);
      c43 = v.fma(b3, c43);
      v = all(a[from + 5]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      c52 = v.fma(b2, c52);
      c53 = v.fma(b3, c53);
      from += ROWS;
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

  private static void twoWide(
      double[] a, int aAt, double[] b, int bAt, int depth, double[] c, int cAt, int stride) {
    DoubleVector zero = DoubleVector.zero(SPECIES);
    DoubleVector c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero;
    DoubleVector c30 = zero, c31 = zero, c40 = zero, c41 = zero, c50 = zero, c51 = zero;
    int from = aAt;
    int at = bAt;
    for (int p = 0; p < depth; p++) {
      DoubleVector b0 = load(b, at), b1 = load(b, at + LANES);
      DoubleVector v = all(a[from]);
      c00 = v.fma(b0, c00);
      c01 = v.fma(b1, c01);
      v = all(a[from + 1]);
      c10 = v.fma(b0, c10);
      c11 = v.fma(b1, c11);
      v = all(a[from + 2]);
      c20 = v.fma(b0, c20);
      c21 = v.fma(b1, c21);
      v = all(a[from + 3]);
      c30 = v.fma(b0, c30);
      c31 = v.fma(b1, c31);
      v = all(a[from + 4]);
      c40 = v.fma(b0, c40);
      c41 = v.fma(b1, c41);
      v = all(a[from + 5]);
      c50 = v.fma(b0, c50);
      c51 = v.fma(b1, c51);
      from += ROWS;
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

  private static DoubleVector load(double[] values, int at) {
    return DoubleVector.fromArray(SPECIES, values, at);
  }

  private static DoubleVector all(double value) {
    return DoubleVector.broadcast(SPECIES, value);
  }

  @Override
  public void row(double[] x, int xAt, double[] b, int bAt, int depth, double[] c, int cAt) {
    int pair = 2 * LANES;
    for (int left = 0; left < WIDTH; left += pair) {
      DoubleVector c0 = load(c, cAt + left);
      DoubleVector c1 = load(c, cAt + left + LANES);
      int at = bAt + left;
      for (int p = 0; p < depth; p++) {
        DoubleVector v = all(x[xAt + p]);
        c0 = v.fma(load(b, at), c0);
        c1 = v.fma(load(b, at + LANES), c1);
        at += WIDTH;
      }
      store(c0, c1, c, cAt + left);
    }
  }

  @Override
  public void scale(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int left = 0; left < WIDTH; left += LANES) {
      DoubleVector s = load(scale, at + left);
      for (int p = 0; p < depth * WIDTH; p += WIDTH) {
        s.mul(load(b, bAt + left + p)).intoArray(c, cAt + left + p);
      }
    }
  }

  @Override
  public void addScaled(
      double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int left = 0; left < WIDTH; left += LANES) {
      DoubleVector s = load(scale, at + left);
      for (int p = 0; p < depth * WIDTH; p += WIDTH) {
        s.fma(load(b, bAt + left + p), load(c, cAt + left + p)).intoArray(c, cAt + left + p);
      }
    }
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    int whole = count - count % PARTS;
    switch (LANES) {
      case 8 -> twoSums(x, xAt, y, yAt, whole, parts);
      case 4 -> fourSums(x, xAt, y, yAt, whole, parts);
      default -> manySums(x, xAt, y, yAt, whole, parts);
    }
    return Arithmetic.sum(parts, x, xAt, y, yAt, whole, count);
  }

  private static void twoSums(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    DoubleVector s0 = DoubleVector.zero(SPECIES), s1 = s0;
    for (int i = 0; i < count; i += PARTS) {
      s0 = load(x, xAt + i).fma(load(y, yAt + i), s0);
      s1 = load(x, xAt + i + LANES).fma(load(y, yAt + i + LANES), s1);
    }
    store(s0, s1, parts, 0);
  }

  private static void fourSums(
      double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    DoubleVector s0 = DoubleVector.zero(SPECIES), s1 = s0, s2 = s0, s3 = s0;
    for (int i = 0; i < count; i += PARTS) {
      s0 = load(x, xAt + i).fma(load(y, yAt + i), s0);
      s1 = load(x, xAt + i + LANES).fma(load(y, yAt + i + LANES), s1);
      s2 = load(x, xAt + i + 2 * LANES).fma(load(y, yAt + i + 2 * LANES), s2);
      s3 = load(x, xAt + i + 3 * LANES).fma(load(y, yAt + i + 3 * LANES), s3);
    }
    store(s0, s1, s2, s3, parts, 0);
  }

  /** More sums than are worth a variable each: they stay in memory. */
  private static void manySums(
      double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    Arrays.fill(parts, 0, PARTS, 0);
    for (int i = 0; i < count; i += PARTS) {
      for (int part = 0; part < PARTS; part += LANES) {
        int at = i + part;
        load(x, xAt + at).fma(load(y, yAt + at), load(parts, part)).intoArray(parts, part);
      }
    }
  }

  @Override
  public void add(double factor, double[] x, int xAt, double[] y, int yAt, int count) {
    DoubleVector f = all(factor);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      f.fma(load(x, xAt + i), load(y, yAt + i)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < count; i++) {
      y[yAt + i] = Math.fma(factor, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public long largestBits(double[] values, int at, int count) {
    LongVector largest = LongVector.zero(BITS);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      LongVector bits = load(values, at + i).viewAsIntegralLanes().reinterpretAsLongs();
      largest = largest.max(bits.and(Long.MAX_VALUE));
    }
    long most = largest.reduceLanes(VectorOperators.MAX);
    for (int i = whole; i < count; i++) {
      most = Math.max(most, Double.doubleToRawLongBits(values[at + i]) & Long.MAX_VALUE);
    }
    return most;
  }
}
