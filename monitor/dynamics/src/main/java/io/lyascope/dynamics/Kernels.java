package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * The products that take the time: dense, double, cache-blocked, with a four by four tile of fused
 * multiply-adds in registers. One instance per thread, because it owns the packing buffer.
 */
final class Kernels {

  /** Depth and width of the packed block of the right-hand side: 128 KiB, which a core keeps. */
  private static final int DEPTH = 256;

  private static final int WIDTH = 64;
  private static final int TILE = 4;

  private final double[] packed = new double[DEPTH * WIDTH];

  /** What happens to the target of a product. */
  enum Target {
    /** c = a b. */
    SET,
    /** c = c + a b. */
    ADD,
    /** c = c - a b. */
    SUBTRACT
  }

  /**
   * The product of {@code a} (m x d) with d rows of a dense row-major matrix that has as many
   * columns as {@code c}.
   *
   * @param b must not share elements with {@code c}, nor {@code a} with {@code c}
   * @param row the first of these rows
   */
  void multiply(Matrix a, double[] b, int row, Matrix c) {
    multiply(a, b, row * c.columns(), c.columns(), 1, c, Target.SET);
  }

  /** c = a b, c = c + a b or c = c - a b. */
  void multiply(Matrix a, Matrix b, Matrix c, Target target) {
    multiply(a, b.values(), b.at(), b.stride(), 1, c, target);
  }

  /** c = a b^T: {@code a} is m x d, {@code b} is n x d. */
  void multiplyTransposed(Matrix a, Matrix b, Matrix c) {
    multiply(a, b.values(), b.at(), 1, b.stride(), c, Target.SET);
  }

  private void multiply(
      Matrix a, double[] b, int at, int rowStep, int columnStep, Matrix c, Target target) {
    int depth = a.columns();
    if (depth == 0 && target == Target.SET) {
      clear(c);
    }
    for (int left = 0; left < c.columns(); left += WIDTH) {
      int width = Math.min(WIDTH, c.columns() - left);
      for (int top = 0; top < depth; top += DEPTH) {
        int height = Math.min(DEPTH, depth - top);
        pack(b, at + top * rowStep + left * columnStep, rowStep, columnStep, height, width);
        double sign = target == Target.SUBTRACT ? -1 : 1;
        double keep = target == Target.SET && top == 0 ? 0 : 1;
        for (int i = 0; i < c.rows(); i += TILE) {
          for (int j = 0; j < width; j += TILE) {
            tile(a, i, top, height, j, c, left + j, sign, keep);
          }
        }
      }
    }
  }

  private static void clear(Matrix c) {
    for (int i = 0; i < c.rows(); i++) {
      Arrays.fill(c.values(), c.row(i), c.row(i) + c.columns(), 0);
    }
  }

  /** Lays four columns at a time row by row, filling up with zeros. */
  private void pack(double[] b, int at, int rowStep, int columnStep, int height, int width) {
    int to = 0;
    for (int left = 0; left < width; left += TILE) {
      int present = Math.min(TILE, width - left);
      for (int i = 0; i < height; i++) {
        int from = at + i * rowStep + left * columnStep;
        for (int j = 0; j < present; j++) {
          packed[to + j] = b[from + j * columnStep];
        }
        for (int j = present; j < TILE; j++) {
          packed[to + j] = 0;
        }
        to += TILE;
      }
    }
  }

  /** Rows beyond the last one repeat it and are not stored. */
  private void tile(
      Matrix a,
      int top,
      int from,
      int depth,
      int panel,
      Matrix c,
      int left,
      double sign,
      double keep) {
    double[] values = a.values();
    int last = a.rows() - 1;
    int a0 = a.row(top) + from;
    int a1 = a.row(Math.min(top + 1, last)) + from;
    int a2 = a.row(Math.min(top + 2, last)) + from;
    int a3 = a.row(Math.min(top + 3, last)) + from;
    int at = panel * depth;
    double c00 = 0, c01 = 0, c02 = 0, c03 = 0;
    double c10 = 0, c11 = 0, c12 = 0, c13 = 0;
    double c20 = 0, c21 = 0, c22 = 0, c23 = 0;
    double c30 = 0, c31 = 0, c32 = 0, c33 = 0;
    for (int p = 0; p < depth; p++, at += TILE) {
      double b0 = packed[at], b1 = packed[at + 1], b2 = packed[at + 2], b3 = packed[at + 3];
      double v = values[a0 + p];
      c00 = Math.fma(v, b0, c00);
      c01 = Math.fma(v, b1, c01);
      c02 = Math.fma(v, b2, c02);
      c03 = Math.fma(v, b3, c03);
      v = values[a1 + p];
      c10 = Math.fma(v, b0, c10);
      c11 = Math.fma(v, b1, c11);
      c12 = Math.fma(v, b2, c12);
      c13 = Math.fma(v, b3, c13);
      v = values[a2 + p];
      c20 = Math.fma(v, b0, c20);
      c21 = Math.fma(v, b1, c21);
      c22 = Math.fma(v, b2, c22);
      c23 = Math.fma(v, b3, c23);
      v = values[a3 + p];
      c30 = Math.fma(v, b0, c30);
      c31 = Math.fma(v, b1, c31);
      c32 = Math.fma(v, b2, c32);
      c33 = Math.fma(v, b3, c33);
    }
    int rows = c.rows() - top;
    store(c, top, left, sign, keep, c00, c01, c02, c03);
    if (rows > 1) {
      store(c, top + 1, left, sign, keep, c10, c11, c12, c13);
    }
    if (rows > 2) {
      store(c, top + 2, left, sign, keep, c20, c21, c22, c23);
    }
    if (rows > 3) {
      store(c, top + 3, left, sign, keep, c30, c31, c32, c33);
    }
  }

  private static void store(
      Matrix c,
      int row,
      int left,
      double sign,
      double keep,
      double v0,
      double v1,
      double v2,
      double v3) {
    int at = c.row(row) + left;
    int present = c.columns() - left;
    put(c.values(), at, sign * v0, keep);
    if (present > 1) {
      put(c.values(), at + 1, sign * v1, keep);
    }
    if (present > 2) {
      put(c.values(), at + 2, sign * v2, keep);
    }
    if (present > 3) {
      put(c.values(), at + 3, sign * v3, keep);
    }
  }

  /** What was in a target that is set may be anything, NaN included. */
  private static void put(double[] values, int at, double value, double keep) {
    values[at] = keep == 0 ? value : values[at] + value;
  }

  /** out = w x + bias. */
  static void affine(Matrix w, double[] x, double[] bias, double[] out) {
    for (int i = 0; i < w.rows(); i++) {
      out[i] = bias[i] + dot(w.values(), w.row(i), x, 0, w.columns());
    }
  }

  /** The scalar product of two stretches. */
  static double dot(double[] x, int xAt, double[] y, int yAt, int count) {
    double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      s0 = Math.fma(x[xAt + i], y[yAt + i], s0);
      s1 = Math.fma(x[xAt + i + 1], y[yAt + i + 1], s1);
      s2 = Math.fma(x[xAt + i + 2], y[yAt + i + 2], s2);
      s3 = Math.fma(x[xAt + i + 3], y[yAt + i + 3], s3);
    }
    for (; i < count; i++) {
      s0 = Math.fma(x[xAt + i], y[yAt + i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  /** y = y + factor x, over two stretches. */
  static void add(double factor, double[] x, int xAt, double[] y, int yAt, int count) {
    for (int i = 0; i < count; i++) {
      y[yAt + i] = Math.fma(factor, x[xAt + i], y[yAt + i]);
    }
  }
}
