package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * The tangent vectors of one sequence, one after the other: vector j has its n elements from {@code
 * j * rows} on and counts times two to the power of {@code exponents[j]}. The powers keep vectors
 * that grow or shrink for many steps between two orthonormalisations inside the range of a float.
 */
final class TangentBasis {

  private static final double LARGE = 0x1p+60;
  private static final double SMALL = 0x1p-60;

  final int rows;
  final int columns;
  final double[] values;
  final int[] exponents;

  TangentBasis(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.values = new double[Math.multiplyExact(rows, columns)];
    this.exponents = new int[columns];
  }

  void set(double[] source) {
    System.arraycopy(source, 0, values, 0, values.length);
    clearExponents();
  }

  void clearExponents() {
    Arrays.fill(exponents, 0);
  }

  /** Writes or reads all vectors. */
  void copy(Tape tape) {
    tape.numbers(values);
    for (int j = 0; j < columns; j++) {
      exponents[j] = tape.integer(exponents[j], Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
  }

  /** Element i of vector j, without its power of two. */
  double get(int i, int j) {
    return values[j * rows + i];
  }

  /** Sets element i of vector j. */
  void set(int i, int j, double value) {
    values[j * rows + i] = value;
  }

  /** Moves factors of two from the vectors to their exponents where a vector needs it. */
  void keepInRange() {
    if (Kernels.arithmetic().areWithin(values, rows, columns, SMALL, LARGE)) {
      return;
    }
    for (int j = 0; j < columns; j++) {
      double largest = largest(j);
      if (largest > LARGE || (largest < SMALL && largest > 0)) {
        scale(j, -Math.getExponent(largest));
      }
    }
  }

  private double largest(int j) {
    return Double.longBitsToDouble(Kernels.arithmetic().largestBits(values, j * rows, rows));
  }

  /** A power too far for one factor takes several. */
  private void scale(int j, int power) {
    int left = power;
    while (left != 0) {
      int part = Math.clamp(left, -1000, 1000);
      double factor = Math.scalb(1.0, part);
      for (int at = j * rows; at < (j + 1) * rows; at++) {
        values[at] *= factor;
      }
      left -= part;
    }
    exponents[j] -= power;
  }
}
