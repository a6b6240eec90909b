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
      double[] a,
      int aAt,
      int aStride,
      int rows,
      double[] b,
      int bAt,
      int depth,
      double[] c,
      int cAt,
      int cStride) {
    int last = rows - 1;
    int a1 = aAt + Math.min(1, last) * aStride;
    int a2 = aAt + Math.min(2, last) * aStride;
    int a3 = aAt + Math.min(3, last) * aStride;
    int a4 = aAt + Math.min(4, last) * aStride;
    int a5 = aAt + Math.min(5, last) * aStride;
    for (int left = 0; left < WIDTH; left += STRIPE) {
      if (FEW_REGISTERS) {
        twoWide(a, aAt, a1, a2, a3, a4, a5, b, bAt + left, depth, c, cAt + left, cStride);
      } else {
        fourWide(a, aAt, a1, a2, a3, a4, a5, b, bAt + left, depth, c, cAt + left, cStride);
      }
    }
  }

  private static void fourWide(
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

  private static void twoWide(
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

  /** Two vectors at a time, whose sums do not wait for each other. */
  @Override
  public void deflate(double[] values, int unit, int first, int count, int size, double[] parts) {
    int done = 0;
    if (LANES == PARTS / 2 && size % PARTS == 0) {
      for (; done + 1 < count; done += 2) {
        deflatePair(values, unit, first + done * size, size, parts);
      }
    }
    for (; done < count; done++) {
      int at = first + done * size;
      add(-dot(values, unit, values, at, size, parts), values, unit, values, at, size);
    }
  }

  private static void deflatePair(double[] values, int unit, int at, int size, double[] parts) {
    int second = at + size;
    DoubleVector s0 = DoubleVector.zero(SPECIES), s1 = s0, t0 = s0, t1 = s0;
    for (int i = 0; i < size; i += PARTS) {
      DoubleVector even = DoubleVector.fromArray(SPECIES, values, unit + i);
      DoubleVector odd = DoubleVector.fromArray(SPECIES, values, unit + i + LANES);
      s0 = even.fma(DoubleVector.fromArray(SPECIES, values, at + i), s0);
      s1 = odd.fma(DoubleVector.fromArray(SPECIES, values, at + i + LANES), s1);
      t0 = even.fma(DoubleVector.fromArray(SPECIES, values, second + i), t0);
      t1 = odd.fma(DoubleVector.fromArray(SPECIES, values, second + i + LANES), t1);
    }
    s0.add(s1).intoArray(parts, 0);
    t0.add(t1).intoArray(parts, LANES);
    DoubleVector s = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfEight(parts, 0));
    DoubleVector t = DoubleVector.broadcast(SPECIES, -Arithmetic.sumOfEight(parts, LANES));
    for (int i = 0; i < size; i += LANES) {
      DoubleVector q = DoubleVector.fromArray(SPECIES, values, unit + i);
      s.fma(q, DoubleVector.fromArray(SPECIES, values, at + i)).intoArray(values, at + i);
      t.fma(q, DoubleVector.fromArray(SPECIES, values, second + i)).intoArray(values, second + i);
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
  public void multiply(double[] s, double[] x, int xAt, double[] y, int yAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      load(s, i).mul(load(x, xAt + i)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < count; i++) {
      y[yAt + i] = s[i] * x[xAt + i];
    }
  }

  @Override
  public void multiplyAdd(
      double[] s, double[] z, int zAt, double[] x, int xAt, double[] y, int yAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      load(s, i).fma(load(z, zAt + i), load(x, xAt + i)).intoArray(y, yAt + i);
    }
    for (int i = whole; i < count; i++) {
      y[yAt + i] = Math.fma(s[i], z[zAt + i], x[xAt + i]);
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
