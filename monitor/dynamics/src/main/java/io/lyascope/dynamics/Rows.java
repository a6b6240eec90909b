package io.lyascope.dynamics;

/** Operations on single rows of row-major matrices. */
final class Rows {

  private Rows() {}

  /** to[row] = factor from[fromRow]. */
  static void scale(double factor, Matrix from, int fromRow, double[] to, int row) {
    int columns = from.columns();
    int source = from.row(fromRow);
    int target = row * columns;
    for (int j = 0; j < columns; j++) {
      to[target + j] = factor * from.values()[source + j];
    }
  }
}
