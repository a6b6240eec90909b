package io.lyascope.dynamics;

import java.util.Arrays;

/** Plain Java: a two by four tile of fused multiply-adds at a time. */
final class ScalarArithmetic implements Arithmetic {

  private static final int COLUMNS = 4;

  @Override
  public void multiply(
      double[] a, int aAt, int aStride, int rows, Panels b, double[] c, double[] packed) {
    int width = b.width();
    for (int column = 0; column < width; column += WIDTH) {
      for (int top = 0; top < rows; top += 2) {
        int first = aAt + top * aStride;
        int second = aAt + Math.min(top + 1, rows - 1) * aStride;
        for (int left = 0; left < WIDTH; left += COLUMNS) {
          int from = b.panel(column) + left;
          int to = top * width + column + left;
          pair(a, first, second, b.values(), from, b.depth(), c, to, width);
        }
      }
    }
  }

  /** Two rows of four columns. */
  private static void pair(
      double[] a,
      int first,
      int second,
      double[] b,
      int bAt,
      int depth,
      double[] c,
      int cAt,
      int stride) {
    double c00 = 0, c01 = 0, c02 = 0, c03 = 0;
    double c10 = 0, c11 = 0, c12 = 0, c13 = 0;
    int at = bAt;
    for (int p = 0; p < depth; p++) {
      double b0 = b[at], b1 = b[at + 1], b2 = b[at + 2], b3 = b[at + 3];
      double v = a[first + p];
      c00 = Math.fma(v, b0, c00);
      c01 = Math.fma(v, b1, c01);
      c02 = Math.fma(v, b2, c02);
      c03 = Math.fma(v, b3, c03);
      v = a[second + p];
      c10 = Math.fma(v, b0, c10);
      c11 = Math.fma(v, b1, c11);
      c12 = Math.fma(v, b2, c12);
      c13 = Math.fma(v, b3, c13);
      at += WIDTH;
    }
    c[cAt] = c00;
    c[cAt + 1] = c01;
    c[cAt + 2] = c02;
    c[cAt + 3] = c03;
    c[cAt + stride] = c10;
    c[cAt + stride + 1] = c11;
    c[cAt + stride + 2] = c12;
    c[cAt + stride + 3] = c13;
  }

  @Override
  public void multiply(
      float[] a, int aAt, float[] b, int bAt, int depth, float[] c, int cAt, int cStride) {
    for (int row = 0; row < ROWS; row++) {
      int to = cAt + row * cStride;
      Arrays.fill(c, to, to + SINGLES, 0);
      for (int p = 0; p < depth; p++) {
        float v = a[aAt + p * ROWS + row];
        for (int j = 0; j < SINGLES; j++) {
          c[to + j] = Math.fma(v, b[bAt + p * SINGLES + j], c[to + j]);
        }
      }
    }
  }

  @Override
  public void addRow(double[] x, int xAt, Panels b, double[] c) {
    for (int column = 0; column < b.width(); column += WIDTH) {
      for (int p = 0; p < b.depth(); p++) {
        add(x[xAt + p], b.values(), b.panel(column) + p * WIDTH, c, column, WIDTH);
      }
    }
  }

  @Override
  public void scale(double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int p = 0; p < depth * WIDTH; p += WIDTH) {
      for (int j = 0; j < WIDTH; j++) {
        c[cAt + p + j] = scale[at + j] * b[bAt + p + j];
      }
    }
  }

  @Override
  public void addScaled(
      double[] scale, int at, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int p = 0; p < depth * WIDTH; p += WIDTH) {
      for (int j = 0; j < WIDTH; j++) {
        c[cAt + p + j] = Math.fma(scale[at + j], b[bAt + p + j], c[cAt + p + j]);
      }
    }
  }

  @Override
  public void scaleRows(double[] scale, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int p = 0; p < depth; p++) {
      for (int j = p * WIDTH; j < (p + 1) * WIDTH; j++) {
        c[cAt + j] = scale[p] * b[bAt + j];
      }
    }
  }

  @Override
  public void addScaledRows(double[] scale, double[] b, int bAt, int depth, double[] c, int cAt) {
    for (int p = 0; p < depth; p++) {
      for (int j = p * WIDTH; j < (p + 1) * WIDTH; j++) {
        c[cAt + j] = Math.fma(scale[p], b[bAt + j], c[cAt + j]);
      }
    }
  }

  @Override
  public double dot(double[] x, int xAt, double[] y, int yAt, int count, double[] parts) {
    Arrays.fill(parts, 0, PARTS, 0);
    int whole = count - count % PARTS;
    for (int i = 0; i < whole; i += PARTS) {
      for (int part = 0; part < PARTS; part++) {
        parts[part] = Math.fma(x[xAt + i + part], y[yAt + i + part], parts[part]);
      }
    }
    Arithmetic.fold(parts, 0, PARTS);
    return Arithmetic.sum(parts, x, xAt, y, yAt, whole, count);
  }

  @Override
  public void deflate(double[] values, int units, int first, int count, int size, double[] parts) {
    for (int at = first; at < first + count * size; at += size) {
      deflate(values, units, at, size, parts);
    }
  }

  /** One vector, whose scalar products are sums of eight partial ones. */
  static void deflate(double[] values, int units, int at, int size, double[] parts) {
    Arrays.fill(parts, 0);
    for (int unit = 0; unit < UNITS; unit++) {
      int from = units + unit * size;
      for (int i = 0; i < size; i++) {
        int part = 8 * unit + i % 8;
        parts[part] = Math.fma(values[from + i], values[at + i], parts[part]);
      }
      Arithmetic.fold(parts, 8 * unit, 8);
    }
    double s0 = -Arithmetic.sumOfFour(parts, 0), s1 = -Arithmetic.sumOfFour(parts, 8);
    double s2 = -Arithmetic.sumOfFour(parts, 16), s3 = -Arithmetic.sumOfFour(parts, 24);
    for (int i = 0, unit = units; i < size; i++, unit++) {
      double left = Math.fma(s0, values[unit], values[at + i]);
      left = Math.fma(s1, values[unit + size], left);
      left = Math.fma(s2, values[unit + 2 * size], left);
      values[at + i] = Math.fma(s3, values[unit + 3 * size], left);
    }
  }

  @Override
  public void add(double factor, double[] x, int xAt, double[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = Math.fma(factor, x[xAt + i], y[yAt + i]);
    }
  }

  @Override
  public void multiply(double[] s, double[] x, int xAt, double[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = s[i] * x[xAt + i];
    }
  }

  @Override
  public void multiplyAdd(
      double[] s, double[] z, int zAt, double[] x, int xAt, double[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = Math.fma(s[i], z[zAt + i], x[xAt + i]);
    }
  }

  @Override
  public boolean areWithin(double[] values, int size, int count, double least, double most) {
    for (int i = 0; i < count; i++) {
      double largest = Double.longBitsToDouble(largestBits(values, i * size, size));
      if (!(largest >= least && largest <= most)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long largestBits(double[] values, int at, int count) {
    long largest = 0;
    for (int i = 0; i < count; i++) {
      largest = Math.max(largest, Double.doubleToRawLongBits(values[at + i]) & Long.MAX_VALUE);
    }
    return largest;
  }
}
