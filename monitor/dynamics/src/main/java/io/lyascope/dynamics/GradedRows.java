package io.lyascope.dynamics;

/**
 * A matrix whose rows may differ in size by any factor: row i stands for {@code rows[i] *
 * 2^powers[i]}, and no row loses digits because another is large.
 */
record GradedRows(double[][] rows, long[] powers) {

  private static final double TOLERANCE = 0x1p-50;
  private static final int ROUNDS = 60;

  /** A row this much smaller than another turns it by less than any double can show. */
  private static final long FAR = -400;

  static GradedRows identity(int size) {
    double[][] rows = new double[size][size];
    for (int i = 0; i < size; i++) {
      rows[i][i] = 1;
    }
    return new GradedRows(rows, new long[size]);
  }

  /** The product of a triangular factor, or any other matrix, and this one. */
  GradedRows multipliedFromLeft(Matrix factor) {
    int width = rows[0].length;
    double[][] product = new double[factor.rows()][width];
    long[] scales = new long[factor.rows()];
    for (int i = 0; i < factor.rows(); i++) {
      long scale = scale(factor, i);
      for (int k = 0; k < factor.columns(); k++) {
        double weight = factor.values()[factor.row(i) + k];
        if (weight != 0) {
          double part = Math.scalb(weight, shift(powers[k] - scale));
          Kernels.add(part, rows[k], 0, product[i], 0, width);
        }
      }
      scales[i] = scale + normalize(product[i]);
    }
    return new GradedRows(product, scales);
  }

  /** The power of the largest contribution to a row. */
  private long scale(Matrix factor, int row) {
    long scale = Long.MIN_VALUE;
    for (int k = 0; k < factor.columns(); k++) {
      double weight = factor.values()[factor.row(row) + k];
      if (weight != 0) {
        scale = Math.max(scale, powers[k] + Math.getExponent(weight));
      }
    }
    return scale == Long.MIN_VALUE ? 0 : scale;
  }

  private static int normalize(double[] row) {
    double largest = 0;
    for (double x : row) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0) {
      return 0;
    }
    int power = Math.getExponent(largest);
    for (int i = 0; i < row.length; i++) {
      row[i] = Math.scalb(row[i], -power);
    }
    return power;
  }

  private static int shift(long power) {
    return Math.toIntExact(Math.clamp(power, -4000L, 4000L));
  }

  /**
   * The natural logarithms of the singular values, in no order: rows are rotated against each other
   * until they are orthogonal (one-sided Jacobi, Hestenes). Uses up this matrix.
   */
  double[] logSingularValues(Kernels kernels) {
    for (int round = 0, turned = 1; turned > 0 && round < ROUNDS; round++) {
      turned = 0;
      for (int i = 0; i < rows.length; i++) {
        for (int j = i + 1; j < rows.length; j++) {
          turned += powers[i] >= powers[j] ? rotate(i, j, kernels) : rotate(j, i, kernels);
        }
      }
    }
    double[] logs = new double[rows.length];
    for (int i = 0; i < logs.length; i++) {
      double square = kernels.dot(rows[i], 0, rows[i], 0, rows[i].length);
      logs[i] = Math.log(square) / 2 + powers[i] * Math.log(2);
    }
    return logs;
  }

  /** Makes two rows orthogonal; 0 if they were. The second has the smaller power. */
  private int rotate(int i, int j, Kernels kernels) {
    double[] x = rows[i];
    double[] y = rows[j];
    int width = x.length;
    double xx = kernels.dot(x, 0, x, 0, width);
    double yy = kernels.dot(y, 0, y, 0, width);
    double xy = kernels.dot(x, 0, y, 0, width);
    if (Math.abs(xy) <= TOLERANCE * Math.sqrt(xx) * Math.sqrt(yy)) {
      return 0;
    }
    long apart = powers[j] - powers[i];
    if (apart < FAR) {
      Kernels.add(-xy / xx, x, 0, y, 0, width);
    } else {
      double small = Math.scalb(1.0, (int) apart);
      double zeta = (yy * small * small - xx) / (2 * xy * small);
      double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.hypot(1, zeta));
      double cosine = 1 / Math.hypot(1, tangent);
      double sine = cosine * tangent;
      for (int k = 0; k < width; k++) {
        double before = x[k];
        x[k] = cosine * before - sine * small * y[k];
        y[k] = sine / small * before + cosine * y[k];
      }
      powers[i] += normalize(x);
    }
    powers[j] += normalize(y);
    return 1;
  }
}
