package io.lyascope.dynamics;

import java.util.ArrayList;
import java.util.List;

/**
 * Vectors as combinations of orthonormal ones: Z = Q R with as many columns in Q as Z has linearly
 * independent ones. A vector whose remainder is rounding noise adds none, so that a network that
 * has lost directions carries fewer of them from there on.
 *
 * @param basis the orthonormal vectors, one a row
 * @param triangle R, a column for each vector that there was
 */
record Factors(Matrix basis, Matrix triangle) {

  private static final double EPSILON = 0x1p-52;

  /**
   * Decomposes vectors in their order, by Gram and Schmidt's method, done twice.
   *
   * @param vectors one a row
   */
  static Factors of(Matrix vectors, Kernels kernels) {
    int width = vectors.columns();
    List<double[]> basis = new ArrayList<>();
    List<double[]> coefficients = new ArrayList<>();
    for (int j = 0; j < vectors.rows(); j++) {
      double[] rest = new double[width];
      System.arraycopy(vectors.values(), vectors.row(j), rest, 0, width);
      double before = norm(rest);
      double[] parts = new double[vectors.rows()];
      for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < basis.size(); i++) {
          double part = kernels.dot(basis.get(i), 0, rest, 0, width);
          parts[i] += part;
          Kernels.add(-part, basis.get(i), 0, rest, 0, width);
        }
      }
      double remainder = norm(rest);
      if (basis.size() < width && remainder > width * EPSILON * before) {
        parts[basis.size()] = remainder;
        for (int i = 0; i < width; i++) {
          rest[i] /= remainder;
        }
        basis.add(rest);
      }
      coefficients.add(parts);
    }
    return new Factors(rows(basis, width), columns(coefficients, basis.size()));
  }

  private static Matrix rows(List<double[]> vectors, int width) {
    Matrix rows = Matrix.zeros(vectors.size(), width);
    for (int r = 0; r < vectors.size(); r++) {
      System.arraycopy(vectors.get(r), 0, rows.values(), rows.row(r), width);
    }
    return rows;
  }

  private static Matrix columns(List<double[]> vectors, int height) {
    Matrix columns = Matrix.zeros(height, vectors.size());
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < vectors.size(); c++) {
        columns.values()[columns.row(r) + c] = vectors.get(c)[r];
      }
    }
    return columns;
  }

  private static double norm(double[] vector) {
    double largest = 0;
    for (double x : vector) {
      largest = Math.max(largest, Math.abs(x));
    }
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double x : vector) {
      sum += x / largest * (x / largest);
    }
    return largest * Math.sqrt(sum);
  }
}
