package io.lyascope.dynamics;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The Vector API, without helpers of our own between: where a method is inlined into a long one,
 * HotSpot may call them, and then their vectors are allocated.
 *
 * <p>Slower than plain Java by orders of magnitude until it is compiled; see {@link Kernels}.
 */
final class VectorArithmetic implements Arithmetic {

  private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int FLOATS = FloatVector.SPECIES_PREFERRED.length();
  private static final boolean FEW_REGISTERS = LANES <= 4;
  private static final int STRIPE = 4 * LANES;

  /** Partial sums for each unit vector of a deflation. */
  private static final int PARTS_OF_UNIT = SCRATCH / UNITS;

  /** Rows of a panel that fill half of a cache of 32 KiB. */
  private static final int NEAR = 64;

  @Override
  public void multiply(
      double[] a,
      int aAt,
      int aStride,
      int rows,
      double[] b,
      int bAt,
      int columns,
      int depth,
      double[] c,
      int cAt,
      int cStride) {
    if (FEW_REGISTERS) {
      inPairs(a, aAt, aStride, rows, b, bAt, columns, depth, c, cAt, cStride);
    } else {
      for (int row = 0; row < rows; row += ROWS) {
        int from = aAt + row * aStride;
        inSixes(a, from, aStride, rows - row, b, bAt, depth, c, cAt + row * cStride, cStride);
      }
    }
  }

