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

  /** Columns of a narrow tile: those of a panel, or a part of them where vectors are shorter. */
  private static final int STRIPE = 2 * LANES;

  /** Partial sums for each unit vector of a deflation. */
  private static final int PARTS_OF_UNIT = SCRATCH / UNITS;

  /** Rows of a narrow panel that fill half of a cache of 32 KiB. */
  private static final int NEAR = 256;

  /** Depth up to which rows are not worth being put side by side (measured: RATIONALE.md). */
  private static final int SHORT = 64;

  @Override
  public void multiply(
      double[] a, int aAt, int aStride, int rows, Panels b, double[] c, double[] packed) {
    switch (Tile.HERE) {
      case WIDE -> byWide(a, aAt, aStride, rows, b, c);
      case NARROW -> {
        if (b.depth() <= SHORT) {
          byPairs(a, aAt, aStride, rows, b, c);
        } else {
          byNarrow(a, aAt, aStride, rows, b, c, packed);
        }
      }
    }
  }

  private static void byWide(double[] a, int aAt, int aStride, int rows, Panels b, double[] c) {
    int width = b.width();
    for (int column = 0; column < width; column += WIDTH) {
      for (int row = 0; row < rows; row += ROWS) {
        int last = rows - row - 1;
        int a0 = aAt + row * aStride;
        int a1 = a0 + Math.min(1, last) * aStride;
        int a2 = a0 + Math.min(2, last) * aStride;
        int a3 = a0 + Math.min(3, last) * aStride;
        int a4 = a0 + Math.min(4, last) * aStride;
        int a5 = a0 + Math.min(5, last) * aStride;
        int from = b.panel(column);
        int to = row * width + column;
        VectorTiles.wide(a, a0, a1, a2, a3, a4, a5, b.values(), from, b.depth(), c, to, width);
      }
    }
  }

  private static void byPairs(double[] a, int aAt, int aStride, int rows, Panels b, double[] c) {
    int width = b.width();
    for (int column = 0; column < width; column += 2 * WIDTH) {
      int apart = Math.min(WIDTH, width - WIDTH - column);
      int left = b.panel(column);
      int right = b.panel(column + apart);
      for (int row = 0; row < rows; row += 2) {
        int a0 = aAt + row * aStride;
        int a1 = row + 1 < rows ? a0 + aStride : a0;
        for (int part = 0; part < WIDTH; part += STRIPE) {
          int to = row * width + column + part;
          VectorTiles.pair(
              a,
              a0,
              a1,
              b.values(),
              left + part,
              right + part,
              b.depth(),
              c,
              to,
              to + width,
              apart);
        }
      }
    }
  }

  /** As much of a panel at a time as stays in the nearest cache while all rows meet it. */
  private static void byNarrow(
      double[] a, int aAt, int aStride, int rows, Panels b, double[] c, double[] packed) {
    int width = b.width();
    int depth = b.depth();
    for (int row = 0; row < rows; row += ROWS) {
      pack(a, aAt + row * aStride, aStride, rows - row - 1, depth, packed, row * depth);
    }
    for (int from = 0; from == 0 || from < depth; from += NEAR) {
      int to = Math.min(depth, from + NEAR);
      for (int column = 0; column < width; column += WIDTH) {
        for (int part = 0; part < WIDTH; part += STRIPE) {
          int panel = b.panel(column) + part;
          for (int row = 0; row < rows; row += ROWS) {
            int at = row * width + column + part;
            VectorTiles.narrow(packed, row * depth, b.values(), panel, from, to, c, at, width);
          }
        }
      }
    }
  }

  /** Puts the rows of a tile side by side, the last one several times where there are fewer. */
  private static void pack(
      double[] a, int a0, int stride, int last, int depth, double[] packed, int at) {
    int a1 = a0 + Math.min(1, last) * stride;
    int a2 = a0 + Math.min(2, last) * stride;
    int a3 = a0 + Math.min(3, last) * stride;
    for (int p = 0, to = at; p < depth; p++, to += 4) {
      packed[to] = a[a0 + p];
      packed[to + 1] = a[a1 + p];
      packed[to + 2] = a[a2 + p];
      packed[to + 3] = a[a3 + p];
    }
  }

  @Override
  public void multiply(
      float[] a, int aAt, float[] b, int bAt, int depth, float[] c, int cAt, int cStride) {
    switch (Tile.HERE) {
      case WIDE -> SingleTiles.wide(a, aAt, b, bAt, depth, c, cAt, cStride);
      case NARROW -> {
        for (int part = 0; part < SINGLES; part += 2 * FLOATS) {
          SingleTiles.narrow(a, aAt, b, bAt + part, depth, c, cAt + part, cStride);
        }
      }
    }
  }

  @Override
  public void addRow(double[] x, int xAt, Panels b, double[] c) {
    int column = 0;
    for (; column + 4 * LANES <= b.width(); column += 4 * LANES) {
      VectorTiles.row(x, xAt, b, c, column);
    }
    for (; column < b.width(); column += LANES) {
      int at = b.panel(column - column % WIDTH) + column % WIDTH;
      DoubleVector sum = DoubleVector.fromArray(SPECIES, c, column);
      for (int p = 0; p < b.depth(); p++) {
        DoubleVector v = DoubleVector.broadcast(SPECIES, x[xAt + p]);
        sum = v.fma(DoubleVector.fromArray(SPECIES, b.values(), at), sum);
        at += WIDTH;
      }
      sum.intoArray(c, column);
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
      for (; at + size < end; at += 2 * size) {
        VectorDeflation.byNarrowPair(values, units, at, size, parts);
      }
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
