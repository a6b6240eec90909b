package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * QR decomposition of a tangent basis in place, with a non-negative diagonal of R, of which only
 * the logarithms are kept.
 *
 * <p>Recursive Gram-Schmidt: the right half is projected against the orthonormal left half, and
 * projected again where a column lost so much of its length that rounding shows. Never is anything
 * projected against vectors that are not orthonormal yet, so that the result is as accurate as
 * Householder's. A column whose remainder is rounding noise keeps its tiny R_ii and is replaced,
 * after all others, by a unit vector orthogonal to them: noise made orthonormal would masquerade as
 * a direction of the system.
 */
final class Orthonormalizer {

  private static final int LEAF = 8;
  private static final double EPSILON = 0x1p-52;

  /** A column that keeps this part of its length is orthogonal to some 30 times the precision. */
  private static final double LOG_SAFE = Math.log(1.0 / 32);

  private final int rows;
  private final int columns;
  private final Kernels kernels;

  /** The basis, one column a row. */
  private final Matrix transposed;

  private final Half root;

  /** A column with no more left than this is lost. */
  private final double[] noise;

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
    this.noise = new double[columns];
    this.candidate = new double[rows];
    this.logDiagonal = new double[columns];
    this.lost = new boolean[columns];
    int half = columns / 2 + LEAF;
    this.root = plan(0, columns, new double[half * half]);
  }

  /** How a range of columns is decomposed. */
  private sealed interface Half {}

  private record Leaf(int from, int to) implements Half {}

  /**
   * Two halves.
   *
   * @param shares scratch space for the components of the right along the left
   * @param logLengths of the right columns before they were projected
   */
  private record Split(
      int middle,
      int to,
      Half left,
      Half right,
      Matrix leftRows,
      Matrix rightRows,
      Matrix shares,
      double[] logLengths)
      implements Half {}

  private Half plan(int from, int to, double[] scratch) {
    int count = to - from;
    if (count <= LEAF) {
      return new Leaf(from, to);
    }
    int left = (count / 2 + LEAF - 1) / LEAF * LEAF;
    int right = count - left;
    return new Split(
        from + left,
        to,
        plan(from, from + left, scratch),
        plan(from + left, to, scratch),
        transposed.rows(from, left),
        transposed.rows(from + left, right),
        new Matrix(scratch, 0, left, right, left),
        new double[right]);
  }

  /** Replaces the basis by Q; exponents go back to zero. */
  void orthonormalize(TangentBasis basis) {
    basis.normalizeRange();
    transpose(basis);
    measure(basis);
    decompose(root);
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
    if (logDiagonal[i] == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double ratio = logLongest - logDiagonal[i] + Math.log(rows * EPSILON);
    return ratio > 40 ? ratio : Math.log1p(Math.exp(ratio));
  }

  private void measure(TangentBasis basis) {
    logLongest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      double length = norm(j);
      noise[j] = rows * EPSILON * length;
      logLongest = Math.max(logLongest, Math.log(length) + basis.exponents[j] * Math.log(2));
      logDiagonal[j] = 0;
      lost[j] = false;
    }
  }

  private void decompose(Half half) {
    switch (half) {
      case Leaf leaf -> decompose(leaf);
      case Split split -> decompose(split);
    }
  }

  private void decompose(Split split) {
    decompose(split.left);
    for (int j = split.middle; j < split.to; j++) {
      split.logLengths[j - split.middle] = logDiagonal[j] + Math.log(norm(j));
    }
    project(split);
    decompose(split.right);
    if (!isSafe(split)) {
      for (int j = split.middle; j < split.to; j++) {
        noise[j] = 0.5; // of a unit vector that was a direction, far more than half is left
      }
      project(split);
      decompose(split.right);
    }
  }

  private boolean isSafe(Split split) {
    for (int j = split.middle; j < split.to; j++) {
      if (!lost[j] && logDiagonal[j] - split.logLengths[j - split.middle] < LOG_SAFE) {
        return false;
      }
    }
    return true;
  }

  /** Takes the components along the left half out of the right one. */
  private void project(Split split) {
    kernels.multiplyTransposed(split.rightRows, split.leftRows, split.shares);
    kernels.multiply(split.shares, split.leftRows, split.rightRows, Kernels.Target.SUBTRACT);
  }

  private void decompose(Leaf leaf) {
    for (int j = leaf.from; j < leaf.to; j++) {
      if (!lost[j]) {
        double length = norm(j);
        reduce(leaf.from, j);
        double once = norm(j);
        double remainder = once;
        if (once < 0.7 * length) {
          reduce(leaf.from, j);
          remainder = norm(j);
        }
        if (remainder <= noise[j] || remainder < once / 2) {
          lose(j, noise[j] == 0.5 ? 1 : once);
        } else {
          accept(j, remainder);
        }
      }
    }
  }

  /** Takes the components along the leaf's columns before j out of column j. */
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
