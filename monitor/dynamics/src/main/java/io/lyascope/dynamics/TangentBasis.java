package io.lyascope.dynamics;

import java.util.Arrays;

/**
 * The tangent vectors of one sequence: the columns of a row-major n x k matrix, column j times two
 * to the power of {@code exponents[j]}. The powers keep columns that grow or shrink for many steps
 * between two orthonormalisations inside the range of a double.
 */
final class TangentBasis {

  private static final double LARGE = 0x1p+200;
  private static final double SMALL = 0x1p-200;

  final int rows;
  final int columns;
  final double[] values;
  final int[] exponents;
  private final double[] largest;

  TangentBasis(int rows, int columns) {
    this.rows = rows;
    this.columns = columns;
    this.values = new double[Math.multiplyExact(rows, columns)];
    this.exponents = new int[columns];
    this.largest = new double[columns];
  }

  void set(double[] source) {
    System.arraycopy(source, 0, values, 0, values.length);
    Arrays.fill(exponents, 0);
  }

  /** Moves factors of two from the columns to their exponents where a column needs it. */
  void keepInRange() {
    measure();
    for (int j = 0; j < columns; j++) {
      if (largest[j] > LARGE || (largest[j] < SMALL && largest[j] > 0)) {
        scale(j, -Math.getExponent(largest[j]));
      }
    }
  }

  /** Brings every column's largest element between 1 and 2, zero columns excepted. */
  void normalizeRange() {
    measure();
    for (int j = 0; j < columns; j++) {
      int exponent = Math.getExponent(largest[j]);
      if (largest[j] > 0 && exponent != 0) {
        scale(j, -exponent);
      }
    }
  }

  /** Whether every element is finite. */
  boolean isFinite() {
    double sum = 0;
    for (double value : values) {
      sum += value * 0.0; // NaN as soon as one is not finite
    }
    return sum == 0;
  }

  private void measure() {
    Arrays.fill(largest, 0);
    for (int i = 0, at = 0; i < rows; i++, at += columns) {
      for (int j = 0; j < columns; j++) {
        largest[j] = Math.max(largest[j], Math.abs(values[at + j]));
      }
    }
  }

  private void scale(int column, int power) {
    for (int i = 0, at = column; i < rows; i++, at += columns) {
      values[at] = Math.scalb(values[at], power);
    }
    exponents[column] -= power;
  }
}
