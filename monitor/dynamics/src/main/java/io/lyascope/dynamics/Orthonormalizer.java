package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * QR decomposition of a tangent basis in place, with a non-negative diagonal of R, of which only
 * the logarithms are kept.
 *
 * <p>Recursive Gram-Schmidt: the right half is projected against the orthonormal left half, and
 * again where rounding may have left them less orthogonal than {@link Rigor} wants. What is left of
 * non-orthogonality lies in the span of the columns before, so it changes volumes, whose logarithms
 * are wanted, in second order only. A column whose remainder is rounding noise keeps its tiny R_ii
 * and is replaced, after all others, by a unit vector orthogonal to them: noise made orthonormal
 * would masquerade as a direction of the system.
 */
final class Orthonormalizer implements Decomposition {

  private static final double EPSILON = 0x1p-52;
  private static final double UNTRUSTWORTHY = 1e-2;

  /**
   * How orthogonal the result has to be.
   *
   * @param cosine that columns may have
   * @param kept a column that keeps this part of its length in a leaf is not reduced again
   */
  private record Rigor(double cosine, double kept) {

    /** The squares of the cosines, which volumes feel, are far below what exponents are good to. */
    static final Rigor USUAL = new Rigor(1e-6, 1e-3);

    /** As orthogonal as Householder's, whatever comes. */
    static final Rigor FULL = new Rigor(64 * EPSILON, 0.7);
  }

  private final int rows;
  private final int columns;
  private final Kernels kernels;
  private final Half root;

  /** A copy of the basis that is being decomposed, always in the same place for the views of it. */
  private final double[] values;

  /** R_ii without the columns' powers of two. */
  private final double[] diagonal;

  /** A column with no more left than this is lost. */
  private final double[] noise;

  /** Lengths of the columns that were given. */
  private final double[] given;

  /** Lengths of the columns that stand there, as of the last projection. */
  private final double[] lengths;

  private final double[] candidate;

  /** log(n eps), what rounding leaves of a unit column. */
  private final double logNoise;

  private Rigor rigor = Rigor.USUAL;

