package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * QR decomposition of a tangent basis in place, with a non-negative diagonal of R, of which only
 * the logarithms are kept.
 *
 * <p>Blocked Gram-Schmidt in which every panel is projected and orthonormalised twice, as accurate
 * as Householder's (Stewart 2008). A column whose remainder is rounding noise keeps its tiny R_ii
 * and is replaced, after all others, by a unit vector orthogonal to them: noise made orthonormal
 * would masquerade as a direction of the system.
 */
final class Orthonormalizer {

  private static final int PANEL = 16;
  private static final double EPSILON = 0x1p-52;

  private final int rows;
  private final int columns;
  private final Kernels kernels;

  /** The basis, one column a row. */
  private final Matrix transposed;

  private final Matrix[] before;
  private final Matrix[] panels;
  private final Matrix[] shares;
  private final double[] norms;
  private final double[] candidate;

  /** log R_ii of the last decomposition, negative infinity where R_ii is zero. */
  final double[] logDiagonal;

  /** The logarithm of the longest column that the last decomposition was given. */
  double logLongest;

  /** Whether column i was rounding noise in the last decomposition. */
  final boolean[] lost;

  Orthonormalizer(int rows, int columns, Kernels kernels) {
    this.rows = rows;
    this.columns = columns;
    this.kernels = kernels;
    this.transposed = Matrix.zeros(/* rows= */ columns, /* columns= */ rows);
    this.norms = new double[columns];
    this.candidate = new double[rows];
    this.logDiagonal = new double[columns];
    this.lost = new boolean[columns];
    int count = (columns + PANEL - 1) / PANEL;
    this.before = new Matrix[count];
    this.panels = new Matrix[count];
    this.shares = new Matrix[count];
    double[] share = new double[PANEL * columns];
    for (int p = 0; p < count; p++) {
      int from = p * PANEL;
      int width = Math.min(PANEL, columns - from);
      before[p] = transposed.rows(0, from);
      panels[p] = transposed.rows(from, width);
      shares[p] = new Matrix(share, 0, from, width, from);
    }
  }

  /** Replaces the basis by Q; exponents go back to zero. */
  void orthonormalize(TangentBasis basis) {
    basis.normalizeRange();
    transpose(basis);
    measure(basis);
    for (int p = 0; p < panels.length; p++) {
      int from = p * PANEL;
      project(p);
      orthonormalizePanel(from, panels[p].rows());
      project(p);
      polishPanel(from, panels[p].rows());
    }
    for (int j = 0; j < columns; j++) {
      logDiagonal[j] += basis.exponents[j] * Math.log(2);
      if (lost[j]) {
        replace(j);
      }
    }
    transposeBack(basis);
  }

  /** What rounding may have added to log R_ii: log(1 + n eps s / R_ii). */
  double resolution(int i) {
    double ratio = logLongest - logDiagonal[i] + Math.log(rows * EPSILON);
    return ratio > 40 ? ratio : Math.log1p(Math.exp(ratio));
  }

  private void measure(TangentBasis basis) {
    logLongest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      norms[j] = norm(j);
      logLongest = Math.max(logLongest, Math.log(norms[j]) + basis.exponents[j] * Math.log(2));
      logDiagonal[j] = 0;
      lost[j] = false;
    }
  }

  /** Takes the components along the columns before the panel out of it. */
  private void project(int p) {
    if (before[p].rows() > 0) {
      kernels.multiplyTransposed(panels[p], before[p], shares[p]);
      kernels.multiply(shares[p], before[p], panels[p], Kernels.Target.SUBTRACT);
    }
  }

  private void orthonormalizePanel(int from, int width) {
    for (int j = from; j < from + width; j++) {
      reduce(from, j);
      double once = norm(j);
      reduce(from, j);
      double remainder = norm(j);
      if (remainder <= rows * EPSILON * norms[j] || remainder < once / 2) {
        lose(j, once);
      } else {
        accept(j, remainder);
      }
    }
  }

  /** Unit columns lose next to nothing here, unless they were noise after all. */
  private void polishPanel(int from, int width) {
    for (int j = from; j < from + width; j++) {
      if (!lost[j]) {
        reduce(from, j);
        double remainder = norm(j);
        if (remainder < 0.5) {
          lose(j, 1);
        } else {
          accept(j, remainder);
        }
      }
    }
  }

  /** Takes the components along the panel's columns before j out of column j. */
  private void reduce(int from, int j) {
    for (int i = from; i < j; i++) {
      Kernels.add(-dot(i, j), transposed.values(), i * rows, transposed.values(), j * rows, rows);
    }
  }

  private void accept(int j, double length) {
    logDiagonal[j] += Math.log(length);
    scale(j, 1 / length);
  }

  /** A zero column takes part in nothing until it is replaced. */
  private void lose(int j, double length) {
    logDiagonal[j] += Math.log(length);
    lost[j] = true;
    Arrays.fill(transposed.values(), j * rows, (j + 1) * rows, 0);
  }

  /** The coordinate direction that the others cover least, made orthogonal to them. */
  private void replace(int j) {
    Arrays.fill(candidate, 0);
    for (int i = 0; i < columns; i++) {
      for (int r = 0; r < rows; r++) {
        double q = transposed.values()[i * rows + r];
        candidate[r] += q * q;
      }
    }
    int least = 0;
    for (int r = 1; r < rows; r++) {
      least = candidate[r] < candidate[least] ? r : least;
    }
    transposed.values()[j * rows + least] = 1;
    for (int pass = 0; pass < 3; pass++) {
      for (int i = 0; i < columns; i++) {
        if (i != j) {
          Kernels.add(
              -dot(i, j), transposed.values(), i * rows, transposed.values(), j * rows, rows);
        }
      }
    }
    scale(j, 1 / norm(j));
  }

  private double dot(int i, int j) {
    return Kernels.dot(transposed.values(), i * rows, transposed.values(), j * rows, rows);
  }

  private double norm(int j) {
    return Math.sqrt(dot(j, j));
  }

  private void scale(int j, double factor) {
    double[] values = transposed.values();
    for (int at = j * rows; at < (j + 1) * rows; at++) {
      values[at] *= factor;
    }
  }

  private void transpose(TangentBasis basis) {
    double[] values = transposed.values();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[j * rows + i] = basis.values[i * columns + j];
      }
    }
  }

  private void transposeBack(TangentBasis basis) {
    double[] values = transposed.values();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        basis.values[i * columns + j] = values[j * rows + i];
      }
    }
    Arrays.fill(basis.exponents, 0);
  }
}
