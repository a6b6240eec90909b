package io.lyascope.dynamics;

/** A row-major matrix, possibly a view of some columns of a wider one. */
record Matrix(double[] values, int at, int stride, int rows, int columns) {

  /** A new matrix of zeros. */
  static Matrix zeros(int rows, int columns) {
    return new Matrix(new double[Math.multiplyExact(rows, columns)], 0, columns, rows, columns);
  }

  /** The identity. */
  static Matrix identity(int size) {
    Matrix identity = zeros(size, size);
    for (int i = 0; i < size; i++) {
      identity.values[i * size + i] = 1;
    }
    return identity;
  }

  /** A view of {@code count} columns. */
  Matrix columns(int from, int count) {
    return new Matrix(values, at + from, stride, rows, count);
  }

  /** A view of {@code count} rows. */
  Matrix rows(int from, int count) {
    return new Matrix(values, at + from * stride, stride, count, columns);
  }

  /** A copy with rows and columns exchanged. */
  Matrix transposed() {
    Matrix copy = zeros(columns, rows);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        copy.values[j * rows + i] = values[row(i) + j];
      }
    }
    return copy;
  }

  /** Two matrices of as many rows, side by side. */
  static Matrix beside(Matrix left, Matrix right) {
    Matrix both = zeros(left.rows, left.columns + right.columns);
    for (int i = 0; i < both.rows; i++) {
      System.arraycopy(left.values, left.row(i), both.values, both.row(i), left.columns);
      System.arraycopy(
          right.values, right.row(i), both.values, both.row(i) + left.columns, right.columns);
    }
    return both;
  }

  /** Two matrices of as many columns, one above the other. */
  static Matrix above(Matrix top, Matrix bottom) {
    Matrix both = zeros(top.rows + bottom.rows, top.columns);
    for (int i = 0; i < both.rows; i++) {
      Matrix source = i < top.rows ? top : bottom;
      int row = i < top.rows ? i : i - top.rows;
      System.arraycopy(source.values, source.row(row), both.values, both.row(i), top.columns);
    }
    return both;
  }

  /** The place of a row's first element in {@link #values}. */
  int row(int row) {
    return at + row * stride;
  }
}