  private static void inSixes(
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
      VectorTiles.fourWide(
          a, aAt, a1, a2, a3, a4, a5, b, bAt + left, depth, c, cAt + left, cStride);
    }
  }

  /** As much of the panel at a time as stays in the nearest cache while all rows meet it. */
  private static void inPairs(
      double[] a,
      int aAt,
      int aStride,
      int rows,
      double[] b,
      int bAt,
      int columns,
      int depth,
      double[] c,
      int cAt,
      int cStride) {
    for (int from = 0; from == 0 || from < depth; from += NEAR) {
      int to = Math.min(depth, from + NEAR);
      for (int row = 0; row < rows; row += 2) {
        int a0 = aAt + row * aStride;
        int a1 = row + 1 < rows ? a0 + aStride : a0;
        for (int left = 0; left < Math.min(columns, WIDTH); left += STRIPE) {
          int at = cAt + row * cStride + left;
          VectorTiles.twoRows(a, a0, a1, b, bAt + left, from, to, c, at, at + cStride);
        }
      }
    }
  }

  @Override
  public void multiply(
      float[] a,
      int aAt,
      int aStride,
      float[] b,
      int bAt,
      int depth,
      float[] c,
      int cAt,
      int cStride) {
    if (FEW_REGISTERS) {
      for (int row = 0; row < ROWS; row += 2) {
        for (int left = 0; left < WIDTH; left += 4 * FLOATS) {
          int at = cAt + row * cStride + left;
          VectorTiles.twoSingles(
              a, aAt + row * aStride, aStride, b, bAt + left, depth, c, at, cStride);
        }
      }
    } else {
      for (int left = 0; left < WIDTH; left += 2 * FLOATS) {
        VectorTiles.sixSingles(a, aAt, aStride, b, bAt + left, depth, c, cAt + left, cStride);
      }
    }
  }

  @Override
  public void row(double[] x, int xAt, double[] b, int bAt, int depth, double[] c, int cAt) {
    int pair = 2 * LANES;
    for (int left = 0; left < WIDTH; left += pair) {
      DoubleVector c0 = DoubleVector.fromArray(SPECIES, c, cAt + left);
      DoubleVector c1 = DoubleVector.fromArray(SPECIES, c, cAt + left + LANES);
      int at = bAt + left;
      for (int p = 0; p < depth; p++) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x[xAt + p]);
        c0 = v.fma(DoubleVector.fromArray(SPECIES, b, at), c0);
        c1 = v.fma(DoubleVector.fromArray(SPECIES, b, at + LANES), c1);
        at += WIDTH;
      }
      c0.intoArray(c, cAt + left);
      c1.intoArray(c, cAt + left + LANES);
    }
  }

  @Override
  public void scale(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int left = 0; left < WIDTH; left += LANES) {
      DoubleVector s = DoubleVector.fromArray(SPECIES, scale, at + left);
      for (int p = 0; p < depth * WIDTH; p += WIDTH) {
        s.mul(DoubleVector.fromArray(SPECIES, b, bAt + left + p)).intoArray(c, cAt + left + p);
      }
    }
  }

  @Override
  public void addScaled(
      double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int left = 0; left < WIDTH; left += LANES) {
      DoubleVector s = DoubleVector.fromArray(SPECIES, scale, at + left);
      for (int p = 0; p < depth * WIDTH; p += WIDTH) {
        s.fma(
                DoubleVector.fromArray(SPECIES, b, bAt + left + p),
                DoubleVector.fromArray(SPECIES, c, cAt + left + p))
            .intoArray(c, cAt + left + p);
      }
    }
  }

  @Override
  public void scaleRows(double[] scale, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int p = 0; p < depth; p++) {
      DoubleVector s = DoubleVector.broadcast(SPECIES, scale[p]);
      for (int j = p * WIDTH; j < (p + 1) * WIDTH; j += LANES) {
        s.mul(DoubleVector.fromArray(SPECIES, b, bAt + j)).intoArray(c, cAt + j);
      }
    }
  }

  @Override
  public void addScaledRows(double[] scale, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int p = 0; p < depth; p++) {
      DoubleVector s = DoubleVector.broadcast(SPECIES, scale[p]);
      for (int j = p * WIDTH; j < (p + 1) * WIDTH; j += LANES) {
        s.fma(
                DoubleVector.fromArray(SPECIES, b, bAt + j),
                DoubleVector.fromArray(SPECIES, c, cAt + j))
            .intoArray(c, cAt + j);
      }
    }
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    int whole = count - count % PARTS;
    switch (LANES) {
      case 8 -> VectorSums.two(x, xAt, y, yAt, whole, parts);
      case 4 -> VectorSums.four(x, xAt, y, yAt, whole, parts);
      default -> VectorSums.many(x, xAt, y, yAt, whole, parts);
    }
    return Arithmetic.sum(parts, x, xAt, y, yAt, whole, count);
  }

  @Override
  public void deflate(double[] values, int units, int first, int count, int size, double[] parts) {
    int end = first + count * size;
    int at = first;
    if (size % PARTS_OF_UNIT == 0 && LANES == 8) {
      for (; at + size < end; at += 2 * size) {
        VectorDeflation.byWide(values, units, at, size, parts);
      }
    }
    if (size % PARTS_OF_UNIT == 0 && LANES == 4) {
      for (; at < end; at += size) {
        VectorDeflation.byNarrow(values, units, at, size, parts);
      }
    }
    for (; at < end; at += size) {
      ScalarArithmetic.deflate(values, units, at, size, parts);
    }
  }

  @Override
  public void add(double factor, double[] x, int xAt, double[] y, int yAt, int count) {
    DoubleVector f = DoubleVector.broadcast(SPECIES, factor);
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      f.fma(
              DoubleVector.fromArray(SPECIES, x, xAt + i),
              DoubleVector.fromArray(SPECIES, y, yAt + i))
          .intoArray(y, yAt + i);
    }
    for (int i = whole; i < count; i++) {
      y[yAt + i] = Math.fma(factor, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void multiply(double[] s, double[] x, int xAt, double[] y, int yAt, int count) {
    int whole = SPECIES.loopBound(count);
    for (int i = 0; i < whole; i += LANES) {
      DoubleVector.fromArray(SPECIES, s, i)
          .mul(DoubleVector.fromArray(SPECIES, x, xAt + i))
          .intoArray(y, yAt + i);
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
      DoubleVector.fromArray(SPECIES, s, i)
          .fma(
              DoubleVector.fromArray(SPECIES, z, zAt + i),
              DoubleVector.fromArray(SPECIES, x, xAt + i))
          .intoArray(y, yAt + i);
    }
    for (int i = whole; i < count; i++) {
      y[yAt + i] = Math.fma(s[i], z[zAt + i], x[xAt + i]);
    }
  }

  @Override
  public boolean areWithin(double[] values, int size, int count, double least, double most) {
    return VectorRange.areWithin(values, size, count, least, most);
  }

  @Override
  public long largestBits(double[] values, int at, int count) {
    return VectorRange.largestBits(values, at, count);
  }
}
