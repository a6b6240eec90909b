package io.lyascope.dynamics;

/** A row-major matrix, possibly a view of some columns of a wider one. */
record Matrix(double[] values, int at, int stride, int rows, int columns) {

  /** A new matrix of zeros. */
  static Matrix zeros(int rows, int columns) {
    return new Matrix(new double[Math.multiplyExact(rows, columns)], 0, columns, rows, columns);
  }

  /** A view of {@code count} columns. */
  Matrix columns(int from, int count) {
    return new Matrix(values, at + from, stride, rows, count);
  }

  /** A view of {@code count} rows. */
  Matrix rows(int from, int count) {
    return new Matrix(values, at + from * stride, stride, count, columns);
  }

  /** The place of a row's first element in {@link #values}. */
  int row(int row) {
    return at + row * stride;
  }
}