  /** The largest cosine that any projection may have left before it was repeated. */
  private double worst;

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
    this.values = new double[Math.multiplyExact(rows, columns)];
    this.diagonal = new double[columns];
    this.noise = new double[columns];
    this.given = new double[columns];
    this.lengths = new double[columns];
    this.candidate = new double[rows];
    this.logNoise = Math.log(rows * EPSILON);
    this.logDiagonal = new double[columns];
    this.lost = new boolean[columns];
    this.root = Half.of(values, rows, columns);
  }

  /** Replaces the basis by Q; exponents go back to zero. */
  void orthonormalize(TangentBasis basis) {
    basis.keepInRange();
    decompose(basis, Rigor.USUAL);
    if (worst > UNTRUSTWORTHY) {
      decompose(basis, Rigor.FULL);
    }
    for (int j = 0; j < columns; j++) {
      logDiagonal[j] = Math.log(diagonal[j]) + basis.exponents[j] * Math.log(2);
      if (lost[j]) {
        replace(j);
      }
    }
    System.arraycopy(values, 0, basis.values, 0, values.length);
    measureLongest(basis);
    Arrays.fill(basis.exponents, 0);
  }

  /** Whether the last basis was finite; if not, what became of it means nothing. */
  boolean wasFinite() {
    for (double length : given) {
      if (!Double.isFinite(length)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a basis is of the size for which there is room. */
  boolean fits(TangentBasis basis) {
    return basis.rows == rows && basis.columns == columns;
  }

  int columns() {
    return columns;
  }

  @Override
  public Orthonormalizer pushed() {
    return this;
  }

  @Override
  public double logDiagonal(int i) {
    return logDiagonal[i];
  }

  /** log(1 + n eps s / R_ii), s being the longest column's length. */
  @Override
  public double resolution(int i) {
    return resolution(logDiagonal[i]);
  }

  /** The largest resolution among the columns that are not lost. */
  double largestResolution() {
    double shortest = Double.POSITIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      shortest = lost[j] ? shortest : Math.min(shortest, logDiagonal[j]);
    }
    return resolution(shortest);
  }

  /** Far from 0 both logarithm and exponential are what they are of, to nine digits and more. */
  private double resolution(double logRemainder) {
    if (logRemainder == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double ratio = logLongest - logRemainder + logNoise;
    if (ratio > 40) {
      return ratio;
    }
    return ratio < -20 ? Math.exp(ratio) : Math.log1p(Math.exp(ratio));
  }

  private void measureLongest(TangentBasis basis) {
    double longest = 0;
    logLongest = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < columns; j++) {
      if (basis.exponents[j] == 0) {
        longest = Math.max(longest, given[j]);
      } else {
        double length = Math.log(given[j]) + basis.exponents[j] * Math.log(2);
        logLongest = Math.max(logLongest, length);
      }
    }
    logLongest = Math.max(logLongest, Math.log(longest));
  }

  private void decompose(TangentBasis basis, Rigor wanted) {
    System.arraycopy(basis.values, 0, values, 0, values.length);
    rigor = wanted;
    worst = 0;
    for (int j = 0; j < columns; j++) {
      given[j] = norm(j);
      lengths[j] = given[j];
      noise[j] = rows * EPSILON * given[j];
      diagonal[j] = 1;
      lost[j] = false;
    }
    decompose(root);
  }

  /** Decomposes some columns and returns the largest cosine that may be left among them. */
  private double decompose(Half half) {
    return switch (half) {
      case Half.Leaf leaf -> decompose(leaf);
      case Half.Split split -> decompose(split);
    };
  }

  private double decompose(Half.Split split) {
    double left = decompose(split.left());
    for (int j = split.middle(); j < split.to(); j++) {
      split.lengths()[j - split.middle()] = diagonal[j] * lengths[j];
    }
    project(split);
    double right = decompose(split.right());
    double across = (EPSILON + left) * largestLoss(split);
    if (across > rigor.cosine) {
      worst = Math.max(worst, across);
      for (int j = split.middle(); j < split.to(); j++) {
        noise[j] = 0.5; // of a unit vector that was a direction, far more than half is left
      }
      project(split);
      right = decompose(split.right());
      across = EPSILON + left;
    }
    return Math.max(across, Math.max(left, right));
  }

  /** The largest part by which a column of the right half has become shorter. */
  private double largestLoss(Half.Split split) {
    double largest = 1;
    for (int j = split.middle(); j < split.to(); j++) {
      if (!lost[j]) {
        largest = Math.max(largest, split.lengths()[j - split.middle()] / diagonal[j]);
      }
    }
    return largest;
  }

  /** Takes the components along the left half out of the right one. */
  private void project(Half.Split split) {
    split.against().packRows(split.basis(), 0);
    kernels.multiply(split.others(), split.against(), split.shares(), Kernels.Target.SET);
    split.by().packColumns(split.basis());
    kernels.multiply(split.shares(), split.by(), split.others(), Kernels.Target.SUBTRACT);
    for (int j = split.middle(); j < split.to(); j++) {
      lengths[j] = norm(j);
    }
  }

  /** Some columns at a time, whose components the others lose together. */
  private double decompose(Half.Leaf leaf) {
    double largest = EPSILON;
    for (int first = leaf.from(); first < leaf.to(); first += Arithmetic.UNITS) {
      int end = Math.min(first + Arithmetic.UNITS, leaf.to());
      for (int j = first; j < end; j++) {
        if (!lost[j]) {
          largest = Math.max(largest, normalize(leaf.from(), j));
          kernels.deflate(values, j * rows, (j + 1) * rows, end - j - 1, rows);
        }
      }
      if (end < leaf.to()) {
        kernels.deflateByAll(values, first * rows, end * rows, leaf.to() - end, rows);
      }
    }
    return largest;
  }

  /**
   * Makes a unit vector of what is left of column j, and returns the largest cosine it may have.
   */
  private double normalize(int from, int j) {
    double once = norm(j);
    double remainder = once;
    double cosine = EPSILON * lengths[j] / once;
    if (once < rigor.kept * lengths[j]) {
      reduce(from, j);
      remainder = norm(j);
      cosine = EPSILON;
    }
    if (remainder <= noise[j] || remainder < once / 2) {
      lose(j, noise[j] == 0.5 ? Math.max(remainder, EPSILON) : once);
      return EPSILON;
    }
    diagonal[j] *= remainder;
    scale(j, 1 / remainder);
    return cosine;
  }

  /** Takes the components along the leaf's columns before j out of column j. */
  private void reduce(int from, int j) {
    for (int i = from; i < j; i++) {
      Kernels.add(-dot(i, j), values, i * rows, values, j * rows, rows);
    }
  }

  /** A zero column takes part in nothing until it is replaced. */
  private void lose(int j, double length) {
    worst = Double.POSITIVE_INFINITY;
    diagonal[j] *= length;
    lost[j] = true;
    Arrays.fill(values, j * rows, (j + 1) * rows, 0);
  }

  /** The coordinate direction that the others cover least, made orthogonal to them. */
  private void replace(int j) {
    Arrays.fill(candidate, 0);
    for (int i = 0; i < columns; i++) {
      for (int r = 0; r < rows; r++) {
        double q = values[i * rows + r];
        candidate[r] += q * q;
      }
    }
    int least = 0;
    for (int r = 1; r < rows; r++) {
      least = candidate[r] < candidate[least] ? r : least;
    }
    values[j * rows + least] = 1;
    for (int pass = 0; pass < 3; pass++) {
      for (int i = 0; i < columns; i++) {
        if (i != j) {
          Kernels.add(-dot(i, j), values, i * rows, values, j * rows, rows);
        }
      }
    }
    scale(j, 1 / norm(j));
  }

  private double dot(int i, int j) {
    return kernels.dot(values, i * rows, values, j * rows, rows);
  }

  private double norm(int j) {
    return Math.sqrt(dot(j, j));
  }

  private void scale(int j, double factor) {
    for (int at = j * rows; at < (j + 1) * rows; at++) {
      values[at] *= factor;
    }
  }
}
